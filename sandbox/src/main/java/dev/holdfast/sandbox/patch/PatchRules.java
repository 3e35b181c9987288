package dev.holdfast.sandbox.patch;

/// How the fields of a type take part in a strategic merge.
public interface PatchRules {

    /// The rule for a field; the one that knows nothing for fields that the type doesn't have.
    FieldRule field(String name);

    /// Lists are replaced, unless they are merged: maps by `mergeKey`, single values by themselves. Maps are
    /// merged, unless they are replaced.
    record FieldRule(Strategy strategy, String mergeKey, PatchRules inner) {
        boolean mergesLists() {
            return strategy == Strategy.MERGE;
        }

        boolean mergesMaps() {
            return strategy != Strategy.REPLACE;
        }
    }

    enum Strategy {
        UNSAID,
        MERGE,
        REPLACE
    }

    /// For types that nobody describes.
    PatchRules UNKNOWN = new PatchRules() {
        @Override
        public FieldRule field(String name) {
            return new FieldRule(Strategy.UNSAID, "", this);
        }
    };
}
