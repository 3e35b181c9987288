package dev.holdfast.yaml;

/// What a scalar means, before it becomes a value or a key.
sealed interface Scalar {

    record Nothing() implements Scalar {}

    record Truth(boolean value) implements Scalar {}

    record Whole(long value) implements Scalar {}

    /// An integer beyond int64 that fits uint64.
    record Unsigned(long bits) implements Scalar {}

    record Real(double value) implements Scalar {}

    record Words(String text) implements Scalar {}

    /// The word that go-yaml uses for this type in errors.
    default String tag() {
        return switch (this) {
            case Nothing _ -> "!!null";
            case Truth _ -> "!!bool";
            case Whole _, Unsigned _ -> "!!int";
            case Real _ -> "!!float";
            case Words _ -> "!!str";
        };
    }
}
