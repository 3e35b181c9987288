package dev.holdfast.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {

    /// Found by the fuzzer: what stands before a bracket may be a key although the bracket's own level has none.
    @Test
    void aMapWithAnAnchorMayStandWhereAKeyMay() {
        assertThatThrownBy(() -> YamlReader.go2().documents("x.yaml", "[0, &a {b}: [\n1", Limits.FILE))
                .isInstanceOf(FaultException.class);
        assertThatThrownBy(() -> YamlReader.go2().documents("x.yaml", "[&a {b}: c]", Limits.FILE))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("cannot be a key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v: yes | {\"v\":true}",
                "v: 0644 | {\"v\":420}",
                "v: 1_000 | {\"v\":1000}",
                "v: 12:30:45 | {\"v\":\"12:30:45\"}",
                "v: 1.0 | {\"v\":1}",
                "v: {on: a, 0644: b, 1.5: c} | {\"v\":{\"true\":\"a\",\"420\":\"b\",\"1.5\":\"c\"}}",
                "v: [http://x/?a=b, c] | error",
                "v: {q: 3, <<: {q: 2}} | {\"v\":{\"q\":2}}",
                "v: {<<: {q: 2}, q: 3} | {\"v\":{\"q\":3}}",
                "v: [a: b, c] | {\"v\":[{\"a\":\"b\"},\"c\"]}",
                "{\"v\": 1e3} | {\"v\":1000}",
                "v: !!binary aGVsbG8= | {\"v\":\"hello\"}",
                "v: {a: 1} x | error",
                "v: {{ .Values.x }} | error"
            })
    void readsByTheRulesOfGo(String yaml, String json) {
        assertThat(shown(yaml)).isEqualTo(json);
    }

    @Test
    void readsEveryDocumentAndLeavesOutEmptyOnes() {
        var documents = read("# only words\n---\na: 1\n---\n---\n# nothing\n---\nb: 2\n---\n~\n");

        assertThat(documents).containsExactly(Mapping.of("a", Value.of(1)), Mapping.of("b", Value.of(2)));
        assertThat(documents.get(1).origin()).isEqualTo(Origin.at("app/x.yaml", 8, 1));
    }

    @Test
    void readsSeveralJsonValuesOfOneFileWithTheirLines() {
        var documents = read("{\"a\": 1}\n{\"b\": 2}\n---\n{\"c\":\n3}\n");

        assertThat(documents).extracting(Value::toString).containsExactly("{a: 1}", "{b: 2}", "{c: 3}");
        assertThat(documents.get(2).asMapping().orElseThrow().at("c"))
                .extracting(Value::origin)
                .isEqualTo(Origin.at("app/x.yaml", 5, 1));
        assertThat(fault("{\"a\": 1}\n---\n{\"b\": oops}\n").sentence()).startsWith("app/x.yaml:3: invalid JSON");
    }

    @Test
    void knowsWhereEveryValueStands() {
        var document =
                (Mapping) read("a:\n  b: text\n  c:\n  - 1\n  - {d: 2}\n").getFirst();

        assertThat(document.origin()).isEqualTo(at(1, 1));
        assertThat(origin(document.at("a"))).isEqualTo(at(2, 3));
        assertThat(origin(document.at("a", "b"))).isEqualTo(at(2, 6));
        assertThat(origin(document.at("a", "c"))).isEqualTo(at(4, 3));
        assertThat(document.sequence("a", "c").get(0).origin()).isEqualTo(at(4, 5));
        assertThat(document.sequence("a", "c").get(1).origin()).isEqualTo(at(5, 5));
    }

    @Test
    void showsTheBrokenLine() {
        assertThat(fault("a: 1\nb:\n  c: d: e\n").sentence())
                .isEqualTo("app/x.yaml:3: invalid YAML: a second : on this line; quote the value, or check the"
                        + " indentation — `c: d: e`");
    }

    @Test
    void cutsLongLines() {
        assertThat(fault("a: b: " + "x".repeat(500)).sentence())
                .hasSizeLessThan(220)
                .endsWith("…`");
    }

    @Test
    void neverShowsWhatASecretHolds() {
        var fault = fault("kind: Secret\nstringData:\n  password: hunter2: x\n");

        assertThat(fault.sentence())
                .contains("app/x.yaml:3")
                .contains("password: …")
                .doesNotContain("hunter2");
        assertThat(fault("kind: Secret\nstringData:\n  'hunter2\n").sentence()).doesNotContain("hunter2");
        assertThat(fault("kind: Secret\ndata: {a: !!int hunter2}\n").sentence()).doesNotContain("hunter2");
        assertThat(fault("{\"kind\": \"Secret\", \"data\": {\"a\": hunter2}}").sentence())
                .doesNotContain("hunter2");
    }

    @Test
    void readsOneBodyWithoutCuttingIt() {
        var body = "--- {a: yes}\n...\n".getBytes(StandardCharsets.UTF_8);

        assertThat(YamlReader.go2().object("", body, Limits.FILE)).isEqualTo(Mapping.of("a", Value.TRUE));
        assertThat(catchThrowableOfType(
                                FaultException.class,
                                () -> YamlReader.go2().object("", "[]".getBytes(StandardCharsets.UTF_8), Limits.FILE))
                        .fault()
                        .code())
                .isEqualTo("InvalidYaml");
    }

    @Test
    void takesTheWhiteSpaceOfWindows() {
        assertThat(read("a: |\r\n  x\r\n  y\r\nb: 'c\r\n  d'\r\n---\r\ne: 1\r\n"))
                .extracting(JsonWriter::text)
                .containsExactly("{\"a\":\"x\\ny\\n\",\"b\":\"c d\"}", "{\"e\":1}");
    }

    private static String shown(String yaml) {
        try {
            return JsonWriter.text(read(yaml).getFirst());
        } catch (FaultException refused) {
            return "error";
        }
    }

    private static List<Value> read(String text) {
        return YamlReader.go2().documents("app/x.yaml", text, Limits.FILE);
    }

    private static Fault fault(String text) {
        return catchThrowableOfType(FaultException.class, () -> read(text)).fault();
    }

    private static Origin at(int line, int column) {
        return Origin.at("app/x.yaml", line, column);
    }

    private static Origin origin(@org.jspecify.annotations.Nullable Value value) {
        return value == null ? Origin.NONE : value.origin();
    }
}
