package dev.holdfast.sandbox.patch;

import dev.holdfast.model.Value;

/// What came of a patch: the patched value, or why the server refuses it.
public sealed interface Patched {

    record Done(Value value) implements Patched {}

    /// `message` is for people; what a client is told of an {@link Blame#UNPROCESSABLE} patch is the server's
    /// choice.
    record Refused(Blame blame, String message) implements Patched {}

    /// Which answer a refusal becomes.
    enum Blame {
        /// 400: no such patch can be.
        MALFORMED("MalformedPatch"),
        /// 413: it asks for too much.
        TOO_LARGE("PatchTooLarge"),
        /// 422: it doesn't fit the object.
        UNPROCESSABLE("UnprocessablePatch"),
        /// 500: what the server answers where it didn't expect such a patch.
        INTERNAL("UnexpectedPatch");

        private final String code;

        Blame(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }
}
