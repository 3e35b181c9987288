package dev.holdfast.sandbox.rule;

/// How large a text, list or map may be, in characters or entries, both ends included; and how sizes and costs are
/// reckoned with: what does not fit a long is the largest of them.
record SizeRange(long least, long most) {

    static final long ENDLESS = Long.MAX_VALUE;
    static final SizeRange UNKNOWN = new SizeRange(0, ENDLESS);
    static final SizeRange ONE = fixed(1);

    static SizeRange fixed(long size) {
        return new SizeRange(size, size);
    }

    static SizeRange upTo(long size) {
        return new SizeRange(0, size);
    }

    SizeRange plus(SizeRange other) {
        return new SizeRange(sum(least, other.least), sum(most, other.most));
    }

    SizeRange times(SizeRange other) {
        return new SizeRange(product(least, other.least), product(most, other.most));
    }

    SizeRange or(SizeRange other) {
        return new SizeRange(Math.min(least, other.least), Math.max(most, other.most));
    }

    /// What it costs to go through all of it, at so much for each.
    long cost(double each) {
        return scaled(most, each);
    }

    static long sum(long left, long right) {
        return left > ENDLESS - right ? ENDLESS : left + right;
    }

    static long product(long left, long right) {
        return right != 0 && left > ENDLESS / right ? ENDLESS : left * right;
    }

    /// Rounded up; the conversion itself stops at the largest long.
    static long scaled(long size, double factor) {
        return (long) Math.ceil(size * factor);
    }
}
