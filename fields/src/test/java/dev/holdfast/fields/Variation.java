package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.Map;
import java.util.TreeMap;

/// The recorded exchanges told otherwise: with other names, or with the keys of every map in another order. What a
/// program answers to them follows from the recording, but is not in it.
enum Variation {
    AS_RECORDED,
    RENAMED,
    PERMUTED,
    RENAMED_AND_PERMUTED;

    private static final Map<String, String> MANAGERS = Map.of(
            "hf", "zz-git", "two", "alpha", "mesh", "istio", "editor", "somebody", "st", "b", "sp", "c", "m", "nn");

    /// Names of list items, and data keys; both keep their order.
    private static final Map<String, String> NAMES =
            Map.of("c", "main", "proxy", "side", "ann", "astrid", "bob", "boris", "hull", "huul", "stern", "stirn");

    private static final Map<String, String> DATA_KEYS = Map.of("a", "k-a", "b", "k-b", "c", "k-c", "dry", "k-dry");

    Exchange of(Exchange exchange) {
        var body = of(exchange.body(), "");
        var answer = (Mapping) of(exchange.answer(), "");
        var query = new TreeMap<>(exchange.query());
        if (renames()) query.computeIfPresent("fieldManager", (_, name) -> MANAGERS.getOrDefault(name, name));
        return exchange.with(body, answer, query);
    }

    private boolean renames() {
        return this == RENAMED || this == RENAMED_AND_PERMUTED;
    }

    private boolean permutes() {
        return this == PERMUTED || this == RENAMED_AND_PERMUTED;
    }

    private Value of(Value value, String parent) {
        return switch (value) {
            case Mapping fields -> fields(fields, parent);
            case Sequence items -> items.map(item -> of(item, parent));
            case Value.Text(var text, var _) -> renames() ? Value.of(text(text, parent)) : value;
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _ -> value;
        };
    }

    private Mapping fields(Mapping fields, String parent) {
        var other = Mapping.builder();
        for (int n = 0; n < fields.size(); n++) {
            int i = permutes() ? fields.size() - 1 - n : n;
            var key = fields.keyAt(i);
            other.put(renames() ? key(key, parent) : key, of(fields.valueAt(i), key));
        }
        return other.build();
    }

    private static String key(String key, String parent) {
        if (parent.equals("data") || parent.equals("stringData")) return DATA_KEYS.getOrDefault(key, key);
        if (parent.equals("f:data") || parent.equals("f:stringData")) {
            return key.startsWith("f:") ? "f:" + DATA_KEYS.getOrDefault(key.substring(2), key.substring(2)) : key;
        }
        if (!key.startsWith("k:") && !key.startsWith("v:")) return key;
        var renamed = key;
        for (var name : NAMES.entrySet()) {
            renamed = renamed.replace("\"" + name.getKey() + "\"", "\"" + name.getValue() + "\"");
        }
        return renamed;
    }

    private static String text(String text, String parent) {
        if (parent.equals("manager")) return MANAGERS.getOrDefault(text, text);
        if (parent.equals("message") || parent.equals("field")) return message(text);
        return NAMES.getOrDefault(text, text);
    }

    private static String message(String message) {
        var renamed = message;
        for (var name : MANAGERS.entrySet()) {
            renamed = renamed.replace(
                            "conflict with \"" + name.getKey() + "\"", "conflict with \"" + name.getValue() + "\"")
                    .replace("conflicts with \"" + name.getKey() + "\"", "conflicts with \"" + name.getValue() + "\"");
        }
        for (var name : NAMES.entrySet()) {
            renamed = renamed.replace("[name=\"" + name.getKey() + "\"]", "[name=\"" + name.getValue() + "\"]");
        }
        for (var key : DATA_KEYS.entrySet()) {
            renamed = renamed.replaceAll("\\.data\\." + key.getKey() + "(?![a-z-])", ".data." + key.getValue());
        }
        return renamed;
    }
}
