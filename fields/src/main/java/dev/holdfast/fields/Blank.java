package dev.holdfast.fields;

import dev.holdfast.model.Mapping;

/// A kind's object before anything was written to it, as the API server prints it: embedded structs are there, and
/// empty. That is why nobody owns `spec` itself who creates a Service, and its creator owns `data` of a ConfigMap.
public final class Blank {

    private static final int DEEPEST = 12;

    private Blank() {}

    public static Mapping of(Schema schema) {
        return of(schema.root(), 0);
    }

    /// A struct inside an object as the server prints it where nothing in it was set.
    public static Mapping of(Type type) {
        return of(type, 0);
    }

    private static Mapping of(Type type, int depth) {
        var map = type.asMap();
        if (map == null || depth > DEEPEST) return Mapping.EMPTY;
        var blank = Mapping.builder();
        for (var field : map.fields()) {
            var value = field.blank();
            if (value == null) continue;
            blank.put(field.name(), value instanceof Mapping ? of(field.type(), depth + 1) : value);
        }
        return blank.build();
    }
}
