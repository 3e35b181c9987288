package dev.holdfast.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Digest;
import dev.holdfast.model.Value;
import dev.holdfast.testkit.HalfAStack;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The deepest value that is accepted fits into half of a stack wherever it goes, so that no text ends a thread.
class DeepValuesTest {

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
    void areReadComparedAndWrittenOnHalfAStack(String opening) throws InterruptedException {
        var json = json(opening);
        var values = new ArrayList<Value>();

        assertThat(HalfAStack.run(() -> values.add(yaml(json)))).isEmpty();
        assertThat(HalfAStack.run(() -> values.add(JsonReader.read(json.getBytes(StandardCharsets.UTF_8)))))
                .isEmpty();
        assertThat(HalfAStack.run(() ->
                        assertThat(values.getFirst().equals(values.getLast())).isTrue()))
                .isEmpty();
        assertThat(HalfAStack.run(
                        () -> assertThat(Digest.of(values.getFirst())).isEqualTo(Digest.of(values.getLast()))))
                .isEmpty();
        assertThat(HalfAStack.run(() -> assertThat(values.getFirst().hashCode())
                        .isEqualTo(values.getLast().hashCode())))
                .isEmpty();
        assertThat(HalfAStack.run(() -> assertThat(values.getFirst().toString()).isNotEmpty()))
                .isEmpty();
        assertThat(HalfAStack.run(
                        () -> assertThat(JsonWriter.text(values.getFirst())).isEqualTo(json)))
                .isEmpty();
        assertThat(HalfAStack.run(() ->
                        assertThat(yaml(YamlWriter.text(values.getFirst()))).isEqualTo(values.getFirst())))
                .isEmpty();
    }

    private static Value yaml(String text) {
        return YamlReader.go2().documents("a.yaml", text, Limits.FILE).getFirst();
    }

    /// As many levels as are allowed.
    private static String json(String opening) {
        int perOpening = opening.startsWith("[{") ? 2 : 1;
        var open = opening.repeat(Limits.DEPTH / perOpening);
        var closed = new StringBuilder(open).append('1');
        for (int i = open.length() - 1; i >= 0; i--) {
            if (open.charAt(i) == '[') closed.append(']');
            if (open.charAt(i) == '{') closed.append('}');
        }
        return closed.toString();
    }
}
