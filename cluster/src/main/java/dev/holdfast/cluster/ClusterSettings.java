package dev.holdfast.cluster;

import java.util.random.RandomGenerator;

/// How a cluster is spoken to. `name` is what messages call it; at most `concurrency` requests run at a time
/// (watches do not count); `random` spreads retries and reconnects.
public record ClusterSettings(String name, int concurrency, RandomGenerator random) {

    private static final int CONCURRENCY = 32;

    public ClusterSettings {
        if (concurrency < 1) throw new IllegalArgumentException("a cluster needs at least one request at a time");
    }

    public static ClusterSettings named(String name, RandomGenerator random) {
        return new ClusterSettings(name, CONCURRENCY, random);
    }
}
