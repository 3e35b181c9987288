package dev.holdfast.yaml;

import dev.holdfast.yaml.Scalars.ScanTrouble;

/// Reads tags and the names of anchors and aliases.
final class TagScanner {

    private static final String CORE = "tag:yaml.org,2002:";

    private final Cursor cursor;
    private final ScanTrouble trouble;

    TagScanner(Cursor cursor, ScanTrouble trouble) {
        this.cursor = cursor;
        this.trouble = trouble;
    }

    /// A tag in full: `!!str` is `tag:yaml.org,2002:str`. Without directives there are no other handles.
    String read() {
        int line = cursor.line();
        int column = cursor.column();
        var tag = cursor.peek(1) == '<' ? verbatim(line, column) : shorthand(line, column);
        if (!cursor.onGap()) throw trouble.at(line, column, "a space is missing after the tag");
        return tag;
    }

    private String verbatim(int line, int column) {
        cursor.skip(2);
        var uri = uri();
        if (uri.isEmpty()) throw trouble.at(line, column, "the tag is empty");
        if (cursor.peek() != '>') throw trouble.at(line, column, "the > after the tag is missing");
        cursor.skip();
        return uri;
    }

    private String shorthand(int line, int column) {
        int start = cursor.at();
        cursor.skip();
        while (Cursor.isWord(cursor.peek())) cursor.skip();
        var name = cursor.since(start);
        if (cursor.peek() != '!') return name + uri();
        cursor.skip();
        var suffix = uri();
        if (suffix.isEmpty()) throw trouble.at(line, column, "the tag is empty");
        if (!name.equals("!")) throw trouble.at(line, column, "an undefined tag handle");
        return CORE + suffix;
    }

    private String uri() {
        var uri = new StringBuilder();
        while (true) {
            char c = cursor.peek();
            if (c == '%') {
                uri.append(escape());
            } else if (Cursor.isWord(c) || c != 0 && ";/?:@&=+$,.!~*'()[]".indexOf(c) >= 0) {
                uri.append(c);
                cursor.skip();
            } else {
                return uri.toString();
            }
        }
    }

    /// One escaped ASCII character; nobody writes others into a tag.
    private char escape() {
        int high = Character.digit(cursor.peek(1), 16);
        int low = Character.digit(cursor.peek(2), 16);
        if (high < 0 || high > 7 || low < 0) {
            throw trouble.at(cursor.line(), cursor.column(), "a malformed escape in a tag");
        }
        cursor.skip(3);
        return (char) (high << 4 | low);
    }

    String anchor() {
        int line = cursor.line();
        int column = cursor.column();
        cursor.skip();
        int start = cursor.at();
        while (Cursor.isWord(cursor.peek())) cursor.skip();
        var name = cursor.since(start);
        boolean ends = cursor.onGap() || "?:,]}%@`".indexOf(cursor.peek()) >= 0;
        if (name.isEmpty() || !ends) {
            throw trouble.at(line, column, "the name after & or * has only letters, digits, - and _; quote the value");
        }
        return name;
    }
}
