package dev.holdfast.model;

import org.jspecify.annotations.Nullable;

/// Where a value came from: a file of a snapshot, 1-based line and column, and the transformation that last set it
/// (null: as written in the file). Not part of a value's equality.
public record Origin(
        String path, int line, int column, @Nullable String transformation) {

    /// Of values that no file wrote: answers of a cluster, values that the program made.
    public static final Origin NONE = new Origin("", 0, 0, null);

    public static Origin at(String path, int line, int column) {
        return new Origin(path, line, column, null);
    }

    public boolean known() {
        return !path.isEmpty();
    }

    public Origin through(String step) {
        return new Origin(path, line, column, step);
    }

    /// `path:line`, as errors and editors want it; empty where the origin is not known.
    public String place() {
        return known() ? path + ":" + line : "";
    }

    @Override
    public String toString() {
        return place();
    }
}
