package dev.holdfast.sandbox.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every object that an API server answered with is one that it has read, defaulted and judged before.
class RecordedObjectsTest {

    private static Stream<Recorded.Exchange> objects() {
        return Recorded.exchanges().stream().filter(exchange -> {
            var body = exchange.answered();
            boolean known = Shapes.BUILT_IN.find(Recorded.gvk(body)).isPresent();
            return known
                    && body.text("kind").filter(kind -> !kind.equals("Status")).isPresent();
        });
    }

    @TestFactory
    Stream<DynamicTest> comeBackAsTheyAre() {
        return objects()
                .map(each -> test(
                        each,
                        body -> assertThat(Defaults.onRead(Recorded.gvk(body), body))
                                .isEqualTo(body)));
    }

    @TestFactory
    Stream<DynamicTest> areFullyKnown() {
        return objects()
                .map(each -> test(each, body -> {
                    var result = SchemaCheck.of(Recorded.gvk(body), body);
                    assertThat(result.failure()).isEmpty();
                    assertThat(result.unknown()).isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> breakNoRule() {
        return objects()
                .filter(each ->
                        !each.answered().text("metadata", "name").orElse("").isEmpty())
                .map(each -> test(
                        each,
                        body -> assertThat(Validation.check(Recorded.gvk(body), body, Optional.of(body)))
                                .isEmpty()));
    }

    @Test
    void areMany() {
        assertThat(objects()).hasSizeGreaterThan(50);
    }

    private interface Check {
        void of(Mapping body);
    }

    private static DynamicTest test(Recorded.Exchange exchange, Check check) {
        return DynamicTest.dynamicTest(
                exchange.scenario() + ": " + exchange.step(), () -> check.of(exchange.answered()));
    }
}
