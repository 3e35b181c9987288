package dev.holdfast.render.kustomize.transform;

import dev.holdfast.yaml.NodeMaker.Form;
import dev.holdfast.yaml.NodeMaker.Quoting;

/// Texts as go-yaml v3 writes scalars whose quotes it knows, on one line however long.
final class ScalarText {

    private static final String INDICATORS = "-?:,[]{}#&*!|>'\"%@`";

    private ScalarText() {}

    static String of(String text, Quoting quoting, Form around) {
        return switch (quoting) {
            case PLAIN, ABSENT -> text.isEmpty() && around == Form.BLOCK || plain(text, around) ? text : single(text);
            case SINGLE -> single(text);
            case DOUBLE, LITERAL, FOLDED -> doubled(text);
        };
    }

    /// A block after `|`, its lines two columns right of `indent`.
    static String literal(String text, String indent) {
        var written = new StringBuilder("|").append(hints(text));
        for (var line : text.split("\n", -1)) {
            written.append('\n');
            if (!line.isEmpty()) written.append(indent).append("  ").append(line);
        }
        if (text.endsWith("\n") && !text.endsWith("\n\n")) written.setLength(written.length() - 1);
        return written.toString();
    }

    /// A block after `>`: a line break between two lines of text is an empty line more.
    static String folded(String text, String indent) {
        var written = new StringBuilder(">").append(hints(text)).append('\n');
        boolean fresh = true;
        boolean indented = true;
        boolean doubles =
                !text.stripLeading().isEmpty() && text.replace("\n", "").charAt(0) != ' ';
        int end = text.endsWith("\n") ? text.length() - 1 : text.length();
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '\n' && !fresh && !indented && doubles) written.append('\n');
            if (c != '\n' && fresh) {
                written.append(indent).append("  ");
                indented = c == ' ' || c == '\t';
            }
            written.append(c);
            fresh = c == '\n';
        }
        return written.toString();
    }

    private static String hints(String text) {
        boolean hinted = text.startsWith(" ") || text.startsWith("\n");
        var mark = text.endsWith("\n\n") || text.equals("\n") ? "+" : text.endsWith("\n") ? "" : "-";
        return (hinted ? "2" : "") + mark;
    }

    private static boolean plain(String text, Form around) {
        if (text.isEmpty() || special(text) || text.startsWith(" ") || text.endsWith(" ")) return false;
        if (text.startsWith("---") || text.startsWith("...")) return false;
        char first = text.charAt(0);
        boolean followed = text.length() > 1 && text.charAt(1) != ' ';
        boolean maybe = first == '-' || around == Form.BLOCK && (first == '?' || first == ':');
        if (INDICATORS.indexOf(first) >= 0 && !(maybe && followed)) return false;
        if (text.contains(": ") || text.endsWith(":") || text.contains(" #")) return false;
        if (around == Form.BLOCK) return true;
        for (int i = 0; i < text.length(); i++) if (",?[]{}".indexOf(text.charAt(i)) >= 0) return false;
        return true;
    }

    private static boolean special(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7F || c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0xFEFF) return true;
        }
        return false;
    }

    private static String single(String text) {
        return special(text) ? doubled(text) : "'" + text.replace("'", "''") + "'";
    }

    private static String doubled(String text) {
        var written = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> written.append("\\\"");
                case '\\' -> written.append("\\\\");
                case '\n' -> written.append("\\n");
                case '\t' -> written.append("\\t");
                case '\r' -> written.append("\\r");
                default -> {
                    if (c < ' ' || c == 0x7F) written.append("\\x").append(hexadecimal(c, 2));
                    else if (special(String.valueOf(c))) written.append("\\u").append(hexadecimal(c, 4));
                    else written.append(c);
                }
            }
        }
        return written.append('"').toString();
    }

    private static String hexadecimal(char c, int digits) {
        var number = Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT);
        return "0".repeat(Math.max(0, digits - number.length())) + number;
    }
}
