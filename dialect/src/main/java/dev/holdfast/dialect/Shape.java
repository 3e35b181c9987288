package dev.holdfast.dialect;

import java.util.List;
import java.util.Optional;

/// The shape of a field of our resources: one table from which the definition's schema is generated, by which
/// resources are read and refused, and of which the reference documentation is made. So none of the three can say
/// something else.
sealed interface Shape {

    record Text() implements Shape {}

    record Number(long least, long most) implements Shape {}

    /// A double of at least `least`.
    record Factor(double least) implements Shape {}

    record Flag() implements Shape {}

    record Duration() implements Shape {}

    /// One of a few words.
    record Word(List<String> words) implements Shape {}

    record Texts() implements Shape {}

    /// A map of texts: labels, annotations.
    record TextMap() implements Shape {}

    record ListOf(Struct item) implements Shape {}

    record Struct(List<Field> fields) implements Shape {
        Optional<Field> find(String name) {
            return fields.stream().filter(field -> field.name().equals(name)).findFirst();
        }

        List<String> names() {
            return fields.stream().map(Field::name).toList();
        }
    }

    /// One of a few words, or a list of a few others.
    record WordOrList(List<String> words, List<String> items) implements Shape {}

    /// `fallback` is what holds where the field is absent, as text for documentation; empty where there is none.
    record Field(String name, Shape shape, Need need, String fallback, String about) {}

    enum Need {
        REQUIRED,
        OPTIONAL
    }

    static Field required(String name, Shape shape, String about) {
        return new Field(name, shape, Need.REQUIRED, "", about);
    }

    static Field optional(String name, Shape shape, String fallback, String about) {
        return new Field(name, shape, Need.OPTIONAL, fallback, about);
    }
}
