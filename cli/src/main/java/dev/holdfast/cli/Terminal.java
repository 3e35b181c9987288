package dev.holdfast.cli;

import java.io.PrintStream;
import java.util.Map;

/// Where a command writes: data on `out`, progress and messages on `err`. Colours only where a person looks: on a
/// terminal, unless NO_COLOR or TERM=dumb says no.
record Terminal(PrintStream out, PrintStream err, Colours colours, Presence presence) {

    enum Colours {
        NONE,
        ANSI
    }

    /// Whether a person sits there, who can be asked and shown progress.
    enum Presence {
        PERSON,
        PIPE
    }

    enum Paint {
        GREEN("32"),
        YELLOW("33"),
        RED("31"),
        BOLD("1"),
        DIM("2");

        private final String code;

        Paint(String code) {
            this.code = code;
        }
    }

    static Terminal of(PrintStream out, PrintStream err, Map<String, String> environment) {
        var console = System.console();
        boolean person = console != null && console.isTerminal();
        boolean refused = environment.containsKey("NO_COLOR");
        boolean forced = environment.containsKey("FORCE_COLOR") && !refused;
        boolean plain = refused || "dumb".equals(environment.get("TERM"));
        return new Terminal(
                out,
                err,
                forced || person && !plain ? Colours.ANSI : Colours.NONE,
                person ? Presence.PERSON : Presence.PIPE);
    }

    String paint(Paint paint, String text) {
        return colours == Colours.NONE ? text : "\u001b[" + paint.code + "m" + text + "\u001b[0m";
    }

    /// Data for programs is printed as it is; a person's terminal gets no control characters.
    void data(String text) {
        out.print(presence == Presence.PERSON ? clean(text) : text);
    }

    /// What came from outside, on one line.
    static String line(String text) {
        return clean(text).replace('\n', ' ').replace('\t', ' ');
    }

    /// What came from outside, without control characters: names and messages may hold escape sequences.
    static String clean(String text) {
        var kept = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean bidi = point >= 0x202A && point <= 0x202E || point >= 0x2066 && point <= 0x2069;
            boolean hidden = point >= 0x200B && point <= 0x200F || point == 0xFEFF;
            if (point == '\n' || point == '\t') kept.append((char) point);
            else if (!Character.isISOControl(point) && !bidi && !hidden) kept.appendCodePoint(point);
        });
        return kept.toString();
    }
}
