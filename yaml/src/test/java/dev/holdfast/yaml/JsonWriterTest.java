package dev.holdfast.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

    @Property(tries = 1_000)
    void whatItWritesReadsBackEqual(@ForAll("values") Value value) {
        assertThat(JsonReader.read(JsonWriter.write(value))).isEqualTo(value);
        assertThat(JsonReader.read(JsonWriter.writeSorted(value))).isEqualTo(value);
    }

    @Provide
    Arbitrary<Value> values() {
        return Values.any();
    }

    @Test
    void writesKeysAsGivenOrSorted() {
        var value = Mapping.builder()
                .put(
                        "b",
                        Mapping.builder()
                                .put("d", Value.of(1))
                                .put("c", Value.of(2))
                                .build())
                .put("a", Value.none())
                .build();

        assertThat(JsonWriter.text(value)).isEqualTo("{\"b\":{\"d\":1,\"c\":2},\"a\":null}");
        assertThat(JsonWriter.textSorted(value)).isEqualTo("{\"a\":null,\"b\":{\"c\":2,\"d\":1}}");
    }

    @Test
    void escapesAsGoDoes() {
        assertThat(JsonWriter.text(Value.of("\"\\\n\r\t\b\f\u0001\u007f<>&/\u2028\u2029\u00e9\uD83D\uDE00\uD800x")))
                .isEqualTo("\"\\\"\\\\\\n\\r\\t\\b\\f\\u0001\u007f<>&/\\u2028\\u2029\u00e9\uD83D\uDE00\uFFFDx\"");
    }

    @Test
    void writesLongTextsWithoutSixTimesTheirMemory() {
        var text = "x".repeat(100_000) + "\u0001".repeat(10_000) + "\uD83D\uDE00".repeat(10_000);

        assertThat(JsonWriter.write(Value.of(text)))
                .isEqualTo(
                        ("\"" + "x".repeat(100_000) + "\\u0001".repeat(10_000) + "\uD83D\uDE00".repeat(10_000) + "\"")
                                .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void writesTheSmallestInteger() {
        assertThat(JsonWriter.text(Value.of(Long.MIN_VALUE))).isEqualTo("-9223372036854775808");
    }
}
