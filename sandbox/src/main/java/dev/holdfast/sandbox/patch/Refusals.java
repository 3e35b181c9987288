package dev.holdfast.sandbox.patch;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;

/// Ends the work on a patch from deep inside of it. The exceptions never leave this package: they become values.
final class Refusals {

    private Refusals() {}

    static FaultException malformed(String reason) {
        return of(Patched.Blame.MALFORMED, reason);
    }

    static FaultException tooLarge(String reason) {
        return of(Patched.Blame.TOO_LARGE, reason);
    }

    static FaultException unprocessable(String reason) {
        return of(Patched.Blame.UNPROCESSABLE, reason);
    }

    static FaultException internal(String reason) {
        return of(Patched.Blame.INTERNAL, reason);
    }

    private static FaultException of(Patched.Blame blame, String reason) {
        return new FaultException(Fault.terminal(blame.code(), reason, ""));
    }

    static Patched refused(FaultException exception) {
        var explanation = exception.fault().explanation();
        for (var blame : Patched.Blame.values()) {
            if (blame.code().equals(explanation.code())) return new Patched.Refused(blame, explanation.message());
        }
        throw exception;
    }
}
