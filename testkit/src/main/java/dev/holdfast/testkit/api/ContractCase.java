package dev.holdfast.testkit.api;

import dev.holdfast.model.Mapping;
import java.util.List;

/// One case: what is sent, step by step, and what is expected back. `source` names the recording, the page of the
/// documentation or the KEP (enhancement proposal) that says so; empty where none is known.
public record ContractCase(
        String file, int number, String name, String source, List<String> needs, List<Mapping> steps) {
    public ContractCase {
        needs = List.copyOf(needs);
        steps = List.copyOf(steps);
    }

    public boolean sourced() {
        return !source.isEmpty();
    }

    /// Unique among all cases, and fit for an object's name.
    String id() {
        return file + "-" + number;
    }

    @Override
    public String toString() {
        return file + ": " + name;
    }
}
