package dev.holdfast.model;

import java.time.Instant;

/// A Kubernetes condition.
public record Condition(String type, Status status, String reason, String message, Instant since) {

    public enum Status {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /// The same condition keeps the time of its last transition.
    public Condition after(Condition earlier) {
        return earlier.type.equals(type) && earlier.status == status
                ? new Condition(type, status, reason, message, earlier.since)
                : this;
    }
}
