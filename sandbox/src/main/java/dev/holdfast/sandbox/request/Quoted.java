package dev.holdfast.sandbox.request;

/// Texts between double quotes, as Go's `%q` writes them.
public final class Quoted {

    private Quoted() {}

    public static String text(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> append(quoted, point));
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, int point) {
        switch (point) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\t' -> quoted.append("\\t");
            case '\r' -> quoted.append("\\r");
            default -> {
                if (point < 0x20 || point == 0x7f) quoted.append("\\x%02x".formatted(point));
                else quoted.appendCodePoint(point);
            }
        }
    }
}
