package dev.holdfast.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A JSON or YAML value: immutable, every node knows its {@link Origin}. Equality and hash ignore origins and the
/// order of mapping keys; numbers are equal when they are numerically equal.
///
/// As in Kubernetes' own unstructured objects a number is a 64-bit integer or a double; a double that is integral
/// and exactly representable (up to 2^53) is kept as an integer, since its JSON text is the same.
public sealed interface Value permits Value.Null, Value.Bool, Value.Whole, Value.Real, Value.Text, Sequence, Mapping {

    Origin origin();

    Value withOrigin(Origin origin);

    record Null(Origin origin) implements Value {
        public static final Null VALUE = new Null(Origin.NONE);

        @Override
        public Null withOrigin(Origin origin) {
            return new Null(origin);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Null;
        }

        @Override
        public int hashCode() {
            return 0;
        }

        @Override
        public String toString() {
            return "null";
        }
    }

    record Bool(boolean value, Origin origin) implements Value {
        @Override
        public Bool withOrigin(Origin origin) {
            return new Bool(value, origin);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bool that && that.value == value;
        }

        @Override
        public int hashCode() {
            return Boolean.hashCode(value);
        }

        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    record Whole(long value, Origin origin) implements Value {
        @Override
        public Whole withOrigin(Origin origin) {
            return new Whole(value, origin);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Whole that && that.value == value
                    || other instanceof Real real && real.value == value;
        }

        @Override
        public int hashCode() {
            return Double.hashCode(value);
        }

        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /// Made by {@link Value#of(double)}, which keeps integral values as {@link Whole}, and by {@link
    /// Value#unsigned}. `bits` are those of an integer from 2^63 up to 2^64 - 1 that was written as such, else 0:
    /// some tools print all of its digits. Like the origin they are no part of equality, since Kubernetes reads a
    /// double.
    record Real(double value, long bits, Origin origin) implements Value {
        @Override
        public Real withOrigin(Origin origin) {
            return new Real(value, bits, origin);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Real that && Double.compare(that.value, value) == 0
                    || other instanceof Whole whole && whole.value == value;
        }

        @Override
        public int hashCode() {
            return Double.hashCode(value);
        }

        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    record Text(String value, Origin origin) implements Value {
        public Text {
            Objects.requireNonNull(value);
        }

        @Override
        public Text withOrigin(Origin origin) {
            return new Text(value, origin);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Text that && that.value.equals(value);
        }

        @Override
        public int hashCode() {
            return value.hashCode();
        }

        @Override
        public String toString() {
            return value;
        }
    }

    Bool TRUE = new Bool(true, Origin.NONE);
    Bool FALSE = new Bool(false, Origin.NONE);

    static Null none() {
        return Null.VALUE;
    }

    static Whole of(long value) {
        return new Whole(value, Origin.NONE);
    }

    static Value of(double value) {
        return of(value, Origin.NONE);
    }

    static Value of(double value, Origin origin) {
        boolean whole = value == Math.rint(value) && Math.abs(value) <= 1L << 53;
        return whole ? new Whole((long) value, origin) : new Real(value, 0, origin);
    }

    /// An integer from 2^63 up to 2^64 - 1, by its bits.
    static Real unsigned(long bits, Origin origin) {
        return new Real(new BigInteger(Long.toUnsignedString(bits)).doubleValue(), bits, origin);
    }

    static Text of(String value) {
        return new Text(value, Origin.NONE);
    }

    static Sequence of(List<? extends Value> items) {
        return Sequence.of(items);
    }

    static Sequence texts(List<String> items) {
        var values = new ArrayList<Value>(items.size());
        for (var item : items) values.add(of(item));
        return Sequence.of(values);
    }

    default boolean isNull() {
        return this instanceof Null;
    }

    default Optional<String> asText() {
        return this instanceof Text(var text, var _) ? Optional.of(text) : Optional.empty();
    }

    default Optional<Long> asWhole() {
        return this instanceof Whole(var number, var _) ? Optional.of(number) : Optional.empty();
    }

    default Optional<Boolean> asBool() {
        return this instanceof Bool(var truth, var _) ? Optional.of(truth) : Optional.empty();
    }

    default Optional<Mapping> asMapping() {
        return this instanceof Mapping mapping ? Optional.of(mapping) : Optional.empty();
    }

    default Optional<Sequence> asSequence() {
        return this instanceof Sequence sequence ? Optional.of(sequence) : Optional.empty();
    }

    /// The word for this value's type as errors name it.
    default String typeName() {
        return switch (this) {
            case Null _ -> "null";
            case Bool _ -> "boolean";
            case Whole _, Real _ -> "number";
            case Text _ -> "string";
            case Sequence _ -> "list";
            case Mapping _ -> "map";
        };
    }
}
