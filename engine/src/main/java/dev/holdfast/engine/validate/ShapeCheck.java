package dev.holdfast.engine.validate;

import dev.holdfast.fields.Type;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Compares the shape of one object with its schema's.
final class ShapeCheck {

    private static final int MOST = 20;

    /// `path` as people write it: `spec.replicas`.
    record Problem(String path, String message, Origin place) {
        String words() {
            return path + " " + message;
        }
    }

    private final List<Problem> problems = new ArrayList<>();

    List<Problem> check(Type type, Mapping object) {
        value(type, object, "");
        return problems;
    }

    private void value(Type type, Value value, String path) {
        if (value.isNull() || problems.size() >= MOST) return;
        switch (type.shapedAs(value)) {
            case Type.Scalar scalar -> scalar(scalar, value, path);
            case Type.ListOf list -> {
                if (value instanceof Sequence items) items(list, items, path);
                else expected("a list", value, path);
            }
            case Type.MapOf map -> {
                if (value instanceof Mapping fields) fields(map, fields, path);
                else expected("a map", value, path);
            }
            case Type.Any _, Type.Named _ -> {}
        }
    }

    private void items(Type.ListOf list, Sequence items, String path) {
        for (int i = 0; i < items.size(); i++) value(list.items(), items.get(i), path + "[" + i + "]");
    }

    private void fields(Type.MapOf map, Mapping fields, String path) {
        for (var field : fields) {
            var inner = path.isEmpty() ? field.key() : path + "." + field.key();
            var type = map.at(field.key());
            if (type != null) value(type, field.value(), inner);
            else add(inner, unknown(map, field.key()), field.value());
        }
    }

    private static String unknown(Type.MapOf map, String key) {
        var names = map.fields().stream().map(declared -> declared.name()).toList();
        Optional<String> nearest = NearestName.of(key, names);
        return nearest.map(name -> "is no known field; did you mean " + name + "?")
                .orElse("is no known field");
    }

    private void scalar(Type.Scalar scalar, Value value, String path) {
        boolean fits = switch (scalar.kind()) {
            case TEXT -> value instanceof Value.Text;
            case BOOLEAN -> value instanceof Value.Bool;
            case INTEGER -> value instanceof Value.Whole;
            case NUMBER -> value instanceof Value.Whole || value instanceof Value.Real;
            case ANY -> !(value instanceof Mapping) && !(value instanceof Sequence);
        };
        if (!fits) expected(words(scalar.kind()), value, path);
    }

    private static String words(Type.Scalar.Kind kind) {
        return switch (kind) {
            case TEXT -> "a string";
            case BOOLEAN -> "a boolean";
            case INTEGER -> "an integer";
            case NUMBER -> "a number";
            case ANY -> "a single value";
        };
    }

    /// Never shows the value: it may be a secret.
    private void expected(String what, Value value, String path) {
        add(path, "must be %s, and is a %s".formatted(what, value.typeName()), value);
    }

    private void add(String path, String message, Value at) {
        if (problems.size() < MOST) problems.add(new Problem(path, message, at.origin()));
    }
}
