package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// What came of a server-side apply.
public sealed interface Applied {

    /// The merged object (without managedFields, before defaulting and conversion) and who owns what now. Where
    /// nothing changed both are the instances that went in, and `change` says so.
    record Merged(Mapping object, ManagedFields managed, Change change) implements Applied {}

    enum Change {
        /// Neither the object nor its owners.
        NOTHING,
        /// Only who owns what: stored, with the times as they were.
        OWNERS,
        OBJECT
    }

    /// Others own fields that the configuration would change: HTTP 409. Sorted by manager, then by path.
    record Conflicting(List<Conflict> conflicts) implements Applied {
        public Conflicting {
            conflicts = List.copyOf(conflicts);
        }

        /// The message of the answer, word for word.
        public String message() {
            if (conflicts.size() == 1) {
                var only = conflicts.getFirst();
                return "Apply failed with 1 conflict: " + only.cause() + ": " + only.path();
            }
            var owners = new LinkedHashSet<ManagedEntry>();
            for (var conflict : conflicts) owners.add(conflict.owner());
            var lines = new ArrayList<String>();
            for (var owner : owners) {
                lines.add("conflicts with " + owner.words() + ":");
                for (var conflict : conflicts) {
                    if (conflict.owner() == owner || conflict.owner().equals(owner)) lines.add("- " + conflict.path());
                }
            }
            return "Apply failed with " + conflicts.size() + " conflicts: " + String.join("\n", lines);
        }
    }

    /// The configuration (or the live object) does not have the shape that the schema says: HTTP 500 without a
    /// reason.
    record Untyped(String subject, List<String> problems) implements Applied {
        public Untyped {
            problems = List.copyOf(problems);
        }

        /// The message of the answer, word for word.
        public String message() {
            var text = problems.size() == 1 ? problems.getFirst() : "errors:\n  " + String.join("\n  ", problems);
            return subject + ": " + text;
        }
    }
}
