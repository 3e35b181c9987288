package dev.holdfast.engine.decide;

import dev.holdfast.engine.apply.Verdict;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Placement.Retry;
import java.time.Duration;

/// How long to wait before the next attempt.
public final class Backoff {

    private static final Duration AT_ONCE = Duration.ofMillis(100);

    private Backoff() {}

    /// After `failures` attempts in a row that failed: initial × factor^(failures − 1), at most max.
    public static Duration of(Retry retry, int failures) {
        double millis = retry.initial().toMillis() * Math.pow(retry.factor(), Math.max(0, failures - 1));
        return Duration.ofMillis((long) Math.min(millis, retry.max().toMillis()));
    }

    /// An object that changed while it was written is only looked at again: that takes no time to recover from.
    static Duration after(Fault fault, Retry retry, int failures) {
        if (!fault.code().equals(Verdict.OUTDATED)) return of(retry, failures);
        return of(new Retry(retry.limit(), AT_ONCE, 2, retry.initial()), failures);
    }

    /// Up to a fifth more: `jitter` is 0 to 1.
    static Duration with(Duration wait, double jitter) {
        return wait.plusMillis((long) (wait.toMillis() / 5.0 * Math.clamp(jitter, 0, 1)));
    }
}
