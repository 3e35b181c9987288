package dev.holdfast.yaml;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import java.util.regex.Pattern;

/// Makes the faults of one file: at its line, showing that line as far as it may be seen. Files that mention
/// Secrets show keys only.
final class Trouble {

    private static final int SHOWN = 80;
    private static final Pattern KEY =
            Pattern.compile("^[ \\t]*(?:- +)*[\"']?[A-Za-z0-9_./-]{1,63}[\"']?[ \\t]*:(?=\\s|$)");

    private final String path;
    private final String text;

    Trouble(String path, String text) {
        this.path = path;
        this.text = text;
    }

    String path() {
        return path;
    }

    FaultException yaml(int line, int column, String reason) {
        return at(line, column, "InvalidYaml", "invalid YAML: " + reason);
    }

    FaultException tooDeep(int line, int column, Limits limits) {
        return at(line, column, "TooDeep", "nested deeper than " + limits.depth() + " levels");
    }

    FaultException at(int line, int column, String code, String message) {
        var shown = shown(line);
        var full = shown.isEmpty() ? message : message + " — `" + shown + "`";
        return new FaultException(Fault.at(Origin.at(path, line, column), code, full, ""));
    }

    private String shown(int line) {
        var whole = line(line).strip();
        if (text.contains("Secret")) {
            var key = KEY.matcher(whole);
            return key.find() ? key.group().strip() + " …" : "";
        }
        var printable = new StringBuilder();
        for (int i = 0; i < whole.length() && i < SHOWN; i++) {
            char c = whole.charAt(i);
            printable.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '·' : c);
        }
        return whole.length() > SHOWN ? printable + "…" : printable.toString();
    }

    private String line(int wanted) {
        int at = 0;
        for (int line = 1; line < wanted; line++) {
            int end = text.indexOf('\n', at);
            if (end < 0) return "";
            at = end + 1;
        }
        int end = text.indexOf('\n', at);
        return text.substring(at, end < 0 ? text.length() : Math.min(end, at + 4 * SHOWN));
    }
}
