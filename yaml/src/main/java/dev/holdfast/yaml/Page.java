package dev.holdfast.yaml;

/// The text that is being written: where the line stands, and whether what comes next needs a space or a new line.
final class Page {

    /// Texts fold at the first space beyond this column.
    static final int WIDTH = 80;

    private final StringBuilder out = new StringBuilder();
    private int column;
    /// The last thing written was white space, or a mark that counts as such.
    private boolean spaced = true;
    /// Nothing but indentation and block marks stand on this line.
    private boolean atIndent = true;

    String text() {
        return out.toString();
    }

    boolean atIndent() {
        return atIndent;
    }

    boolean full() {
        return column > WIDTH;
    }

    void end() {
        if (column > 0) newLine();
    }

    /// A scalar that needs no quotes and never folds.
    void word(String text) {
        space();
        raw(text);
        ended();
    }

    void space() {
        if (!spaced) put(' ');
    }

    void ended() {
        spaced = false;
        atIndent = false;
    }

    /// Nothing else may follow on this line.
    void comment(String text) {
        if (text.isEmpty()) return;
        out.append("  # ").append(text);
        column += text.length() + 4;
    }

    /// A `:` after its key.
    void mark(String mark) {
        raw(mark);
        ended();
    }

    /// `-`, `?` or `:` that begins a line of its block; what follows may stand on the same line.
    void blockMark(String mark) {
        space();
        raw(mark);
        spaced = false;
    }

    /// Goes to a column: on this line where only marks precede it, else on the next.
    void indent(int indent) {
        int wanted = Math.max(indent, 0);
        if (!atIndent || column > wanted || column == wanted && !spaced) newLine();
        while (column < wanted) put(' ');
        spaced = true;
        atIndent = true;
    }

    void newLine() {
        out.append('\n');
        column = 0;
    }

    /// A line break of a text: newlines as such, the Unicode separators as themselves.
    void lineBreak(char c) {
        out.append(c);
        column = 0;
    }

    void put(char c) {
        out.append(c);
        column++;
    }

    void point(int codePoint) {
        out.appendCodePoint(codePoint);
        column++;
    }

    void raw(String ascii) {
        out.append(ascii);
        column += ascii.length();
    }

    void unspaced() {
        spaced = false;
    }

    void onText() {
        atIndent = false;
    }

    void onBreak() {
        atIndent = true;
    }

    void freshLine() {
        newLine();
        atIndent = true;
        spaced = true;
    }
}
