package dev.holdfast.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every recorded exchange of a real API server that is about fields and their owners, as recorded and told
/// otherwise.
class ReplayTest {

    @TestFactory
    Stream<DynamicContainer> answersAsTheRecordedServer() {
        return Arrays.stream(Variation.values()).map(variation -> {
            var replay = new Replay();
            var tests = Exchange.all().stream()
                    .filter(Replay::concernsFields)
                    .map(variation::of)
                    .map(exchange -> DynamicTest.dynamicTest(exchange.toString(), () -> replay.play(exchange)));
            return DynamicContainer.dynamicContainer(variation.name(), tests);
        });
    }

    @Test
    void mostExchangesThatWriteConcernFields() {
        assertThat(Exchange.all().stream().filter(Replay::concernsFields)).hasSizeGreaterThan(50);
    }
}
