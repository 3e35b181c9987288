package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The facts of one definition of an OpenAPI document, one text each, read straight from the document.
final class RawFacts {

    private RawFacts() {}

    static List<String> of(String name, Mapping definition) {
        var facts = new ArrayList<String>();
        facts.add(name + " is " + own(name, definition));
        var required = definition.sequence("required").items();
        for (var property : definition.mapping("properties").fields()) {
            var schema = (Mapping) property.value();
            var place = name + "." + property.key();
            facts.add(place + " is " + type(schema));
            if (required.contains(Value.of(property.key()))) facts.add(place + " is required");
            var strategy = schema.text("x-kubernetes-patch-strategy").orElse("");
            if (strategy.contains("merge")) {
                facts.add(place + " merges by "
                        + schema.text("x-kubernetes-patch-merge-key").orElse(""));
            }
            if (strategy.contains("retainKeys")) facts.add(place + " retains keys");
            if (strategy.contains("replace")) facts.add(place + " is replaced");
        }
        return facts;
    }

    /// A struct says nothing about itself but that it is one; its fields are facts of their own.
    private static String own(String name, Mapping definition) {
        if (definition.has("properties")) {
            return definition.text("x-kubernetes-map-type").orElse("").equals("atomic") ? "atomic struct" : "struct";
        }
        // what the API server treats apart from what its document says
        if (name.endsWith(".Quantity")) return "any scalar of format quantity";
        if (name.endsWith(".IntOrString")) return "any scalar of format int-or-string";
        if (name.endsWith(".RawExtension")) return "anything, as a whole";
        return type(definition);
    }

    private static String type(Mapping schema) {
        var reference = schema.text("$ref");
        if (reference.isPresent()) {
            var override = schema.text("x-kubernetes-map-type");
            return reference.get().replace("#/definitions/", "a ")
                    + override.map(kind -> ", " + kind).orElse("");
        }
        var format = schema.text("format").map(word -> " of format " + word).orElse("");
        var options =
                schema.sequence("enum").items().stream().map(Value::toString).collect(Collectors.joining(", "));
        return switch (schema.text("type").orElse("")) {
            case "" -> "anything";
            case "array" -> list(schema) + " of " + type(schema.mapping("items"));
            case "object" ->
                schema.text("x-kubernetes-map-type")
                                .filter("atomic"::equals)
                                .map(kind -> kind + " ")
                                .orElse("")
                        + "map of "
                        + (schema.has("additionalProperties")
                                ? type(schema.mapping("additionalProperties"))
                                : "anything");
            default -> schema.text("type").orElse("") + format + (options.isEmpty() ? "" : " from " + options);
        };
    }

    private static String list(Mapping schema) {
        return switch (schema.text("x-kubernetes-list-type").orElse("")) {
            case "set" -> "set";
            case "map" ->
                "list by " + schema.sequence("x-kubernetes-list-map-keys").items();
            case "atomic" -> "atomic list";
            default ->
                schema.text("x-kubernetes-patch-strategy").orElse("").contains("merge")
                        ? schema.text("x-kubernetes-patch-merge-key")
                                .map(key -> "list by [" + key + "]")
                                .orElse("set")
                        : "atomic list";
        };
    }
}
