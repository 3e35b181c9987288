package dev.holdfast.runtime.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait after the n-th failure in a row: growing by a factor up to a limit, spread by jitter so that
/// what failed together does not come back together.
public record Backoff(Duration initial, double factor, Duration max, double jitter) {

    public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(3), 0.2);

    public Backoff {
        if (initial.isNegative() || initial.isZero() || max.compareTo(initial) < 0) {
            throw new IllegalArgumentException("a backoff begins above zero and ends no sooner than it begins");
        }
        if (factor < 1 || jitter < 0 || jitter >= 1) {
            throw new IllegalArgumentException("a backoff grows, and jitters by less than itself");
        }
    }

    /// `failures` counts from one.
    public Duration after(int failures, RandomGenerator random) {
        double plain = initial.toMillis() * Math.pow(factor, Math.min(Math.max(failures, 1) - 1, 64));
        double bounded = Math.min(plain, max.toMillis());
        double spread = 1 + jitter * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.max(1, Math.round(bounded * spread)));
    }
}
