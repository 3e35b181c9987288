package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The defaults that depend on nothing but the type: the table `defaults.txt`.
final class DefaultTable {

    private static final Map<String, Mapping> DEFAULTS = read();

    private DefaultTable() {}

    private static Map<String, Mapping> read() {
        var defaults = new HashMap<String, Mapping>();
        for (var line : Resources.lines("defaults.txt")) {
            var words = line.split(" ");
            var fields = Mapping.builder();
            for (int i = 1; i < words.length; i++) {
                int equals = words[i].indexOf('=');
                fields.put(words[i].substring(0, equals), value(words[i].substring(equals + 1)));
            }
            defaults.put(words[0], fields.build());
        }
        return defaults;
    }

    private static Value value(String word) {
        return switch (word) {
            case "true" -> Value.TRUE;
            case "false" -> Value.FALSE;
            case "{}" -> Mapping.EMPTY;
            case "\"\"" -> Value.of("");
            default -> Character.isDigit(word.charAt(0)) ? Value.of(Long.parseLong(word)) : Value.of(word);
        };
    }

    /// The object with the defaults of its type where it says nothing.
    static Mapping fill(String type, Mapping object) {
        var defaults = DEFAULTS.get(type);
        if (defaults == null) return object;
        var filled = object;
        for (var field : defaults) filled = set(filled, field.key(), field.value());
        return filled;
    }

    /// The mapping with the field set, unless it has a value there.
    static Mapping set(Mapping object, String key, Value value) {
        return missing(object.get(key)) ? object.with(key, value) : object;
    }

    /// A field that must always be written holds an empty text or null when it was not given.
    static boolean missing(@Nullable Value value) {
        return value == null || value.isNull() || value instanceof Value.Text(var text, var _) && text.isEmpty();
    }
}
