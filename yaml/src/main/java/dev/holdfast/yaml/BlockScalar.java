package dev.holdfast.yaml;

import dev.holdfast.yaml.Scalars.ScanTrouble;

/// Reads one block scalar, `|` or `>`. A line that begins with white space never folds, nor do its neighbours.
final class BlockScalar {

    enum Style {
        LITERAL,
        FOLDED
    }

    private enum Chomp {
        STRIP,
        CLIP,
        KEEP
    }

    private final Cursor cursor;
    private final ScanTrouble trouble;
    private final int parent;
    private final int line;
    private final int column;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder lineBreak = new StringBuilder();
    private final StringBuilder emptyLines = new StringBuilder();

    private Style style = Style.LITERAL;
    private Chomp chomp = Chomp.CLIP;
    /// The column of the text; 0 until it is known.
    private int indent;

    /// `parent` is the column of the collection around it, -1 at the top.
    BlockScalar(Cursor cursor, ScanTrouble trouble, int parent) {
        this.cursor = cursor;
        this.trouble = trouble;
        this.parent = parent;
        this.line = cursor.line();
        this.column = cursor.column();
    }

    Style style() {
        return style;
    }

    String read() {
        header();
        emptyLines();
        boolean blankBefore = false;
        while (cursor.column() == indent && !cursor.ended()) {
            boolean blank = cursor.onBlank();
            boolean folds = style == Style.FOLDED
                    && !blankBefore
                    && !blank
                    && !lineBreak.isEmpty()
                    && lineBreak.charAt(0) == '\n';
            if (!folds) text.append(lineBreak);
            else if (emptyLines.isEmpty()) text.append(' ');
            text.append(emptyLines);
            lineBreak.setLength(0);
            emptyLines.setLength(0);
            blankBefore = blank;
            line();
            cursor.readBreak(lineBreak);
            emptyLines();
        }
        if (chomp != Chomp.STRIP) text.append(lineBreak);
        if (chomp == Chomp.KEEP) text.append(emptyLines);
        return text.toString();
    }

    private void line() {
        int start = cursor.at();
        cursor.skipLine();
        cursor.addSince(start, text);
    }

    private void header() {
        style = cursor.peek() == '|' ? Style.LITERAL : Style.FOLDED;
        cursor.skip();
        if (chomping()) {
            indentation();
        } else {
            indentation();
            chomping();
        }
        while (cursor.onBlank()) cursor.skip();
        cursor.skipComment();
        if (!cursor.ended() && !cursor.onBreak()) {
            throw trouble.at(line, column, "only a comment may follow | or > on its line");
        }
        if (cursor.onBreak()) cursor.skipBreak();
    }

    private boolean chomping() {
        char c = cursor.peek();
        if (c != '+' && c != '-') return false;
        chomp = c == '+' ? Chomp.KEEP : Chomp.STRIP;
        cursor.skip();
        return true;
    }

    private void indentation() {
        char c = cursor.peek();
        if (c < '0' || c > '9') return;
        if (c == '0') throw trouble.at(line, column, "an indentation of 0 after | or >");
        indent = Math.max(parent, 0) + c - '0';
        cursor.skip();
    }

    /// Passes empty lines up to the next line of text; the first such line gives the indentation.
    private void emptyLines() {
        int deepest = 0;
        while (true) {
            while ((indent == 0 || cursor.column() < indent) && cursor.peek() == ' ') cursor.skip();
            deepest = Math.max(deepest, cursor.column());
            if ((indent == 0 || cursor.column() < indent) && cursor.peek() == '\t') {
                throw trouble.at(cursor.line(), cursor.column(), "a tab where spaces must indent the text");
            }
            if (!cursor.onBreak()) break;
            cursor.readBreak(emptyLines);
        }
        if (indent == 0) indent = Math.max(Math.max(deepest, parent + 1), 1);
    }
}
