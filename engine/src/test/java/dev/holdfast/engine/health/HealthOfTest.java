package dev.holdfast.engine.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every case of cases.yaml: an object, and the state and reason that it has.
class HealthOfTest {

    @TestFactory
    List<DynamicTest> judgesEveryCase() {
        return cases().stream()
                .map(Mapping.class::cast)
                .map(one -> DynamicTest.dynamicTest(one.text("name").orElseThrow(), () -> judge(one)))
                .toList();
    }

    private static void judge(Mapping one) {
        var health = HealthOf.object(one.mapping("object"));
        var expected = one.text("expected").orElseThrow();
        var words = health.current() ? "CURRENT" : health.state() + " " + health.reason();
        assertThat(words).isEqualTo(expected);
    }

    private static List<Value> cases() {
        try (var file = HealthOfTest.class.getResourceAsStream("cases.yaml")) {
            assertThat(file).isNotNull();
            return YamlReader.go2().documents("cases.yaml", file.readAllBytes(), Limits.FILE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
