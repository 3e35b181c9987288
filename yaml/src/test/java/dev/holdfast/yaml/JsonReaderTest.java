package dev.holdfast.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    @Test
    void readsEveryKindOfValue() {
        var value = read("{\"a\":[1,-2.5,\"x\",true,false,null],\"b\":{}}");

        assertThat(value)
                .isEqualTo(Mapping.builder()
                        .put(
                                "a",
                                Sequence.of(
                                        Value.of(1),
                                        Value.of(-2.5),
                                        Value.of("x"),
                                        Value.TRUE,
                                        Value.FALSE,
                                        Value.none()))
                        .put("b", Mapping.EMPTY)
                        .build());
    }

    @Test
    void keepsTheOrderOfKeys() {
        assertThat(JsonReader.readObject(bytes("{\"z\":1,\"a\":2,\"m\":3}")).keys())
                .containsExactly("z", "a", "m");
    }

    @Test
    void takesTheLastOfTwoEqualKeys() {
        assertThat(read("{\"a\":1,\"b\":2,\"a\":3}")).isEqualTo(read("{\"a\":3,\"b\":2}"));
    }

    @Test
    void reportsDuplicateKeysWithTheirPathWhenAsked() {
        var checked = JsonReader.readStrict(
                bytes("{\"spec\":{\"c\":[{},{\"image\":1,\"image\":2}],\"x\":1,\"x\":2},\"spec\":{}}"), Limits.ANSWER);

        assertThat(checked.duplicates()).containsExactly("spec.c[1].image", "spec.x", "spec");
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        "9223372036854775808, 9223372036854776000",
        "18446744073709551615, 18446744073709552000",
        "1e3, 1000",
        "1.0, 1",
        "-0, 0",
        "1e21, 1e+21",
        "1e-7, 1e-7",
        "0.000001, 0.000001",
        "5e-324, 5e-324",
        "2e-323, 2e-323",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "123456789.125, 123456789.125",
        "1e-400, 0"
    })
    void readsAndPrintsNumbersAsGoDoes(String written, String printed) {
        assertThat(JsonWriter.text(read(written))).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "nul",
                "NaN",
                "Infinity",
                "01",
                "+1",
                ".5",
                "1.",
                "1e1000000000",
                "\"a\nb\"",
                "\"\\x41\"",
                "{} {}",
                "{}x",
                "// c\n{}",
                "[1 2]",
                "{\"a\" 1}"
            })
    void refusesWhatIsNoJson(String text) {
        assertThat(fault(text).code()).isEqualTo("InvalidJson");
    }

    @Test
    void namesLineAndColumnAndQuotesNothing() {
        var fault = fault("{\n  \"password\": hunter2\n}");

        assertThat(fault.sentence())
                .isEqualTo("invalid JSON at line 2, column 15: a word that is neither quoted nor true, false or null")
                .doesNotContain("hunter2");
    }

    @Test
    void repairsLoneSurrogatesAsGoDoes() {
        assertThat(read("[\"a\\ud800b\", \"\\udc00\", \"\\ud83d\\ude00\"]"))
                .isEqualTo(Value.texts(java.util.List.of("a\uFFFDb", "\uFFFD", "\uD83D\uDE00")));
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        assertThat(fault(new byte[] {'"', (byte) 0xC3, '"'}).code()).isEqualTo("InvalidJson");
        assertThat(fault("{}".getBytes(StandardCharsets.UTF_16LE)).code()).isEqualTo("InvalidJson");
        assertThat(fault("{}".getBytes(StandardCharsets.UTF_16)).code()).isEqualTo("InvalidJson");
    }

    @Test
    void refusesDeepNestingLongBeforeTheStackEnds() {
        assertThat(read("[".repeat(Limits.DEPTH) + "]".repeat(Limits.DEPTH))).isInstanceOf(Sequence.class);
        assertThat(fault("[".repeat(1_001) + "]".repeat(1_001)).code()).isEqualTo("TooDeep");
        assertThat(fault("[".repeat(100_000)).code()).isEqualTo("TooDeep");
        assertThat(fault("{\"a\":".repeat(100_000)).code()).isEqualTo("TooDeep");
    }

    @Test
    void refusesWhatIsLargerThanTheCallerAllows() {
        var fault = catchThrowableOfType(
                FaultException.class, () -> JsonReader.read(bytes("[1,2,3]"), Limits.ANSWER.withBytes(6)));

        assertThat(fault.fault().code()).isEqualTo("TooLarge");
    }

    @Test
    void knowsWhereAValueOfAFileStands() {
        var file = JsonReader.readFile("app/a.json", bytes("{\n \"a\": [\n  7]}"), Limits.FILE);

        assertThat(file.origin().place()).isEqualTo("app/a.json:1");
        assertThat(((Mapping) file).sequence("a").get(0).origin())
                .isEqualTo(dev.holdfast.model.Origin.at("app/a.json", 3, 3));
    }

    @Test
    void sharesTextsThatComeAgain() {
        var items = (Sequence) read("[{\"kind\":\"Deployment\"},{\"kind\":\"Deployment\"}]");
        var first = (Mapping) items.get(0);
        var second = (Mapping) items.get(1);

        assertThat(first.text("kind").orElseThrow())
                .isSameAs(second.text("kind").orElseThrow());
        assertThat(first.keyAt(0)).isSameAs(second.keyAt(0));
    }

    private static Value read(String text) {
        return JsonReader.read(bytes(text));
    }

    private static Fault fault(String text) {
        return fault(bytes(text));
    }

    private static Fault fault(byte[] json) {
        return catchThrowableOfType(FaultException.class, () -> JsonReader.read(json))
                .fault();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
