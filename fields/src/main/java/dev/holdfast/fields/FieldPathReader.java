package dev.holdfast.fields;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;

/// Reads field paths as people write them in `ignore`, and as the API server prints them in conflicts.
final class FieldPathReader {

    private static final int LONGEST = 4096;
    static final int DEEPEST = 64;

    private final String text;
    private int at;

    FieldPathReader(String text) {
        this.text = text;
    }

    FieldPath read() {
        if (text.length() > LONGEST) throw problem(text.substring(0, 60) + "…", "it is too long");
        var elements = new ArrayList<PathElement>();
        if (text.isEmpty()) throw problem(text, "it is empty");
        while (at < text.length()) {
            if (elements.size() == DEEPEST) throw problem("it has more than " + DEEPEST + " steps");
            char next = text.charAt(at);
            if (next == '[') elements.add(bracket());
            else if (next == '.' || elements.isEmpty()) elements.add(field());
            else throw problem("expected `.` or `[`");
        }
        return new FieldPath(elements);
    }

    private PathElement field() {
        if (text.charAt(at) == '.') at++;
        if (at < text.length() && text.charAt(at) == '"') return new PathElement.Field(quoted());
        int start = at;
        while (at < text.length() && text.charAt(at) != '.' && text.charAt(at) != '[') at++;
        if (start == at) throw problem("expected the name of a field");
        return new PathElement.Field(text.substring(start, at));
    }

    /// `[name=app]`, `[port=80,protocol=TCP]`, `[=value]`, `[3]`, `["key.with.dots"]`.
    private PathElement bracket() {
        at++;
        if (at == text.length()) throw problem("`[` is not closed");
        if (text.charAt(at) == '"') {
            var name = quoted();
            close();
            return new PathElement.Field(name);
        }
        if (text.charAt(at) == '=') {
            at++;
            var item = value();
            close();
            return new PathElement.Item(item);
        }
        int equals = text.indexOf('=', at);
        int end = text.indexOf(']', at);
        if (end < 0) throw problem("`[` is not closed");
        if (equals < 0 || equals > end) return index(end);
        return key();
    }

    private PathElement index(int end) {
        var digits = text.substring(at, end);
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw problem("expected a position, `name=value`, `=value` or a quoted key");
        }
        at = end + 1;
        return new PathElement.Index(Integer.parseInt(digits));
    }

    private PathElement key() {
        List<PathElement.KeyField> fields = new ArrayList<>();
        while (true) {
            int start = at;
            while (at < text.length() && "=],[".indexOf(text.charAt(at)) < 0) at++;
            if (at == start || at == text.length() || text.charAt(at) != '=') throw problem("expected `name=value`");
            var name = text.substring(start, at).strip();
            at++;
            fields.add(new PathElement.KeyField(name, value()));
            if (at < text.length() && text.charAt(at) == ',') at++;
            else break;
        }
        close();
        return new PathElement.Key(fields);
    }

    /// A quoted text, a number, a boolean, or a bare text up to the next `,` or `]`.
    private Value value() {
        if (at < text.length() && text.charAt(at) == '"') return Value.of(quoted());
        int start = at;
        while (at < text.length() && text.charAt(at) != ']' && text.charAt(at) != ',') at++;
        var bare = text.substring(start, at).strip();
        if (bare.isEmpty()) throw problem("expected a value");
        if (bare.equals("true") || bare.equals("false")) return bare.equals("true") ? Value.TRUE : Value.FALSE;
        boolean whole = bare.length() < 19 && bare.matches("-?(0|[1-9][0-9]*)");
        return whole ? Value.of(Long.parseLong(bare)) : Value.of(bare);
    }

    private String quoted() {
        int open = at++;
        var content = new StringBuilder();
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next == '"') return content.toString();
            if (next == '\\' && at < text.length()) content.append(unescaped(text.charAt(at++)));
            else content.append(next);
        }
        at = open;
        throw problem("the quote is not closed");
    }

    private static char unescaped(char letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default -> letter;
        };
    }

    private void close() {
        if (at >= text.length() || text.charAt(at) != ']') throw problem("expected `]`");
        at++;
    }

    private FaultException problem(String problem) {
        return problem(text, problem + " at position " + (at + 1));
    }

    /// A path that can't be read: which, and what is wrong with it.
    static FaultException problem(String path, String problem) {
        var example = "Write it as spec.template.spec.containers[name=app].image, or as a JSON pointer";
        return new FaultException(Fault.terminal("InvalidFieldPath", "field path `" + path + "`: " + problem, example));
    }
}
