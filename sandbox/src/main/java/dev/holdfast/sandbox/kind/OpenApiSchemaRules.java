package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;
import static dev.holdfast.sandbox.kind.Problems.keyed;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What the API server takes of OpenAPI in the schema of a custom resource, apart from structure.
final class OpenApiSchemaRules {

    private static final List<String> TYPES = List.of("array", "boolean", "integer", "number", "object", "string");
    private static final List<String> OF_OBJECTS = List.of("metadata", "kind", "apiVersion");
    private static final List<String> LIST_TYPES = List.of("atomic", "set", "map");

    private final Problems problems;

    private OpenApiSchemaRules(Problems problems) {
        this.problems = problems;
    }

    /// Why a default may not stand here, if it may not; whether this is the root, and inside of metadata.
    private record Place(Optional<String> undefaulted, Level level) {
        static final Place ROOT = new Place(Optional.empty(), Level.ROOT);

        Place inner() {
            return new Place(undefaulted, level == Level.ROOT ? Level.PART : level);
        }
    }

    private enum Level {
        ROOT,
        PART,
        METADATA
    }

    static void check(Mapping schema, String path, Problems problems) {
        new OpenApiSchemaRules(problems).part(schema, path, Place.ROOT);
    }

    private void part(Mapping schema, String path, Place place) {
        taken(schema, path, place);
        if (StructuralRules.flag(schema, "uniqueItems")) {
            problems.forbidden(
                    child(path, "uniqueItems"),
                    "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
        }
        if (schema.get("additionalProperties") instanceof Value more && !more.isNull()) more(schema, more, path, place);
        for (var property : schema.mapping("properties")) {
            if (!(property.value() instanceof Mapping inner)) continue;
            part(inner, keyed(child(path, "properties"), property.key()), within(schema, property.key(), place));
        }
        if (schema.get("not") instanceof Mapping inner) part(inner, child(path, "not"), place.inner());
        for (var word : List.of("allOf", "oneOf", "anyOf")) {
            var parts = schema.sequence(word);
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i) instanceof Mapping inner) part(inner, item(child(path, word), i), place.inner());
            }
        }
        if (schema.get("items") instanceof Mapping items) part(items, child(path, "items"), place.inner());
        maps(schema, path);
        lists(schema, path);
    }

    private static Place within(Mapping schema, String property, Place place) {
        boolean object = place.level() == Level.ROOT || StructuralRules.flag(schema, "x-kubernetes-embedded-resource");
        if (!object || !OF_OBJECTS.contains(property)) return place.inner();
        var undefaulted = place.level() == Level.ROOT ? Optional.of("in top-level " + property) : place.undefaulted();
        return new Place(undefaulted, Level.METADATA);
    }

    private void taken(Mapping schema, String path, Place place) {
        var type = schema.text("type").orElse("");
        if (!type.isEmpty() && !TYPES.contains(type)) {
            problems.notSupported(child(path, "type"), Value.of(type), TYPES);
        }
        if (schema.has("default") && place.undefaulted().isPresent()) {
            problems.forbidden(
                    child(path, "default"),
                    "must not be set " + place.undefaulted().get());
        }
        for (var word : List.of("id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref")) {
            if (schema.has(word)) problems.forbidden(child(path, word), word + " is not supported");
        }
        if (type.equals("null")) {
            problems.forbidden(child(path, "type"), "type cannot be set to null, use nullable as an alternative");
        }
        if (schema.get("items") instanceof Sequence items && !items.isEmpty()) {
            problems.forbidden(child(path, "items"), "items must be a schema object and not an array");
        }
        boolean inside = place.level() == Level.METADATA;
        if (inside && StructuralRules.flag(schema, "x-kubernetes-embedded-resource")) {
            problems.forbidden(
                    child(path, "x-kubernetes-embedded-resource"), "must not be used inside of resource meta");
        }
    }

    private void more(Mapping schema, Value more, String path, Place place) {
        boolean open = more.equals(Value.TRUE);
        if (!schema.mapping("properties").isEmpty() && !open) {
            problems.forbidden(
                    child(path, "additionalProperties"), "additionalProperties and properties are mutual exclusive");
        }
        if (!(more instanceof Mapping inner)) return;
        var under = place.level() == Level.METADATA
                ? new Place(Optional.of("inside additionalProperties applying to object metadata"), Level.METADATA)
                : place.inner();
        part(inner, child(path, "additionalProperties"), under);
    }

    private void maps(Mapping schema, String path) {
        if (schema.get("x-kubernetes-preserve-unknown-fields") instanceof Value.Bool(var open, var _) && !open) {
            problems.invalid(
                    child(path, "x-kubernetes-preserve-unknown-fields"), Value.FALSE, "must be true or undefined");
        }
        var type = schema.text("type").orElse("");
        if (schema.has("x-kubernetes-map-type") && !type.equals("object")) {
            StructuralRules.wrongType(type, "must be object if x-kubernetes-map-type is specified", path, problems);
        }
        problems.oneOf(schema, path, "x-kubernetes-map-type", List.of("atomic", "granular"));
    }

    private void lists(Mapping schema, String path) {
        var type = schema.text("type").orElse("");
        var list = schema.text("x-kubernetes-list-type").orElse("");
        var items = schema.mapping("items");
        if (!list.isEmpty() && !type.equals("array")) {
            StructuralRules.wrongType(type, "must be array if x-kubernetes-list-type is specified", path, problems);
        } else if (list.equals("set")) {
            wholeItems(items, path);
        }
        problems.oneOf(schema, path, "x-kubernetes-list-type", LIST_TYPES);
        var keys = schema.sequence("x-kubernetes-list-map-keys");
        if (!keys.isEmpty() && !list.equals("map")) {
            var place = child(path, "x-kubernetes-list-type");
            var detail = "must be map if x-kubernetes-list-map-keys is non-empty";
            if (list.isEmpty()) problems.required(place, detail);
            else problems.invalid(place, list, detail);
        }
        if (list.equals("map")) keys(schema, keys, path);
        if (list.equals("map") || list.equals("set")) items(items, list, keys, path);
    }

    /// Items of sets are compared as a whole, so nobody may own parts of them.
    private void wholeItems(Mapping items, String path) {
        var detail = "must be atomic as item of a list with x-kubernetes-list-type=set";
        var list = items.get("x-kubernetes-list-type");
        switch (items.text("type").orElse("")) {
            case "array" -> {
                if (list != null && !list.equals(Value.of("atomic"))) {
                    problems.invalid(child(path, "items.x-kubernetes-list-type"), list, detail);
                }
            }
            case "object" -> {
                if (!items.text("x-kubernetes-map-type").orElse("").equals("atomic")) {
                    problems.invalid(child(path, "items.x-kubernetes-map-type"), list, detail);
                }
            }
            default -> {
                // single values have no parts
            }
        }
    }

    private void keys(Mapping schema, Sequence keys, String path) {
        var place = child(path, "x-kubernetes-list-map-keys");
        if (keys.isEmpty()) problems.required(place, "must not be empty if x-kubernetes-list-type is map");
        if (!(schema.get("items") instanceof Mapping items)) {
            problems.required(child(path, "items"), "must have a schema if x-kubernetes-list-type is map");
            return;
        }
        var type = items.text("type").orElse("");
        if (!type.equals("object")) {
            problems.invalid(
                    child(path, "items.type"),
                    Value.of(type),
                    "must be object if parent array's x-kubernetes-list-type is map");
            return;
        }
        var seen = new HashSet<String>();
        for (var each : keys) {
            var key = each.asText().orElse("");
            if (items.at("properties", key) instanceof Mapping property) {
                if (List.of("array", "object").contains(property.text("type").orElse(""))) {
                    problems.invalid(
                            child(keyed(child(path, "items.properties"), key), "type"),
                            Value.of(type),
                            "must be a scalar type if parent array's x-kubernetes-list-type is map");
                }
            } else {
                problems.invalid(place, keys, "entries must all be names of item properties");
            }
            if (!seen.add(key)) problems.invalid(place, keys, "must not contain duplicate entries");
        }
    }

    private void items(Mapping items, String list, Sequence keys, String path) {
        if (StructuralRules.flag(items, "nullable")) {
            problems.forbidden(
                    child(path, "items.nullable"), "cannot be nullable when x-kubernetes-list-type is " + list);
        }
        if (!list.equals("map")) return;
        var required = items.sequence("required").items();
        for (var key : keys) {
            if (!(items.at("properties", key.asText().orElse("")) instanceof Mapping property)) continue;
            var place = keyed(child(path, "items.properties"), key.asText().orElse(""));
            if (!required.contains(key) && !property.has("default")) {
                problems.required(
                        child(place, "default"),
                        "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required"
                                + " property");
            }
            if (StructuralRules.flag(property, "nullable")) {
                problems.forbidden(
                        child(place, "nullable"),
                        "this property is in x-kubernetes-list-map-keys, so it cannot be nullable");
            }
        }
    }
}
