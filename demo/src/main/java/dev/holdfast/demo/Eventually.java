package dev.holdfast.demo;

import dev.holdfast.model.FaultException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Waits for the world to become as it should.
final class Eventually {

    static final Duration LIMIT = Duration.ofSeconds(30);

    private Eventually() {}

    /// The first value that the probe finds.
    static <T> T found(String what, Duration limit, Supplier<Optional<T>> probe) {
        var deadline = Instant.now().plus(limit);
        String last = "";
        while (Instant.now().isBefore(deadline)) {
            try {
                var value = probe.get();
                if (value.isPresent()) return value.get();
            } catch (FaultException notYet) {
                last = " (" + notYet.getMessage() + ")";
            }
            pause(Duration.ofMillis(30));
        }
        throw new AssertionError("not within " + limit.toSeconds() + " s: " + what + last);
    }

    static void holds(String what, Supplier<Boolean> probe) {
        found(what, LIMIT, () -> probe.get() ? Optional.of(true) : Optional.empty());
    }

    /// For showing that something does not happen: it is watched for a while.
    static void staysTrue(String what, Duration how, Supplier<Boolean> probe) {
        var end = Instant.now().plus(how);
        while (Instant.now().isBefore(end)) {
            if (!probe.get()) throw new AssertionError("no longer: " + what);
            pause(Duration.ofMillis(100));
        }
    }

    static void pause(Duration how) {
        try {
            Thread.sleep(how);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }
}
