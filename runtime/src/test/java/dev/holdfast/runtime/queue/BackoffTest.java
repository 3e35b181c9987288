package dev.holdfast.runtime.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BackoffTest {

    @Property
    void growsUpToItsLimitAndNeverJittersFurtherThanItSays(@ForAll @IntRange(min = 1) int failures, @ForAll long seed) {
        var backoff = new Backoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(60), 0.2);
        double plain = Math.min(60_000, 1_000 * Math.pow(2, failures - 1));
        assertThat((double) backoff.after(failures, new Random(seed)).toMillis())
                .isBetween(plain * 0.8 - 1, plain * 1.2 + 1);
    }
}
