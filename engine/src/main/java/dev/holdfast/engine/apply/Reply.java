package dev.holdfast.engine.apply;

import dev.holdfast.model.LiveObject.Claim;
import dev.holdfast.model.Mapping;
import java.util.List;

/// What a server said to a write, without its protocol.
public sealed interface Reply {

    record Done(Mapping object, Effect effect) implements Reply {}

    enum Effect {
        CREATED,
        /// Changed, or left as it was.
        APPLIED
    }

    /// Other managers own fields that the apply would change.
    record Conflicting(List<Claim> claims, String message) implements Reply {
        public Conflicting {
            claims = List.copyOf(claims);
        }
    }

    /// The object is not the one that was meant: it changed, went, or was replaced.
    record Outdated(String message) implements Reply {}

    record Invalid(String message, List<String> causes) implements Reply {
        public Invalid {
            causes = List.copyOf(causes);
        }
    }

    record Forbidden(String message) implements Reply {}

    /// The object, or the namespace that it belongs into, does not exist.
    record Missing(String message) implements Reply {}

    /// The API itself does not exist (any more).
    record NoSuchApi(String message) implements Reply {}

    /// The namespace is being deleted.
    record NamespaceEnding(String message) implements Reply {}

    /// Too busy, or broken for the moment.
    record Unavailable(String message) implements Reply {}

    /// A Kubernetes Status as the shell read it. A 404 without a reason is not about an object: there is no such
    /// API.
    record Refusal(int code, String reason, String message, List<Cause> causes) {
        public Refusal {
            causes = List.copyOf(causes);
        }
    }

    record Cause(String reason, String message, String field) {}

    static Reply refused(Refusal refusal) {
        return Refusals.reply(refusal);
    }
}
