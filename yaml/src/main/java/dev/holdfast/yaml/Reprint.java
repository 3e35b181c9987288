package dev.holdfast.yaml;

import dev.holdfast.yaml.BlockScalar.Style;
import dev.holdfast.yaml.Dialect.Refusal;

/// What a block scalar reads as after go-yaml v3 has printed it once and read that: a folded text gains line
/// breaks (v3 looks at the beginning of the text where it means the line), and a text that begins with a tab
/// cannot be read back.
final class Reprint {

    private static final String INDENT = "  ";

    private Reprint() {}

    static String block(String text, Style style, Refusal refusal) {
        boolean startsWithTab = text.startsWith("\t");
        if (style == Style.LITERAL && !startsWithTab || !printsAsBlock(text)) return text;
        var printed = new StringBuilder(style == Style.LITERAL ? "|" : ">")
                .append(hints(text))
                .append('\n');
        if (style == Style.LITERAL) lines(text, printed);
        else folded(text, printed);
        if (!Cursor.isBreak(printed.charAt(printed.length() - 1))) printed.append('\n');
        return new BlockScalar(Cursor.over(printed.toString()), (_, _, reason) -> refusal.of(reason), 0).read();
    }

    /// Otherwise it is printed in double quotes, which lose nothing.
    private static boolean printsAsBlock(String text) {
        if (text.isEmpty() || text.endsWith(" ")) return false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\t' && !ScalarShape.printable(c)) return false;
            if (Cursor.isBreak(c) && i > 0 && text.charAt(i - 1) == ' ') return false;
        }
        return true;
    }

    private static String hints(String text) {
        var indentation = text.charAt(0) == ' ' || Cursor.isBreak(text.charAt(0)) ? "2" : "";
        int last = text.length() - 1;
        if (!Cursor.isBreak(text.charAt(last))) return indentation + "-";
        return last == 0 || Cursor.isBreak(text.charAt(last - 1)) ? indentation + "+" : indentation;
    }

    private static void lines(String text, StringBuilder printed) {
        boolean fresh = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends = Cursor.isBreak(c);
            if (fresh && !ends) printed.append(INDENT);
            printed.append(c);
            fresh = ends;
        }
    }

    private static void folded(String text, StringBuilder printed) {
        boolean doubles = doublesBreaks(text);
        boolean fresh = true;
        boolean spaced = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends = Cursor.isBreak(c);
            if (ends && !fresh && !spaced && c == '\n' && doubles) printed.append('\n');
            if (!ends && fresh) {
                printed.append(INDENT);
                spaced = Cursor.isBlank(c);
            }
            printed.append(c);
            fresh = ends;
        }
    }

    /// The first character that is no break decides for all lines.
    private static boolean doublesBreaks(String text) {
        int first = 0;
        while (first < text.length() && Cursor.isBreak(text.charAt(first))) first++;
        return first < text.length() && !Cursor.isBlank(text.charAt(first));
    }
}
