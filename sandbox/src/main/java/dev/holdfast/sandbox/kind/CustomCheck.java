package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Judges values by the schema of a custom resource, in the words of the API server's library.
final class CustomCheck {

    private static final String UNPLACED = "<nil>";

    private final Problems problems;

    CustomCheck(Problems problems) {
        this.problems = problems;
    }

    /// A whole object. What an update leaves as it was is not held against it, also where the schema has become
    /// stricter since (KEP-4008).
    void root(Mapping schema, Mapping object, Optional<Mapping> old) {
        value(schema, object, old.orElse(null), "");
    }

    void value(Mapping schema, Value value, String path) {
        value(schema, value, null, path);
    }

    private void value(Mapping schema, Value value, @Nullable Value old, String path) {
        if (value.equals(old)) return;
        if (!rightType(schema, value, path)) return;
        if (value.isNull()) return;
        switch (value) {
            case Mapping map -> map(schema, map, old, path);
            case Sequence list -> list(schema, list, old, path);
            case Value.Text(var text, var _) -> ScalarCheck.text(schema, text, path, problems);
            case Value.Whole _, Value.Real _ -> ScalarCheck.number(schema, value, path, problems);
            case Value.Bool _, Value.Null _ -> {
                // nothing more to say
            }
        }
        options(schema, value, path);
        composed(schema, value, path);
    }

    private boolean rightType(Mapping schema, Value value, String path) {
        var type = schema.bool("x-kubernetes-int-or-string").orElse(false)
                ? "integer,string"
                : schema.text("type").orElse("");
        if (type.isEmpty()) return true;
        var actual = typeOf(value);
        if (value.isNull() && schema.bool("nullable").orElse(false)) return true;
        boolean fits = List.of(type.split(",")).contains(actual) || type.equals("number") && actual.equals("integer");
        if (fits) return true;
        problems.typeInvalid(
                path.isEmpty() ? UNPLACED : path,
                Value.of(actual),
                path + " in body must be of type " + type + ": " + Problems.quoted(actual));
        return false;
    }

    private static String typeOf(Value value) {
        return switch (value) {
            case Value.Null _ -> "null";
            case Value.Bool _ -> "boolean";
            case Value.Whole _ -> "integer";
            case Value.Real _ -> "number";
            case Value.Text _ -> "string";
            case Sequence _ -> "array";
            case Mapping _ -> "object";
        };
    }

    private void map(Mapping schema, Mapping map, @Nullable Value old, String path) {
        if (schema.get("minProperties") instanceof Value.Whole(var least, var _) && map.size() < least) {
            problems.invalid(
                    path, Value.of((long) map.size()), path + " in body should have at least " + least + " properties");
        }
        if (schema.get("maxProperties") instanceof Value.Whole(var most, var _) && map.size() > most) {
            problems.tooMany(path, map.size(), most);
        }
        var properties = schema.mapping("properties");
        var past = old instanceof Mapping before ? before : Mapping.EMPTY;
        for (var field : map) {
            var before = past.get(field.key());
            if (properties.get(field.key()) instanceof Mapping inner) {
                value(inner, field.value(), before, child(path, field.key()));
            } else if (schema.get("additionalProperties") instanceof Mapping inner) {
                value(inner, field.value(), before, child(path, field.key()));
            } else if (!schema.bool("additionalProperties").orElse(true)) {
                problems.invalid(
                        path, Value.of(field.key()), path + "." + field.key() + " in body is a forbidden property");
            }
        }
        for (var name : schema.sequence("required")) {
            var needed = name.asText().orElse("");
            if (!map.has(needed)) problems.required(child(path, needed), "");
        }
        if (schema.bool("x-kubernetes-embedded-resource").orElse(false)) {
            for (var needed : List.of("apiVersion", "kind")) {
                if (map.text(needed).orElse("").isEmpty()) problems.required(child(path, needed), "must not be empty");
            }
        }
    }

    private void list(Mapping schema, Sequence list, @Nullable Value old, String path) {
        if (schema.get("items") instanceof Mapping items) {
            for (int i = 0; i < list.size(); i++) {
                value(items, list.get(i), EqualItems.before(schema, list.get(i), old), item(path, i));
            }
        }
        if (schema.get("minItems") instanceof Value.Whole(var least, var _) && list.size() < least) {
            problems.invalid(
                    path, Value.of((long) list.size()), path + " in body should have at least " + least + " items");
        }
        if (schema.get("maxItems") instanceof Value.Whole(var most, var _) && list.size() > most) {
            problems.tooMany(path, list.size(), most);
        }
    }

    private void options(Mapping schema, Value value, String path) {
        var options = schema.sequence("enum");
        if (options.isEmpty() || options.items().contains(value)) return;
        var words = new ArrayList<String>();
        for (var option : options) words.add(option.asText().orElseGet(() -> Problems.shown(option)));
        problems.notSupported(path, value, words);
    }

    private void composed(Mapping schema, Value value, String path) {
        // both spellings of "a number or a text" are said by the type already
        boolean either = schema.bool("x-kubernetes-int-or-string").orElse(false);
        if (!either) anyOf(schema.sequence("anyOf"), value, path);
        oneOf(schema.sequence("oneOf"), value, path);
        allOf(schema.sequence("allOf"), value, path);
        if (schema.get("not") instanceof Mapping part
                && judged(part, value, path).isEmpty()) {
            unplaced("\"" + path + "\" must not validate the schema (not)");
        }
    }

    private List<FieldError> judged(Mapping part, Value value, String path) {
        var inner = new Problems();
        new CustomCheck(inner).value(part, value, path);
        return inner.errors();
    }

    private List<List<FieldError>> judged(Sequence parts, Value value, String path) {
        return parts.mappings().stream().map(part -> judged(part, value, path)).toList();
    }

    private void anyOf(Sequence parts, Value value, String path) {
        var judged = judged(parts, value, path);
        if (judged.isEmpty() || judged.stream().anyMatch(List::isEmpty)) return;
        unplaced("\"" + path + "\" must validate at least one schema (anyOf)");
        nearest(judged).forEach(problems::add);
    }

    private void oneOf(Sequence parts, Value value, String path) {
        var judged = judged(parts, value, path);
        long valid = judged.stream().filter(List::isEmpty).count();
        if (judged.isEmpty() || valid == 1) return;
        var found = valid == 0 ? "Found none valid" : "Found " + valid + " valid alternatives";
        unplaced("\"" + path + "\" must validate one and only one schema (oneOf). " + found);
        if (valid == 0) nearest(judged).forEach(problems::add);
    }

    private void allOf(Sequence parts, Value value, String path) {
        var judged = judged(parts, value, path);
        judged.forEach(errors -> errors.forEach(problems::add));
        long valid = judged.stream().filter(List::isEmpty).count();
        if (valid == judged.size()) return;
        unplaced("\"" + path + "\" must validate all the schemas (allOf)" + (valid == 0 ? ". None validated" : ""));
    }

    /// Of several ways to be right, the one that is missed by least is explained.
    private static List<FieldError> nearest(List<List<FieldError>> judged) {
        var nearest = judged.getFirst();
        for (var errors : judged) {
            if (errors.size() < nearest.size()) nearest = errors;
        }
        return nearest;
    }

    private void unplaced(String message) {
        problems.invalid(UNPLACED, "", message);
    }
}
