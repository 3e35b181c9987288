package dev.holdfast.model;

import java.util.Objects;
import java.util.Optional;

/// What went wrong, as a closed type that carries its handling: transient faults are tried again with backoff,
/// waiting ones when something else happens, terminal ones need a person.
public sealed interface Fault {

    Explanation explanation();

    /// Tried again with backoff: an unreachable host, a 503.
    record Transient(Explanation explanation) implements Fault {}

    /// Nothing is wrong here; something else must come first: `event` names it.
    record Waiting(Explanation explanation, String event) implements Fault {}

    /// A person must change something: a broken file, a missing right, a conflict.
    record Terminal(Explanation explanation) implements Fault {}

    /// What failed, on which object, where, and what to do next. `code` is a stable CamelCase word, used as a
    /// condition's reason. No text in here may hold a secret.
    record Explanation(String code, String message, String next, Optional<Ref> object, Origin place) {
        public Explanation {
            Objects.requireNonNull(code);
            Objects.requireNonNull(message);
        }

        /// One line: the place, the message, and the next step.
        public String sentence() {
            var text = new StringBuilder();
            if (place.known()) text.append(place.place()).append(": ");
            text.append(message);
            if (!next.isEmpty()) text.append(". ").append(next);
            return text.toString();
        }
    }

    static Transient temporary(String code, String message, String next) {
        return new Transient(new Explanation(code, message, next, Optional.empty(), Origin.NONE));
    }

    static Waiting waiting(String code, String message, String event) {
        return new Waiting(new Explanation(code, message, "", Optional.empty(), Origin.NONE), event);
    }

    static Terminal terminal(String code, String message, String next) {
        return new Terminal(new Explanation(code, message, next, Optional.empty(), Origin.NONE));
    }

    static Terminal at(Origin place, String code, String message, String next) {
        return new Terminal(new Explanation(code, message, next, Optional.empty(), place));
    }

    default Fault about(Ref object) {
        var known = explanation();
        var named = new Explanation(known.code(), known.message(), known.next(), Optional.of(object), known.place());
        return switch (this) {
            case Transient _ -> new Transient(named);
            case Waiting(var _, var event) -> new Waiting(named, event);
            case Terminal _ -> new Terminal(named);
        };
    }

    default String code() {
        return explanation().code();
    }

    default String sentence() {
        return explanation().sentence();
    }
}
