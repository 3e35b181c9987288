package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;
import static dev.holdfast.sandbox.kind.Problems.keyed;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.Comparator;
import java.util.List;

/// Whether the schema of a custom resource is structural: every part says its type in one place, and what stands
/// under `allOf`, `anyOf`, `oneOf` and `not` only judges values.
final class StructuralRules {

    private static final String TO_BE_STRUCTURAL = " to be structural";

    /// What a judging part may not say.
    private static final List<String> DECLARING = List.of("type", "title", "description");
    private static final List<String> FLAGS = List.of(
            "nullable",
            "x-kubernetes-preserve-unknown-fields",
            "x-kubernetes-embedded-resource",
            "x-kubernetes-int-or-string");
    private static final List<String> UNDEFINED =
            List.of("additionalProperties", "default", "x-kubernetes-list-type", "x-kubernetes-map-type");

    private enum Level {
        ROOT("must not be empty at the root"),
        ITEM("must not be empty for specified array items"),
        FIELD("must not be empty for specified object fields");

        private final String typeless;

        Level(String typeless) {
            this.typeless = typeless;
        }
    }

    private StructuralRules() {}

    static void check(Mapping schema, String path, Problems problems) {
        var found = new Problems();
        part(schema, Level.ROOT, path, found);
        found.errors().stream()
                .sorted(Comparator.comparing(FieldError::sentence))
                .forEach(problems::add);
    }

    private static void part(Mapping schema, Level level, String path, Problems problems) {
        var type = schema.text("type").orElse("");
        if (type.equals("array") && !(schema.get("items") instanceof Mapping)) {
            problems.required(child(path, "items"), "must be specified");
        }
        if (schema.get("items") instanceof Mapping items) part(items, Level.ITEM, child(path, "items"), problems);
        for (var property : schema.mapping("properties")) {
            if (property.value() instanceof Mapping inner) {
                part(inner, Level.FIELD, keyed(child(path, "properties"), property.key()), problems);
            }
        }
        if (schema.has("additionalProperties") && level == Level.ROOT) {
            problems.forbidden(child(path, "additionalProperties"), "must not be used at the root");
        }
        if (schema.get("additionalProperties") instanceof Mapping inner) {
            if (!schema.mapping("properties").isEmpty()) {
                problems.forbidden(
                        child(path, "additionalProperties"),
                        "additionalProperties and properties are mutual exclusive");
            }
            part(inner, Level.FIELD, child(path, "additionalProperties"), problems);
        }
        type(schema, type, level, path, problems);
        lists(schema, type, path, problems);
        pattern(schema, path, problems);
        judging(schema, path, problems);
    }

    private static void type(Mapping schema, String type, Level level, String path, Problems problems) {
        boolean either = schema.bool("x-kubernetes-int-or-string").orElse(false);
        boolean open = schema.bool("x-kubernetes-preserve-unknown-fields").orElse(false);
        boolean embedded = schema.bool("x-kubernetes-embedded-resource").orElse(false);
        if (type.isEmpty() && !either && !open) problems.required(child(path, "type"), level.typeless);
        if (!type.isEmpty() && either)
            problems.invalid(child(path, "type"), type, "must be empty if x-kubernetes-int-or-string is true");
        if (level == Level.ROOT && !type.isEmpty() && !type.equals("object")) {
            problems.invalid(child(path, "type"), type, "must be object at the root");
        }
        if (embedded && !type.equals("object")) {
            problems.invalid(child(path, "type"), type, "must be object if x-kubernetes-embedded-resource is true");
        }
        if (either && open) {
            problems.invalid(
                    child(path, "x-kubernetes-preserve-unknown-fields"),
                    Value.TRUE,
                    "must be false if x-kubernetes-int-or-string is true");
        }
        if (!type.isEmpty()) {
            problems.oneOf(schema, path, "type", List.of("array", "boolean", "integer", "number", "object", "string"));
        }
    }

    private static void lists(Mapping schema, String type, String path, Problems problems) {
        var list = schema.text("x-kubernetes-list-type").orElse("");
        var place = child(path, "x-kubernetes-list-type");
        if (!list.isEmpty()) {
            if (!type.equals("array")) {
                problems.invalid(child(path, "type"), type, "must be array if x-kubernetes-list-type is specified");
            }
            problems.oneOf(schema, path, "x-kubernetes-list-type", List.of("atomic", "set", "map"));
        }
        var keys = schema.sequence("x-kubernetes-list-map-keys");
        if (!keys.isEmpty() && !list.equals("map")) {
            problems.invalid(place, list, "must be map if x-kubernetes-list-map-keys is non-empty");
        }
        if (!list.equals("map")) return;
        if (keys.isEmpty()) {
            problems.required(
                    child(path, "x-kubernetes-list-map-keys"), "must not be empty if x-kubernetes-list-type is map");
        }
        keys(schema, keys, path, problems);
    }

    private static void keys(Mapping schema, Sequence keys, String path, Problems problems) {
        var items = schema.mapping("items");
        var required = items.sequence("required").items();
        for (int i = 0; i < keys.size(); i++) {
            var key = keys.get(i).asText().orElse("");
            if (items.at("properties", key) instanceof Mapping property) {
                boolean sure = required.contains(Value.of(key)) || property.has("default");
                if (sure) continue;
                problems.required(
                        child(keyed(child(path, "items.properties"), key), "default"),
                        "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required"
                                + " property");
            } else {
                problems.invalid(
                        item(child(path, "x-kubernetes-list-map-keys"), i),
                        key,
                        "entries must all be names of item properties");
            }
        }
    }

    private static void pattern(Mapping schema, String path, Problems problems) {
        var pattern = schema.text("pattern").orElse("");
        if (pattern.isEmpty() || SafePattern.readable(pattern)) return;
        problems.invalid(child(path, "pattern"), pattern, "must be a valid regular expression, but isn't");
    }

    private static void judging(Mapping schema, String path, Problems problems) {
        for (var word : List.of("allOf", "anyOf", "oneOf")) {
            var parts = schema.sequence(word);
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i) instanceof Mapping part) {
                    judge(part, schema, item(child(path, word), i), problems);
                }
            }
        }
        if (schema.get("not") instanceof Mapping part) judge(part, schema, child(path, "not"), problems);
    }

    private static void judge(Mapping part, Mapping whole, String path, Problems problems) {
        // the two spellings of "a number or a text" may say types
        boolean either = whole.bool("x-kubernetes-int-or-string").orElse(false);
        for (var word : DECLARING) {
            boolean allowed = either && word.equals("type");
            if (!allowed && !part.text(word).orElse("").isEmpty()) {
                problems.forbidden(child(path, word), "must be empty" + TO_BE_STRUCTURAL);
            }
        }
        for (var word : FLAGS) {
            if (part.bool(word).orElse(false))
                problems.forbidden(child(path, word), "must be false" + TO_BE_STRUCTURAL);
        }
        for (var word : UNDEFINED) {
            if (part.has(word)) problems.forbidden(child(path, word), "must be undefined" + TO_BE_STRUCTURAL);
        }
        pattern(part, path, problems);
        for (var property : part.mapping("properties")) {
            if (property.value() instanceof Mapping inner) {
                judge(
                        inner,
                        whole.mapping("properties", property.key()),
                        keyed(child(path, "properties"), property.key()),
                        problems);
            }
        }
        if (part.get("items") instanceof Mapping items)
            judge(items, whole.mapping("items"), child(path, "items"), problems);
        judging(either ? part.without("anyOf") : part, path, problems);
    }
}
