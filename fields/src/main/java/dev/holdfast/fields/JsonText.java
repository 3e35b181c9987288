package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.regex.Pattern;

/// The small JSON inside the steps of managedFields: scalars, and one map of scalars. This module is pure and below
/// the one that reads JSON for everybody.
final class JsonText {

    private static final int DEEPEST = 16;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    static void print(Value value, StringBuilder into) {
        switch (value) {
            case Value.Text(var text, var _) -> quote(text, into);
            case Value.Null _ -> into.append("null");
            case Value.Bool _, Value.Whole _, Value.Real _ -> into.append(value);
            case Sequence items -> {
                into.append('[');
                for (int i = 0; i < items.size(); i++) {
                    if (i > 0) into.append(',');
                    print(items.get(i), into);
                }
                into.append(']');
            }
            case Mapping fields -> {
                into.append('{');
                var sorted = fields.sorted();
                for (int i = 0; i < sorted.size(); i++) {
                    if (i > 0) into.append(',');
                    quote(sorted.keyAt(i), into);
                    print(sorted.valueAt(i), into.append(':'));
                }
                into.append('}');
            }
        }
    }

    /// As Go writes it: `<`, `>`, `&` and the two separators of lines are escaped too.
    private static void quote(String text, StringBuilder into) {
        into.append('"');
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '"' -> into.append("\\\"");
                case '\\' -> into.append("\\\\");
                case '\n' -> into.append("\\n");
                case '\r' -> into.append("\\r");
                case '\t' -> into.append("\\t");
                case '<', '>', '&', '\u2028', '\u2029' -> escape(letter, into);
                default -> {
                    if (letter < 0x20) escape(letter, into);
                    else into.append(letter);
                }
            }
        }
        into.append('"');
    }

    private static void escape(char letter, StringBuilder into) {
        into.append("\\u%04x".formatted((int) letter));
    }

    static Value parse(String text) {
        var reader = new JsonText(text);
        var value = reader.value(0);
        reader.space();
        if (reader.at != text.length()) throw reader.malformed();
        return value;
    }

    private Value value(int depth) {
        space();
        if (at == text.length() || depth > DEEPEST) throw malformed();
        char first = text.charAt(at);
        if (first == '"') return Value.of(string());
        if (first == '{') return map(depth);
        if (first == '[') return list(depth);
        int start = at;
        while (at < text.length() && ",]} \t\n\r".indexOf(text.charAt(at)) < 0) at++;
        return literal(text.substring(start, at));
    }

    private Value literal(String word) {
        switch (word) {
            case "true", "false" -> {
                return word.equals("true") ? Value.TRUE : Value.FALSE;
            }
            case "null" -> {
                return Value.none();
            }
            default -> {
                if (!NUMBER.matcher(word).matches()) throw malformed();
                boolean whole = WHOLE.matcher(word).matches();
                return whole ? Value.of(Long.parseLong(word)) : Value.of(Double.parseDouble(word));
            }
        }
    }

    private Mapping map(int depth) {
        var fields = Mapping.builder();
        at++;
        space();
        if (taken('}')) return fields.build();
        do {
            space();
            if (at == text.length() || text.charAt(at) != '"') throw malformed();
            var key = string();
            space();
            if (!taken(':')) throw malformed();
            fields.put(key, value(depth + 1));
            space();
        } while (taken(','));
        if (!taken('}')) throw malformed();
        return fields.build();
    }

    private Sequence list(int depth) {
        var items = new ArrayList<Value>();
        at++;
        space();
        if (taken(']')) return Sequence.EMPTY;
        do {
            items.add(value(depth + 1));
            space();
        } while (taken(','));
        if (!taken(']')) throw malformed();
        return Sequence.of(items);
    }

    private String string() {
        at++;
        var content = new StringBuilder();
        while (at < text.length()) {
            char letter = text.charAt(at++);
            if (letter == '"') return content.toString();
            if (letter < 0x20) throw malformed();
            content.append(letter == '\\' ? escaped() : letter);
        }
        throw malformed();
    }

    private char escaped() {
        if (at == text.length()) throw malformed();
        char letter = text.charAt(at++);
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) throw malformed();
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> throw malformed();
        };
    }

    private boolean taken(char wanted) {
        if (at == text.length() || text.charAt(at) != wanted) return false;
        at++;
        return true;
    }

    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) at++;
    }

    private IllegalArgumentException malformed() {
        return new IllegalArgumentException("`" + text + "` is not JSON");
    }
}
