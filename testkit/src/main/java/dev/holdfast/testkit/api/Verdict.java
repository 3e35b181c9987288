package dev.holdfast.testkit.api;

import java.util.List;

/// How a case went.
public record Verdict(ContractCase of, Outcome outcome, List<String> differences) {

    public enum Outcome {
        PASSED,
        FAILED,
        /// The server has not what the case needs; the one difference says what.
        SKIPPED
    }

    public Verdict {
        differences = List.copyOf(differences);
    }
}
