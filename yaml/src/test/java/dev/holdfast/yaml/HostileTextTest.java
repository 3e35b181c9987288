package dev.holdfast.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an attacker may commit: a clear fault, and no memory or time worth speaking of. The test JVM has 1 GiB.
class HostileTextTest {

    @Test
    void refusesBillionLaughsBeforeTheyUnfold() {
        var text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i <= 60; i++) {
            text.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(9) + "]\n");
        }
        assertThat(fault(text.toString()).code()).isEqualTo("ExcessiveAliasing");
    }

    @Test
    void refusesTheSameLongTextAThousandTimes() {
        var text = "a: &a " + "x".repeat(1 << 20) + "\nb: [" + "*a,".repeat(90) + "]\n";

        assertThat(fault(text).code()).isEqualTo("ExcessiveAliasing");
    }

    @Test
    void refusesMergesThatGrowQuadratically() {
        var text = new StringBuilder("base: &base {");
        for (int i = 0; i < 5_000; i++) text.append("k" + i + ": 1, ");
        text.append("}\nall:\n");
        for (int i = 0; i < 5_000; i++) text.append("  m" + i + ": {<<: *base}\n");

        assertThat(fault(text.toString()).code()).isEqualTo("ExcessiveAliasing");
    }

    @Test
    void refusesAnAnchorInsideItself() {
        assertThat(fault("a: &a [*a]").sentence()).contains("contains itself");
        assertThat(fault("a: &a {b: *a}").sentence()).contains("contains itself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? ", "[{a: ", "{\"a\":"})
    void refusesAHundredThousandLevels(String opening) {
        assertThat(fault("v: " + opening.repeat(100_000)).code()).isIn("TooDeep", "InvalidYaml");
        assertThat(fault(opening.repeat(100_000)).code()).isIn("TooDeep", "InvalidYaml", "InvalidJson");
    }

    @Test
    void refusesDeepIndentation() {
        var text = new StringBuilder();
        for (int i = 0; i < 1_500; i++) text.append(" ".repeat(i)).append("a:\n");

        assertThat(fault(text.toString()).code()).isEqualTo("TooDeep");
    }

    @Test
    void readsAllLevelsThatAreAllowed() {
        assertThat(read("[".repeat(Limits.DEPTH) + "]".repeat(Limits.DEPTH))).hasSize(1);
        assertThat(read("- ".repeat(Limits.DEPTH - 1) + "x")).hasSize(1);
    }

    /// Wherever a text breaks off, it is read or refused, at once.
    @Test
    void readsOrRefusesEveryBeginningOfAText() {
        var text = """
                users: [{name: a, user: {token: t}}, "b: c", [d, {e: [f]}: g]]
                ? {k: [v]}
                : - &x !!str 'y'
                  - *x
                m: >-
                  folded
                """;
        for (var each : List.of(text, text.replace("\n", " "))) {
            for (int end = 0; end <= each.length(); end++) {
                var beginning = each.substring(0, end);
                try {
                    assertThat(read(beginning)).isNotNull();
                } catch (FaultException refused) {
                    assertThat(refused.fault().code()).isEqualTo("InvalidYaml");
                }
            }
        }
    }

    @Test
    void refusesLargeFilesUnread() {
        assertThat(fault("a: " + "x".repeat(64 << 20)).code()).isEqualTo("TooLarge");
        assertThatThrownBy(() -> YamlReader.go2().documents("a.yaml", new byte[64 << 20], Limits.FILE))
                .hasMessageContaining("a.yaml:1: the file has 67108864 bytes, the limit is 10485760");
    }

    @Test
    void readsALargeScalarWithinTheLimit() {
        var text = "x".repeat(9 << 20);

        assertThat(read("a: " + text).getFirst()).isEqualTo(Mapping.of("a", Value.of(text)));
        assertThat(read("a: |\n  " + text).getFirst()).isEqualTo(Mapping.of("a", Value.of(text + "\n")));
    }

    @Test
    void refusesMillionsOfTinyValues() {
        assertThat(fault("[" + "0,".repeat(5_000_000) + "]").code()).isEqualTo("TooLarge");
        assertThat(fault("{\"a\":[" + "0,".repeat(5_000_000) + "0]}").code()).isEqualTo("TooLarge");
    }

    @Test
    void readsAHundredThousandDocumentsAndRefusesMore() {
        assertThat(read("a: 1\n---\n".repeat(100_000))).hasSize(100_000);
        assertThat(fault("a: 1\n---\n".repeat(100_001)).code()).isEqualTo("TooLarge");
        assertThat(read("{}\n---\n".repeat(100_000))).hasSize(100_000);
    }

    @Test
    void findsNothingInCommentsAndSeparators() {
        assertThat(read("# a\n".repeat(100_000))).isEmpty();
        assertThat(read("---\n".repeat(100_000))).isEmpty();
        assertThat(read("")).isEmpty();
        assertThat(read("\n\n  \n")).isEmpty();
    }

    @Test
    void readsTextsOfAnyUnicodeForm() {
        var bom = "\uFEFFa: \u00e9\n";

        assertThat(bytes(bom.getBytes(StandardCharsets.UTF_8))).isEqualTo(List.of(Mapping.of("a", Value.of("\u00e9"))));
        assertThat(bytes(bom.getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo(List.of(Mapping.of("a", Value.of("\u00e9"))));
        assertThat(bytes(bom.getBytes(StandardCharsets.UTF_16BE)))
                .isEqualTo(List.of(Mapping.of("a", Value.of("\u00e9"))));
        assertThatThrownBy(() -> bytes("a: b\n".getBytes(StandardCharsets.UTF_16LE)))
                .hasMessageContaining("control character U+0000");
        assertThatThrownBy(() -> bytes("a: b\n".getBytes(java.nio.charset.Charset.forName("UTF-32"))))
                .hasMessageContaining("control character U+0000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:\n\tb: 1\n",
                "\ta: 1\n",
                "a: |\n\tx\n",
                "a: \u0001\n",
                "a: \uD800\n",
                "a: \"\\ud800\"\n",
                "a: \u007f\n",
                "%YAML 1.1\n---\na: 1\n",
                "a: !e!x 1\n",
                "a: *b\n",
                "? [a]\n: b\n",
                "a: !!int x\n",
                "----\n",
                "a: .inf\n",
                "a: 'b\n---\nc: d\n"
            })
    void refusesWhatKubectlRefuses(String text) {
        assertThat(fault(text).code()).isEqualTo("InvalidYaml");
    }

    @Test
    void readsTagsOfOtherLanguagesAsPlainText() {
        assertThat(read("a: !!javax.script.ScriptEngineManager [x]\nb: !!python/object:os.system y\n"))
                .extracting(JsonWriter::text)
                .containsExactly("{\"a\":[\"x\"],\"b\":\"y\"}");
    }

    @Test
    void readsNumbersBeyondAnyRangeAsText() {
        assertThat(read("a: 1e1000000000\nb: " + "9".repeat(100_000)).getFirst())
                .isEqualTo(Mapping.builder()
                        .put("a", Value.of("1e1000000000"))
                        .put("b", Value.of("9".repeat(100_000)))
                        .build());
    }

    @Test
    void refusesEndlessKeys() {
        assertThat(fault("? " + "k".repeat(100_000) + "\n: 1\n").code()).isEqualTo("TooLarge");
        assertThat(fault("k".repeat(100_000) + ": 1\n").code()).isEqualTo("InvalidYaml");
    }

    private static List<Value> read(String text) {
        return YamlReader.go2().documents("x.yaml", text, Limits.FILE);
    }

    private static List<Value> bytes(byte[] text) {
        return YamlReader.go2().documents("x.yaml", text, Limits.FILE);
    }

    private static Fault fault(String text) {
        return catchThrowableOfType(FaultException.class, () -> read(text)).fault();
    }
}
