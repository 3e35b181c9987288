package dev.holdfast.bench;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// Numbers as the results show them.
final class Figures {

    private Figures() {}

    static Value seconds(Duration time) {
        return rounded(time.toMillis() / 1000.0);
    }

    static Value rounded(double number) {
        return Value.of(Math.round(number * 100) / 100.0);
    }

    /// The smallest of these that so many in a hundred do not exceed.
    static long percentile(Collection<Long> numbers, int percent) {
        List<Long> sorted = numbers.stream().sorted().toList();
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }

    /// @param nanos at least one
    static Mapping latencies(Collection<Long> nanos) {
        return Mapping.builder()
                .put("p50Ms", rounded(percentile(nanos, 50) / 1e6))
                .put("p95Ms", rounded(percentile(nanos, 95) / 1e6))
                .put("maxMs", rounded(percentile(nanos, 100) / 1e6))
                .build();
    }
}
