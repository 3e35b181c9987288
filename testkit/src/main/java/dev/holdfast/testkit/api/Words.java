package dev.holdfast.testkit.api;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words that stand for something in a case: `$ns`, `$me`, `$run`, what steps saved, and the columns of `for`.
/// A text that is one word alone becomes the whole value; words that nobody defined stay as they are (`$patch`).
final class Words {

    private static final Pattern WORD = Pattern.compile("\\$([a-z][A-Za-z0-9]*)");

    private final Map<String, Value> known;

    Words(Map<String, Value> known) {
        this.known = new LinkedHashMap<>(known);
    }

    void put(String word, Value value) {
        known.put(word, value);
    }

    boolean knows(String word) {
        return known.containsKey(word);
    }

    String filled(String text) {
        return text.indexOf('$') < 0
                ? text
                : WORD.matcher(text).replaceAll(found -> {
                    var value = known.get(found.group(1));
                    return Matcher.quoteReplacement(value == null ? found.group() : value.toString());
                });
    }

    Value filled(Value value) {
        return switch (value) {
            case Mapping mapping -> renamed(mapping.map((_, inner) -> filled(inner)), this::filled);
            case Sequence list -> list.map(this::filled);
            case Value.Text(var text, var _) -> {
                var whole = WORD.matcher(text);
                var found = whole.matches() ? known.get(whole.group(1)) : null;
                yield found == null ? Value.of(filled(text)) : found;
            }
            default -> value;
        };
    }

    private static Mapping renamed(Mapping mapping, UnaryOperator<String> rename) {
        if (mapping.keys().stream().noneMatch(key -> key.indexOf('$') >= 0)) return mapping;
        var renamed = Mapping.builder();
        for (var field : mapping) renamed.put(rename.apply(field.key()), field.value());
        return renamed.build();
    }
}
