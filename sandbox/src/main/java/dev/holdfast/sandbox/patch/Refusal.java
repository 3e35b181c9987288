package dev.holdfast.sandbox.patch;

/// Ends the work on a patch from deep inside of it; never leaves this package.
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Patched.Blame blame;
    private final String reason;

    Refusal(Patched.Blame blame, String reason) {
        super(reason, null, false, false);
        this.blame = blame;
        this.reason = reason;
    }

    static Refusal malformed(String reason) {
        return new Refusal(Patched.Blame.MALFORMED, reason);
    }

    static Refusal unprocessable(String reason) {
        return new Refusal(Patched.Blame.UNPROCESSABLE, reason);
    }

    static Refusal internal(String reason) {
        return new Refusal(Patched.Blame.INTERNAL, reason);
    }

    Patched refused() {
        return new Patched.Refused(blame, reason);
    }
}
