package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The schema of one version of a custom resource: what it prunes, what it defaults, what it refuses.
public final class CustomSchema {

    private static final List<String> OBJECT_FIELDS = List.of("apiVersion", "kind", "metadata");

    /// `x-kubernetes-validations` are judged elsewhere, by whoever has an interpreter for them.
    public interface Rules {
        Rules NONE = (_, _, _) -> List.of();

        List<FieldError> check(Mapping schema, Mapping object, Optional<Mapping> old);
    }

    private final Mapping schema;

    private CustomSchema(Mapping schema) {
        this.schema = schema;
    }

    /// From `spec.versions[].schema.openAPIV3Schema` of a definition.
    public static CustomSchema of(Mapping openApiSchema) {
        return new CustomSchema(openApiSchema);
    }

    /// The object without fields that the schema doesn't know, keys sorted as the server writes them, and the paths
    /// of the fields that were dropped.
    public Pruned prune(Mapping object) {
        var dropped = new ArrayList<String>();
        var kept = Mapping.builder();
        for (var field : object.sorted()) {
            switch (field.key()) {
                case "apiVersion", "kind" -> kept.put(field.key(), field.value());
                case "metadata" -> kept.put("metadata", metadata(field.value(), dropped));
                default -> {
                    var rest = pruned(schema, Mapping.of(field.key(), field.value()), "", dropped);
                    for (var each : rest) kept.put(each.key(), each.value());
                }
            }
        }
        return new Pruned(kept.build(), dropped);
    }

    public record Pruned(Mapping object, List<String> dropped) {
        public Pruned {
            dropped = List.copyOf(dropped);
        }

        /// As warnings say it, and strict decoding errors.
        public List<String> complaints() {
            return dropped.stream()
                    .map(path -> "unknown field \"" + path + "\"")
                    .toList();
        }
    }

    /// An object that is stored, or comes from another version: pruned and defaulted.
    public Mapping read(Mapping object) {
        return defaulted(prune(object).object());
    }

    /// Whether nothing would be dropped of a value of this schema.
    static boolean fits(Mapping schema, Value value) {
        var dropped = new ArrayList<String>();
        pruned(schema, value, "", dropped);
        return dropped.isEmpty();
    }

    private static Value metadata(Value value, List<String> dropped) {
        if (!(value instanceof Mapping metadata)) return value;
        var type = new Shape.Struct("meta.v1.ObjectMeta");
        for (var key : metadata.keys()) {
            if (!Shapes.BUILT_IN.byName(type).containsKey(key)) dropped.add("metadata." + key);
        }
        return TypedForm.struct(type, metadata).sorted();
    }

    private static Value pruned(Mapping schema, Value value, String path, List<String> dropped) {
        return switch (value) {
            case Mapping map -> pruned(schema, map, path, dropped);
            case Sequence list -> {
                var items = new ArrayList<Value>(list.size());
                for (int i = 0; i < list.size(); i++) {
                    items.add(pruned(schema.mapping("items"), list.get(i), Problems.item(path, i), dropped));
                }
                yield Sequence.of(items, list.origin());
            }
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> value;
        };
    }

    private static Mapping pruned(Mapping schema, Mapping map, String path, List<String> dropped) {
        boolean open = schema.bool("x-kubernetes-preserve-unknown-fields").orElse(false)
                || schema.bool("additionalProperties").orElse(false);
        boolean embedded = schema.bool("x-kubernetes-embedded-resource").orElse(false);
        var properties = schema.mapping("properties");
        var kept = Mapping.builder().origin(map.origin());
        for (var field : map.sorted()) {
            var place = Problems.child(path, field.key());
            if (properties.get(field.key()) instanceof Mapping inner) {
                kept.put(field.key(), pruned(inner, field.value(), place, dropped));
            } else if (schema.get("additionalProperties") instanceof Mapping inner) {
                kept.put(field.key(), pruned(inner, field.value(), place, dropped));
            } else if (open || embedded && OBJECT_FIELDS.contains(field.key())) {
                kept.put(field.key(), field.value());
            } else {
                dropped.add(place);
            }
        }
        return kept.build();
    }

    /// The object with the schema's defaults where it says nothing; a null that the schema doesn't allow counts as
    /// nothing.
    public Mapping defaulted(Mapping object) {
        var bare = object;
        for (var field : OBJECT_FIELDS) bare = bare.without(field);
        var filled = (Mapping) filled(schema, bare);
        var all = object;
        for (var field : filled) {
            if (!OBJECT_FIELDS.contains(field.key())) all = all.with(field.key(), field.value());
        }
        for (var key : bare.keys()) {
            if (!filled.has(key)) all = all.without(key);
        }
        return all.sorted();
    }

    private static Value filled(Mapping schema, Value value) {
        return switch (value) {
            case Mapping map -> filled(schema, map);
            case Sequence list -> list.map(item -> filled(schema.mapping("items"), item));
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> value;
        };
    }

    private static Mapping filled(Mapping schema, Mapping map) {
        var filled = map;
        for (var property : schema.mapping("properties")) {
            if (!(property.value() instanceof Mapping inner)) continue;
            var given = filled.get(property.key());
            boolean nothing =
                    given == null || given.isNull() && !inner.bool("nullable").orElse(false);
            if (!nothing) continue;
            if (inner.get("default") instanceof Value standard) filled = filled.with(property.key(), standard);
            else if (given != null) filled = filled.without(property.key());
        }
        var properties = schema.mapping("properties");
        return filled.map((key, value) -> {
            if (properties.get(key) instanceof Mapping inner) return filled(inner, value);
            return schema.get("additionalProperties") instanceof Mapping inner ? filled(inner, value) : value;
        });
    }

    /// What is wrong with a pruned and defaulted object: the schema first, then lists with equal items, then rules.
    public List<FieldError> validate(Mapping object, Optional<Mapping> old, Rules rules) {
        var problems = new Problems();
        new CustomCheck(problems).root(schema, object, old);
        // what was stored with equal items may keep them
        boolean strict = old.isEmpty() || EqualItems.none(schema, old.get());
        if (strict) EqualItems.check(schema, object, "", problems);
        if (!hasRules(schema)) return problems.errors();
        boolean blocked = problems.errors().stream().anyMatch(error -> blocking(error.reason()));
        if (!blocked) {
            rules.check(schema, object, old).forEach(problems::add);
            return problems.errors();
        }
        problems.invalid(
                "<nil>",
                Value.none(),
                "some validation rules were not checked because the object was invalid; correct the existing errors to"
                        + " complete validation");
        return problems.errors();
    }

    private static boolean blocking(FieldError.Reason reason) {
        return switch (reason) {
            case NOT_SUPPORTED, REQUIRED, TOO_LONG, TOO_MANY, TYPE_INVALID -> true;
            case NOT_FOUND, DUPLICATE, INVALID, FORBIDDEN -> false;
        };
    }

    private static boolean hasRules(Mapping schema) {
        if (!schema.sequence("x-kubernetes-validations").isEmpty()) return true;
        for (var property : schema.mapping("properties")) {
            if (property.value() instanceof Mapping inner && hasRules(inner)) return true;
        }
        return hasRulesIn(schema, "items") || hasRulesIn(schema, "additionalProperties");
    }

    private static boolean hasRulesIn(Mapping schema, String key) {
        return schema.get(key) instanceof Mapping inner && hasRules(inner);
    }
}
