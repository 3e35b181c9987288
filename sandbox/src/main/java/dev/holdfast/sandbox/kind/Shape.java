package dev.holdfast.sandbox.kind;

import java.util.List;

/// How the API server's own types hold a value. It decides what is accepted, what is left out when empty and what
/// is always written, which a JSON schema doesn't tell.
sealed interface Shape {

    /// A single value. `goName` is what error texts call its type.
    record Scalar(Primitive primitive, String goName) implements Shape {}

    record ListOf(Shape item) implements Shape {}

    record MapOf(Shape value) implements Shape {}

    /// A value that can be absent, so that an empty one is kept.
    record Pointer(Shape target) implements Shape {}

    /// A type with fields, found by name since types refer to themselves.
    record Struct(String name) implements Shape {}

    /// A JSON schema where another form is allowed as well: a truth value, a list of schemas, a list of names.
    record SchemaOrOther(Struct schema) implements Shape {}

    enum Primitive {
        TEXT,
        FLAG,
        INT32,
        INT64,
        REAL,
        BYTES,
        QUANTITY,
        INT_OR_TEXT,
        TIME,
        MICRO_TIME,
        ANY
    }

    /// One field: left out when empty, left out when zero, or always written.
    record Field(String name, Omit omit, Shape shape) {}

    enum Omit {
        NEVER,
        EMPTY,
        ZERO
    }

    record Fields(String type, List<Field> fields) {
        public Fields {
            fields = List.copyOf(fields);
        }
    }

    /// The type's name in Go, as error texts give it.
    default String goName() {
        return switch (this) {
            case Scalar(var _, var name) -> name;
            case ListOf(var item) -> "[]" + item.goName();
            case MapOf(var value) -> "map[string]" + value.goName();
            case Pointer(var target) -> target.goName();
            case Struct(var name) -> name.substring(name.indexOf('.') + 1);
            case SchemaOrOther(var schema) -> schema.goName();
        };
    }
}
