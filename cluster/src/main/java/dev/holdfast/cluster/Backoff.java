package dev.holdfast.cluster;

import dev.holdfast.port.Tasks;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Pauses that double from half a second to half a minute, each spread over the upper half of its length.
final class Backoff {

    private static final long FIRST_MILLIS = 500;
    private static final int DOUBLINGS = 6;

    private final Tasks tasks;
    private final RandomGenerator random;
    private int failures;

    Backoff(Tasks tasks, RandomGenerator random) {
        this.tasks = tasks;
        this.random = random;
    }

    void reset() {
        failures = 0;
    }

    void pause() {
        pause(0);
    }

    /// At least the seconds that the server asked for.
    void pause(int leastSeconds) {
        long full = FIRST_MILLIS << Math.min(failures, DOUBLINGS);
        failures++;
        long pause = full / 2 + random.nextLong(full / 2);
        var wait = Duration.ofMillis(pause);
        tasks.sleepUntil(tasks.now().plus(wait).plusSeconds(leastSeconds));
    }
}
