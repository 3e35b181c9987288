package dev.holdfast.testkit;

import java.util.List;

/// What came of recorded cases: how many there are, and what failed.
public record Outcome(int cases, List<Failure> failures) {

    public Outcome {
        failures = List.copyOf(failures);
    }

    /// A case that failed: its name, what the tool made of it, and what we did.
    public record Failure(String name, String wanted, String found) {}

    public int passed() {
        return cases - failures.size();
    }

    public String sentence() {
        return passed() + " passed, " + failures.size() + " failed";
    }
}
