package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be said of an object before it is sent, from the cluster's own schema: unknown fields, values of
/// another type, required fields that are missing, list items that can't be told apart. Ranges, patterns and rules
/// are the server's to judge.
public final class SchemaCheck {

    /// One finding, with the place in the file that the value came from where it is known.
    public record Problem(FieldPath path, String message, Origin origin) {
        @Override
        public String toString() {
            return path + ": " + message;
        }
    }

    private static final int MOST = 50;
    private static final long INT32 = 1L << 31;

    private final List<Problem> problems = new ArrayList<>();
    private final List<PathElement> path = new ArrayList<>();

    private SchemaCheck() {}

    /// At most fifty, in the order of the object.
    public static List<Problem> problems(Schema schema, Mapping object) {
        var check = new SchemaCheck();
        check.value(schema.root(), object);
        return List.copyOf(check.problems);
    }

    private void value(Type type, Value value) {
        if (problems.size() >= MOST || value.isNull()) return;
        switch (type.shapedAs(value)) {
            case Type.Scalar scalar -> scalar(scalar, value);
            case Type.ListOf list -> {
                if (value instanceof Sequence items) list(list, items);
                else problem(value, "a list is expected, and this is a " + value.typeName());
            }
            case Type.MapOf map -> {
                if (value instanceof Mapping fields) map(map, fields);
                else problem(value, "a map is expected, and this is a " + value.typeName());
            }
            case Type.Any _, Type.Named _ -> {}
        }
    }

    private void scalar(Type.Scalar type, Value value) {
        switch (type.kind()) {
            case TEXT -> {
                if (!(value instanceof Value.Text(var text, var _))) {
                    problem(value, "a string is expected, and this is a " + value.typeName() + quotes(value));
                } else if (!type.options().isEmpty() && !type.options().contains(text)) {
                    problem(value, "must be one of " + String.join(", ", type.options()));
                }
            }
            case INTEGER -> {
                if (!(value instanceof Value.Whole(var number, var _))) {
                    problem(value, "a whole number is expected, and this is a " + value.typeName());
                } else if (type.format().equals("int32") && (number >= INT32 || number < -INT32)) {
                    problem(value, "the number does not fit into 32 bits");
                }
            }
            case NUMBER -> {
                if (!(value instanceof Value.Whole || value instanceof Value.Real)) {
                    problem(value, "a number is expected, and this is a " + value.typeName());
                }
            }
            case BOOLEAN -> {
                if (!(value instanceof Value.Bool)) {
                    problem(value, "true or false is expected, and this is a " + value.typeName());
                }
            }
            case ANY -> {
                if (value instanceof Mapping || value instanceof Sequence) {
                    problem(value, "a plain value is expected, and this is a " + value.typeName());
                }
            }
        }
    }

    /// The most common mistake: a version, a port or an answer in yes and no that YAML reads as something else.
    private static String quotes(Value value) {
        return value instanceof Mapping || value instanceof Sequence ? "" : " (write it in quotes)";
    }

    private void list(Type.ListOf type, Sequence items) {
        var seen = new LinkedHashSet<PathElement>();
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            @Nullable PathElement step = type.isAtomic() ? null : ListItems.step(type, item);
            if (step == null && !type.isAtomic()) {
                problem(item, "item " + i + " has none of the fields that tell items apart: " + type.keys());
            }
            path.addLast(step == null ? new PathElement.Index(i) : step);
            if (step != null && !seen.add(step)) problem(item, "the list has this item twice");
            value(type.items(), item);
            path.removeLast();
        }
    }

    private void map(Type.MapOf type, Mapping fields) {
        for (int i = 0; i < fields.size(); i++) {
            var key = fields.keyAt(i);
            var inner = type.at(key);
            path.addLast(new PathElement.Field(key));
            if (inner == null) problem(fields.valueAt(i), "unknown field" + Suggestion.of(key, type));
            else value(inner, fields.valueAt(i));
            path.removeLast();
        }
        for (var field : type.fields()) {
            boolean filled = field.preset() != null && field.blank() == null;
            if (!field.required() || filled) continue;
            var value = fields.get(field.name());
            if (value != null && !(value.isNull() && !field.nullable())) continue;
            path.addLast(field.step());
            problem(fields, "required, and missing");
            path.removeLast();
        }
    }

    private void problem(Value value, String message) {
        if (problems.size() < MOST) problems.add(new Problem(new FieldPath(path), message, value.origin()));
    }
}
