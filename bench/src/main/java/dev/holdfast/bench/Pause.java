package dev.holdfast.bench;

import java.util.function.BooleanSupplier;

/// Waiting, with an end.
final class Pause {

    private static final long LIMIT_MILLIS = 30 * 60 * 1000;

    private Pause() {}

    static void until(String what, BooleanSupplier probe) {
        until(what, 5, probe);
    }

    /// Returns how long it took, in nanoseconds.
    static long until(String what, long everyMillis, BooleanSupplier probe) {
        long begin = System.nanoTime();
        while (!probe.getAsBoolean()) {
            if ((System.nanoTime() - begin) / 1_000_000 > LIMIT_MILLIS)
                throw new IllegalStateException("never: " + what);
            millis(everyMillis);
        }
        return System.nanoTime() - begin;
    }

    static void millis(long count) {
        try {
            Thread.sleep(count);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
