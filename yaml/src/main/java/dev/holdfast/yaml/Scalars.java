package dev.holdfast.yaml;

/// Reads the three ways to write a scalar. Line breaks fold as in YAML 1.1: one is a space, more stand for one
/// fewer.
final class Scalars {

    private final Cursor cursor;
    private final Symbols symbols;
    private final ScanTrouble trouble;
    /// One for all scalars: it is empty between them.
    private final Gap gap = new Gap();

    /// Makes the error of a scalar that began at a line and column.
    interface ScanTrouble {
        RuntimeException at(int line, int column, String reason);
    }

    enum Flow {
        INSIDE,
        OUTSIDE
    }

    /// Blanks and breaks between two words, and what they fold into.
    private static final class Gap {
        private final StringBuilder blanks = new StringBuilder();
        private final StringBuilder firstBreak = new StringBuilder();
        private final StringBuilder moreBreaks = new StringBuilder();
        private boolean broken;

        void read(Cursor cursor) {
            if (cursor.onBlank()) {
                if (!broken) blanks.append(cursor.peek());
                cursor.skip();
            } else if (broken) {
                cursor.readBreak(moreBreaks);
            } else {
                blanks.setLength(0);
                cursor.readBreak(firstBreak);
                broken = true;
            }
        }

        /// The break was escaped: it stands for nothing.
        void escape() {
            broken = true;
        }

        void foldInto(StringBuilder text) {
            if (!broken) text.append(blanks);
            else if (firstBreak.isEmpty() || firstBreak.charAt(0) != '\n')
                text.append(firstBreak).append(moreBreaks);
            else if (moreBreaks.isEmpty()) text.append(' ');
            else text.append(moreBreaks);
            clear();
        }

        void clear() {
            blanks.setLength(0);
            firstBreak.setLength(0);
            moreBreaks.setLength(0);
            broken = false;
        }
    }

    Scalars(Cursor cursor, Symbols symbols, ScanTrouble trouble) {
        this.cursor = cursor;
        this.symbols = symbols;
        this.trouble = trouble;
    }

    /// `indent` is the least column of a continuation line.
    String plain(Flow flow, int indent) {
        int line = cursor.line();
        int column = cursor.column();
        int start = cursor.at();
        word(flow);
        gap.clear();
        // most scalars are one word, which is cut out of the text as it stands
        var first = cursor.since(start, symbols);
        if (!cursor.onGap()) return first;
        StringBuilder text = null;
        while (cursor.onBlank() || cursor.onBreak()) {
            while (cursor.onBlank() || cursor.onBreak()) {
                if (gap.broken && cursor.peek() == '\t' && cursor.column() < indent) {
                    throw trouble.at(line, column, "a tab in the indentation of a text of several lines");
                }
                gap.read(cursor);
            }
            if (flow == Flow.OUTSIDE && cursor.column() < indent) break;
            if (cursor.onDocumentMark() || cursor.peek() == '#') break;
            int begin = cursor.at();
            word(flow);
            if (cursor.at() == begin) break;
            if (text == null) text = new StringBuilder(first);
            gap.foldInto(text);
            cursor.addSince(begin, text);
        }
        return text == null ? first : text.toString();
    }

    /// Whether line breaks followed the plain scalar that was read last.
    boolean brokeLine() {
        return gap.broken;
    }

    /// Up to the next blank, or to what ends a plain scalar.
    private void word(Flow flow) {
        if (flow == Flow.OUTSIDE) cursor.skipWord();
        else cursor.skipFlowWord();
    }

    /// From quote to quote, either kind.
    String quoted() {
        int line = cursor.line();
        int column = cursor.column();
        char quote = cursor.peek();
        cursor.skip();
        var text = new StringBuilder();
        gap.clear();
        while (true) {
            if (cursor.onDocumentMark()) throw trouble.at(line, column, "a document ends inside quotes");
            if (cursor.ended()) throw trouble.at(line, column, "the closing quote is missing");
            if (quote == '"') escapedWord(text, gap);
            else singleWord(text);
            if (cursor.peek() == quote) break;
            while (cursor.onBlank() || cursor.onBreak()) gap.read(cursor);
            gap.foldInto(text);
        }
        cursor.skip();
        return text.length() <= Symbols.LONGEST ? symbols.of(text.toString()) : text.toString();
    }

    private void singleWord(StringBuilder text) {
        for (char c = cursor.peek(); !Cursor.isGap(c); c = cursor.peek()) {
            if (c == '\'') {
                if (cursor.peek(1) != '\'') return;
                cursor.skip();
            }
            text.append(c);
            cursor.skip();
        }
    }

    private void escapedWord(StringBuilder text, Gap gap) {
        for (char c = cursor.peek(); !Cursor.isGap(c) && c != '"'; c = cursor.peek()) {
            if (c != '\\') {
                text.append(c);
                cursor.skip();
            } else if (Cursor.isBreak(cursor.peek(1))) {
                cursor.skip();
                cursor.skipBreak();
                gap.escape();
                return;
            } else {
                escape(text);
            }
        }
    }

    private void escape(StringBuilder text) {
        int digits = 0;
        switch (cursor.peek(1)) {
            case '0' -> text.append('\0');
            case 'a' -> text.append('\u0007');
            case 'b' -> text.append('\b');
            case 't', '\t' -> text.append('\t');
            case 'n' -> text.append('\n');
            case 'v' -> text.append('\u000B');
            case 'f' -> text.append('\f');
            case 'r' -> text.append('\r');
            case 'e' -> text.append('\u001B');
            case ' ' -> text.append(' ');
            case '"' -> text.append('"');
            case '\'' -> text.append('\'');
            case '\\' -> text.append('\\');
            case 'N' -> text.append('\u0085');
            case '_' -> text.append('\u00A0');
            case 'L' -> text.append('\u2028');
            case 'P' -> text.append('\u2029');
            case 'x' -> digits = 2;
            case 'u' -> digits = 4;
            case 'U' -> digits = 8;
            default -> throw here("an unknown escape after \\");
        }
        if (digits > 0) text.appendCodePoint(codePoint(digits));
        cursor.skip(2 + digits);
    }

    private int codePoint(int digits) {
        long point = 0;
        for (int i = 0; i < digits; i++) {
            char c = cursor.peek(2 + i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) throw here("an escape needs " + digits + " hexadecimal digits");
            point = point << 4 | digit;
        }
        if (point > Character.MAX_CODE_POINT || point >= 0xD800 && point <= 0xDFFF) {
            throw here("an escape that is no Unicode character");
        }
        return (int) point;
    }

    private RuntimeException here(String reason) {
        return trouble.at(cursor.line(), cursor.column(), reason);
    }
}
