package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;
import static dev.holdfast.sandbox.kind.Problems.keyed;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Whether the schema of a custom resource is structural: every part says its type in one place, and what stands
/// under `allOf`, `anyOf`, `oneOf` and `not` only judges values that are declared elsewhere.
final class StructuralRules {

    private static final String TO_BE_STRUCTURAL = " to be structural";

    /// What a judging part may not say, in the order in which the API server looks.
    private static final List<String> DECLARING = List.of("type", "title", "description");

    private static final List<String> FLAGS = List.of(
            "nullable",
            "x-kubernetes-preserve-unknown-fields",
            "x-kubernetes-embedded-resource",
            "x-kubernetes-int-or-string");
    private static final List<String> UNDEFINED =
            List.of("additionalProperties", "default", "x-kubernetes-list-type", "x-kubernetes-map-type");
    private static final List<String> EMPTY = List.of("x-kubernetes-list-map-keys", "x-kubernetes-validations");

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
        complete(schema, path, found);
        found.errors().stream()
                .sorted(Comparator.comparing(FieldError::sentence))
                .forEach(problems::add);
    }

    static boolean flag(Mapping schema, String name) {
        return schema.bool(name).orElse(false);
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
            part(inner, Level.FIELD, child(path, "additionalProperties"), problems);
        }
        extensions(schema, path, problems);
        judging(schema, path, problems);
        type(schema, type, level, path, problems);
        embedded(schema, level, path, problems);
    }

    private static void extensions(Mapping schema, String path, Problems problems) {
        if (!flag(schema, "x-kubernetes-int-or-string")) return;
        for (var other : List.of("x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource")) {
            if (!flag(schema, other)) continue;
            problems.invalid(child(path, other), Value.TRUE, "must be false if x-kubernetes-int-or-string is true");
        }
    }

    private static void type(Mapping schema, String type, Level level, String path, Problems problems) {
        boolean either = flag(schema, "x-kubernetes-int-or-string");
        boolean open = flag(schema, "x-kubernetes-preserve-unknown-fields");
        if (flag(schema, "x-kubernetes-embedded-resource") && !type.equals("object")) {
            wrongType(type, "must be object if x-kubernetes-embedded-resource is true", path, problems);
        } else if (type.isEmpty() && !either && !open) {
            problems.required(child(path, "type"), level.typeless);
        }
        if (level == Level.ROOT && !type.isEmpty() && !type.equals("object")) {
            problems.invalid(child(path, "type"), type, "must be object at the root");
        }
    }

    /// A type that isn't there is missed, another one is wrong.
    static void wrongType(String type, String detail, String path, Problems problems) {
        if (type.isEmpty()) problems.required(child(path, "type"), detail);
        else problems.invalid(child(path, "type"), type, detail);
    }

    /// Objects in objects, and the one that is the whole: their metadata is known.
    private static void embedded(Mapping schema, Level level, String path, Problems problems) {
        boolean inside = flag(schema, "x-kubernetes-embedded-resource");
        if (inside && schema.has("additionalProperties")) {
            problems.forbidden(
                    child(path, "additionalProperties"), "must not be used if x-kubernetes-embedded-resource is set");
        }
        if (level == Level.ROOT || inside) {
            for (var name : List.of("kind", "apiVersion")) {
                if (!(schema.at("properties", name) instanceof Mapping property)) continue;
                var type = property.text("type").orElse("");
                if (type.equals("string")) continue;
                problems.invalid(
                        child(keyed(child(path, "properties"), name), "type"), Value.of(type), "must be string");
            }
            if (schema.at("properties", "metadata") instanceof Mapping metadata) {
                metadata(metadata, level, keyed(child(path, "properties"), "metadata"), problems);
            }
        }
        boolean open = flag(schema, "x-kubernetes-preserve-unknown-fields");
        if (inside && !open && schema.mapping("properties").isEmpty()) {
            problems.required(
                    child(path, "properties"),
                    "must not be empty if x-kubernetes-embedded-resource is true without"
                            + " x-kubernetes-preserve-unknown-fields");
        }
    }

    private static void metadata(Mapping metadata, Level level, String path, Problems problems) {
        var type = metadata.text("type").orElse("");
        if (!type.equals("object")) problems.invalid(child(path, "type"), Value.of(type), "must be object");
        if (level != Level.ROOT) return;
        var rest = metadata.without("type").without("default").without("description");
        var names = metadata.mapping("properties").keys();
        boolean named = !names.isEmpty() && List.of("name", "generateName").containsAll(names);
        if (named) rest = rest.without("properties");
        if (rest.isEmpty()) return;
        problems.forbidden(
                path,
                "must not specify anything other than name and generateName, but metadata is implicitly specified");
    }

    private static void pattern(Mapping schema, String path, Problems problems) {
        var pattern = schema.text("pattern").orElse("");
        if (pattern.isEmpty() || SafePattern.readable(pattern)) return;
        problems.invalid(child(path, "pattern"), pattern, "must be a valid regular expression, but isn't");
    }

    private static void judging(Mapping schema, String path, Problems problems) {
        boolean either = flag(schema, "x-kubernetes-int-or-string");
        for (var word : List.of("anyOf", "allOf", "oneOf")) {
            var parts = schema.sequence(word);
            // the two spellings of "a number or a text" may say types
            if (either && word.equals("anyOf") && spelled(parts)) continue;
            for (int i = 0; i < parts.size(); i++) {
                if (!(parts.get(i) instanceof Mapping part)) continue;
                boolean spelling = either && word.equals("allOf") && i == 0 && spelled(part.sequence("anyOf"));
                judge(spelling ? part.without("anyOf") : part, item(child(path, word), i), problems);
            }
        }
        if (schema.get("not") instanceof Mapping part) judge(part, child(path, "not"), problems);
        pattern(schema, path, problems);
    }

    private static boolean spelled(Sequence parts) {
        return parts.items()
                .equals(List.of(Mapping.of("type", Value.of("integer")), Mapping.of("type", Value.of("string"))));
    }

    private static void judge(Mapping part, String path, Problems problems) {
        judging(part.without("x-kubernetes-int-or-string"), path, problems);
        if (part.get("items") instanceof Mapping items) judge(items, child(path, "items"), problems);
        for (var property : part.mapping("properties")) {
            var place = keyed(child(path, "properties"), property.key());
            if (property.value() instanceof Mapping inner) judge(inner, place, problems);
            if (property.key().equals("metadata")) {
                problems.forbidden(place, "must not be specified in a nested context");
            }
        }
        for (var word : DECLARING) {
            if (!part.text(word).orElse("").isEmpty()) {
                problems.forbidden(child(path, word), "must be empty" + TO_BE_STRUCTURAL);
            }
        }
        for (var word : FLAGS) {
            if (flag(part, word)) problems.forbidden(child(path, word), "must be false" + TO_BE_STRUCTURAL);
        }
        for (var word : UNDEFINED) {
            if (part.has(word)) problems.forbidden(child(path, word), "must be undefined" + TO_BE_STRUCTURAL);
        }
        for (var word : EMPTY) {
            if (!part.sequence(word).isEmpty()) {
                problems.forbidden(child(path, word), "must be empty" + TO_BE_STRUCTURAL);
            }
        }
    }

    /// What judging parts speak of must be declared.
    private static void complete(Mapping schema, String path, Problems problems) {
        judged(schema, Optional.of(schema), path, path, problems);
        if (schema.get("items") instanceof Mapping items) complete(items, child(path, "items"), problems);
        if (schema.get("additionalProperties") instanceof Mapping inner) {
            complete(inner, child(path, "additionalProperties"), problems);
        }
        for (var property : schema.mapping("properties")) {
            if (property.value() instanceof Mapping inner) {
                complete(inner, keyed(child(path, "properties"), property.key()), problems);
            }
        }
    }

    private static void judged(
            Mapping judging, Optional<Mapping> declared, String path, String from, Problems problems) {
        if (judging.get("not") instanceof Mapping part) declares(part, declared, path, child(from, "not"), problems);
        for (var word : List.of("allOf", "anyOf", "oneOf")) {
            var parts = judging.sequence(word);
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i) instanceof Mapping part) {
                    declares(part, declared, path, item(child(from, word), i), problems);
                }
            }
        }
    }

    private static void declares(
            Mapping part, Optional<Mapping> declared, String path, String from, Problems problems) {
        if (declared.isEmpty()) {
            problems.required(path, "because it is defined in " + from);
            return;
        }
        var schema = declared.get();
        judged(part, declared, path, from, problems);
        if (part.get("items") instanceof Mapping items) {
            declares(items, inner(schema, "items"), child(path, "items"), child(from, "items"), problems);
        }
        for (var property : part.mapping("properties")) {
            if (!(property.value() instanceof Mapping inner)) continue;
            var known = inner(schema.mapping("properties"), property.key());
            var place = keyed(child(path, "properties"), property.key());
            declares(inner, known, place, keyed(child(from, "properties"), property.key()), problems);
        }
    }

    private static Optional<Mapping> inner(Mapping schema, String key) {
        return schema.get(key) instanceof Mapping inner ? Optional.of(inner) : Optional.empty();
    }
}
