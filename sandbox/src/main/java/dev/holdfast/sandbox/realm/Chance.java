package dev.holdfast.sandbox.realm;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Everything that looks random: uids, generated names, timeouts. The same seed and the same order of questions
/// give the same answers (a splitmix generator, one atomic step per number).
public final class Chance {

    private static final long STEP = 0x9e3779b97f4a7c15L;
    /// No vowels and nothing that is read as something else: names stay decent and legible.
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final AtomicLong state;

    public Chance(long seed) {
        this.state = new AtomicLong(seed);
    }

    public long next() {
        long z = state.addAndGet(STEP);
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    public int below(int bound) {
        return (int) Long.remainderUnsigned(next(), bound);
    }

    public String uid() {
        long high = next() & ~0xf000L | 0x4000L;
        long low = next() >>> 2 | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /// What follows a `generateName`.
    public String suffix() {
        return text(5);
    }

    public String text(int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) text.append(LETTERS.charAt(below(LETTERS.length())));
        return text.toString();
    }

    /// A secret for a bearer token.
    public String token() {
        return Long.toHexString(next()) + Long.toHexString(next()) + Long.toHexString(next());
    }
}
