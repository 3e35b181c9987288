package dev.holdfast.yaml;

import java.util.Arrays;

/// A place in a YAML text, and how YAML 1.1 classes the characters there. Past the end stand NULs, which no text
/// holds. Lines and columns count from zero.
final class Cursor {

    /// How far ahead anybody looks: `---` and what follows.
    private static final int AHEAD = 4;

    private char[] text = new char[AHEAD];
    private int length;
    private int at;
    private int line;
    private int lineStart;

    static Cursor over(String text) {
        var cursor = new Cursor();
        cursor.start(text);
        return cursor;
    }

    /// From here on stands in another text, at its beginning.
    void start(String next) {
        length = next.length();
        if (text.length < length + AHEAD) text = new char[Math.max(length + AHEAD, 2 * text.length)];
        next.getChars(0, length, text, 0);
        Arrays.fill(text, length, length + AHEAD, (char) 0);
        at = 0;
        line = 0;
        lineStart = 0;
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
        return text[at];
    }

    char peek(int ahead) {
        return at + ahead < length ? text[at + ahead] : 0;
    }

    boolean ended() {
        return at >= length;
    }

    void skip() {
        at++;
    }

    void skip(int count) {
        at += count;
    }

    String since(int start) {
        return new String(text, start, at - start);
    }

    /// As {@link #since}, one object for texts that come again.
    String since(int start, Symbols symbols) {
        return symbols.of(text, start, at - start);
    }

    void addSince(int start, StringBuilder into) {
        into.append(text, start, at - start);
    }

    boolean onBreak() {
        return isBreak(text[at]);
    }

    boolean onBlank() {
        return isBlank(text[at]);
    }

    /// White space, a break or the end.
    boolean onGap() {
        return isGap(text[at]);
    }

    boolean gapAt(int ahead) {
        return isGap(peek(ahead));
    }

    /// `---` or `...` at the beginning of a line.
    boolean onDocumentMark() {
        if (at != lineStart) return false;
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

    void skipSpaces() {
        int here = at;
        while (text[here] == ' ') here++;
        at = here;
    }

    boolean onlyBlanksBefore() {
        for (int i = lineStart; i < at; i++) if (!isBlank(text[i])) return false;
        return true;
    }

    void skipComment() {
        if (text[at] == '#') skipLine();
    }

    /// Up to the next line break.
    void skipLine() {
        int here = at;
        while (here < length && !isBreak(text[here])) here++;
        at = here;
    }

    /// Over a word of a plain scalar: up to white space, or a `:` before some.
    void skipWord() {
        int here = at;
        for (char c = text[here]; !isGap(c); c = text[++here]) {
            if (c == ':' && isGap(text[here + 1])) break;
        }
        at = here;
    }

    /// As {@link #skipWord} in brackets or braces, which end it, too.
    void skipFlowWord() {
        int here = at;
        for (char c = text[here]; !isGap(c); c = text[++here]) {
            if (c == ':' && isGap(text[here + 1]) || endsInFlow(c)) break;
        }
        at = here;
    }

    private static boolean endsInFlow(char c) {
        return switch (c) {
            case ',', '?', '[', ']', '{', '}' -> true;
            default -> false;
        };
    }

    static boolean isBreak(char c) {
        if (c > '\r' && c < '\u0085') return false;
        return c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean isGap(char c) {
        if (c > ' ' && c < '\u0085') return false;
        return c == ' ' || c == 0 || c == '\t' || isBreak(c);
    }

    /// What names of anchors and tag handles are made of.
    static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }
}
