package dev.holdfast.model;

/// Whether an object does what it should, as kstatus judges it.
public record Health(State state, String reason, String message) {

    public static final Health CURRENT = new Health(State.CURRENT, "Current", "");

    /// In the order of how much a person should care, worst last.
    public enum State {
        CURRENT("Healthy"),
        UNKNOWN("Unknown"),
        IN_PROGRESS("Progressing"),
        TERMINATING("Terminating"),
        FAILED("Degraded");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /// The one word of columns and of `status.health`.
        public String word() {
            return word;
        }
    }

    public boolean current() {
        return state == State.CURRENT;
    }
}
