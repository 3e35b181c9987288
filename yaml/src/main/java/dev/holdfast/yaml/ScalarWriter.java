package dev.holdfast.yaml;

import java.util.regex.Pattern;

/// Writes one text in the way that go-yaml v2 chooses for it: literal where it has several lines, plain where it
/// would read back as itself, in quotes otherwise.
final class ScalarWriter {

    private static final Pattern SEXAGESIMAL = Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");
    private static final String HEX = "0123456789ABCDEF";

    /// A simple key stands on one line with its value.
    enum Role {
        SIMPLE_KEY,
        OTHER
    }

    private enum Style {
        PLAIN,
        SINGLE,
        DOUBLE,
        LITERAL
    }

    private final Page page;
    private final String text;
    private final Role role;
    /// The column of further lines.
    private final int indent;

    ScalarWriter(Page page, String text, Role role, int indent) {
        this.page = page;
        this.text = text;
        this.role = role;
        this.indent = indent;
    }

    /// `note` follows the text as a comment; in a literal text it stands on the line above.
    void write(String note) {
        switch (style()) {
            case PLAIN -> {
                page.space();
                folded("");
            }
            case SINGLE -> {
                page.space();
                page.put('\'');
                page.unspaced();
                folded("'");
                page.put('\'');
            }
            case DOUBLE -> escaped();
            case LITERAL -> {
                // its last line break is already the beginning of what comes next
                literal(note);
                return;
            }
        }
        page.ended();
        page.comment(note);
    }

    private Style style() {
        var shape = ScalarShape.of(text);
        boolean key = role == Role.SIMPLE_KEY;
        if (key && shape.multiline()) return Style.DOUBLE;
        if (text.indexOf('\n') >= 0) return shape.block() && !key ? Style.LITERAL : Style.DOUBLE;
        if (!readsAsText()) return Style.DOUBLE;
        if (shape.plain()) return Style.PLAIN;
        return shape.single() ? Style.SINGLE : Style.DOUBLE;
    }

    private boolean readsAsText() {
        if (!(Go2.plain(text) instanceof Scalar.Words)) return false;
        if (Timestamp.is(text)) return false;
        return text.indexOf(':') < 0
                || text.length() > 200
                || !SEXAGESIMAL.matcher(text).matches();
    }

    /// Plain or, with the quote, single-quoted: folds at single spaces, doubles line breaks.
    private void folded(String quote) {
        boolean spaces = false;
        boolean breaks = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ') {
                if (!spaces && foldsAt(i) && text.charAt(i + 1) != ' ') page.indent(indent);
                else page.put(' ');
                spaces = true;
            } else if (Cursor.isBreak(c)) {
                if (!breaks && c == '\n') page.newLine();
                page.lineBreak(c);
                page.onBreak();
                breaks = true;
            } else {
                if (breaks) page.indent(indent);
                if (c == '\'' && !quote.isEmpty()) page.put('\'');
                page.put(c);
                page.onText();
                spaces = false;
                breaks = false;
            }
        }
    }

    private boolean foldsAt(int i) {
        return role == Role.OTHER && page.full() && i > 0 && i < text.length() - 1;
    }

    private void escaped() {
        page.space();
        page.put('"');
        page.unspaced();
        // go-yaml asks whether the text begins with a byte-order mark where it means this character
        boolean all = text.startsWith("\uFEFF");
        boolean spaces = false;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            boolean special = !ScalarShape.printable(point) || Cursor.isBreak((char) point) && point <= 0xFFFF;
            if (all || special || point == '"' || point == '\\') {
                escape(point);
                spaces = false;
            } else if (point == ' ') {
                if (!spaces && foldsAt(i)) {
                    page.indent(indent);
                    if (text.charAt(i + 1) == ' ') page.put('\\');
                } else {
                    page.put(' ');
                }
                spaces = true;
            } else {
                page.put((char) point);
                page.onText();
                spaces = false;
            }
            i += Character.charCount(point);
        }
        page.put('"');
    }

    private void escape(int point) {
        page.put('\\');
        switch (point) {
            case 0x00 -> page.put('0');
            case 0x07 -> page.put('a');
            case 0x08 -> page.put('b');
            case 0x09 -> page.put('t');
            case 0x0A -> page.put('n');
            case 0x0B -> page.put('v');
            case 0x0C -> page.put('f');
            case 0x0D -> page.put('r');
            case 0x1B -> page.put('e');
            case '"' -> page.put('"');
            case '\\' -> page.put('\\');
            case 0x85 -> page.put('N');
            case 0xA0 -> page.put('_');
            case 0x2028 -> page.put('L');
            case 0x2029 -> page.put('P');
            default -> hex(point);
        }
    }

    private void hex(int point) {
        int digits = point <= 0xFF ? 2 : point <= 0xFFFF ? 4 : 8;
        page.put(digits == 2 ? 'x' : digits == 4 ? 'u' : 'U');
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) page.put(HEX.charAt(point >> shift & 15));
    }

    private void literal(String note) {
        page.space();
        page.put('|');
        if (text.charAt(0) == ' ' || Cursor.isBreak(text.charAt(0))) page.put('2');
        int last = text.length() - 1;
        if (!Cursor.isBreak(text.charAt(last))) page.put('-');
        else if (last == 0 || Cursor.isBreak(text.charAt(last - 1))) page.put('+');
        page.comment(note);
        page.freshLine();
        boolean breaks = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Cursor.isBreak(c)) {
                page.lineBreak(c);
                page.onBreak();
                breaks = true;
            } else {
                if (breaks) page.indent(indent);
                page.put(c);
                page.onText();
                breaks = false;
            }
        }
    }
}
