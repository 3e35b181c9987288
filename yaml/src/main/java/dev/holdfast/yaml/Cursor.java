package dev.holdfast.yaml;

/// A place in a YAML text, and how YAML 1.1 classes the characters there. Past the end stands a NUL, which no text
/// holds. Lines and columns count from zero.
final class Cursor {

    private final String text;
    private int at;
    private int line;
    private int lineStart;

    Cursor(String text) {
        this.text = text;
    }

    int at() {
        return at;
    }

    int line() {
        return line;
    }

    int column() {
        return at - lineStart;
    }

    char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
    }

    boolean ended() {
        return at >= text.length();
    }

    void skip() {
        at++;
    }

    void skip(int count) {
        at += count;
    }

    String since(int start) {
        return text.substring(start, at);
    }

    boolean onBreak() {
        return isBreak(peek());
    }

    boolean onBlank() {
        return isBlank(peek());
    }

    /// White space, a break or the end.
    boolean onGap() {
        return isGap(peek());
    }

    boolean gapAt(int ahead) {
        return isGap(peek(ahead));
    }

    /// `---` or `...` at the beginning of a line.
    boolean onDocumentMark() {
        if (column() != 0) return false;
        char c = peek();
        return (c == '-' || c == '.') && peek(1) == c && peek(2) == c && gapAt(3);
    }

    void skipBreak() {
        at += peek() == '\r' && peek(1) == '\n' ? 2 : 1;
        line++;
        lineStart = at;
    }

    /// Passes a line break, if one is here; all but the two Unicode separators become a newline.
    void readBreak(StringBuilder into) {
        char c = peek();
        if (!isBreak(c)) return;
        into.append(c == '\u2028' || c == '\u2029' ? c : '\n');
        skipBreak();
    }

    void skipComment() {
        if (peek() != '#') return;
        while (!ended() && !onBreak()) at++;
    }

    static boolean isBreak(char c) {
        return c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean isGap(char c) {
        return c == ' ' || c == '\n' || c == 0 || c == '\t' || isBreak(c);
    }

    /// What names of anchors and tag handles are made of.
    static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }
}
