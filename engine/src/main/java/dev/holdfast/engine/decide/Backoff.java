package dev.holdfast.engine.decide;

import dev.holdfast.model.Placement.Retry;
import java.time.Duration;

/// How long to wait before the next attempt.
public final class Backoff {

    private Backoff() {}

    /// After `failures` attempts in a row that failed: initial × factor^(failures − 1), at most max.
    public static Duration of(Retry retry, int failures) {
        double millis = retry.initial().toMillis() * Math.pow(retry.factor(), Math.max(0, failures - 1));
        return Duration.ofMillis((long) Math.min(millis, retry.max().toMillis()));
    }

    /// The same with up to a fifth more: `jitter` is 0 to 1.
    public static Duration of(Retry retry, int failures, double jitter) {
        var wait = of(retry, failures);
        return wait.plusMillis((long) (wait.toMillis() / 5.0 * Math.clamp(jitter, 0, 1)));
    }
}
