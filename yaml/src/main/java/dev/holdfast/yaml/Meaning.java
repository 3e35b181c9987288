package dev.holdfast.yaml;

import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;
import java.util.Optional;
import java.util.regex.Pattern;

/// What scalars without quotes mean to go-yaml v3, the library below Kustomize: of the words only the forms of true
/// and false are booleans (yes, on and y stay strings), and dates are timestamps.
public final class Meaning {

    public static final String STRING = "!!str";
    public static final String INTEGER = "!!int";
    public static final String FLOAT = "!!float";
    public static final String BOOLEAN = "!!bool";
    public static final String NULL = "!!null";
    public static final String TIMESTAMP = "!!timestamp";
    public static final String MERGE = "!!merge";

    private static final Pattern TIME = Pattern.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
            + "(?:[Tt ]([0-9]{2}):([0-9]{1,2}):([0-9]{1,2})(\\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})?)?");

    private Meaning() {}

    /// The short tag that an unquoted text resolves to.
    public static String tag(String plain) {
        if (plain.equals("<<")) return MERGE;
        if (Timestamp.is(plain)) return TIMESTAMP;
        return scalar(plain).tag();
    }

    /// The value of an unquoted text; empty where it has no JSON form (infinity and not-a-number).
    public static Optional<Value> value(String plain, Origin origin) {
        if (Timestamp.is(plain)) return Optional.of(new Value.Text(rfc3339(plain), origin));
        return switch (scalar(plain)) {
            case Scalar.Nothing _ -> Optional.of(new Value.Null(origin));
            case Scalar.Truth(var truth) -> Optional.of(new Value.Bool(truth, origin));
            case Scalar.Whole(var number) -> Optional.of(new Value.Whole(number, origin));
            case Scalar.Unsigned(var number) -> Optional.of(Value.of(number, origin));
            case Scalar.Real(var number) ->
                Double.isNaN(number) || Double.isInfinite(number)
                        ? Optional.empty()
                        : Optional.of(Value.of(number, origin));
            case Scalar.Words(var text) -> Optional.of(new Value.Text(text, origin));
        };
    }

    /// Whether the older rules (yes, on and 1:30 mean something) read a text as anything but a string. Kustomize
    /// puts such texts in quotes.
    public static boolean isStringInOlderRules(String plain) {
        return plain.isEmpty() || plain.indexOf('\n') >= 0 || Go2.plain(plain) instanceof Scalar.Words;
    }

    /// As Go prints a time in JSON.
    private static String rfc3339(String timestamp) {
        var parts = TIME.matcher(timestamp);
        if (!parts.matches()) throw new IllegalArgumentException("no timestamp: " + timestamp);
        var day = String.format(
                "%s-%02d-%02d", parts.group(1), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        if (parts.group(4) == null) return day + "T00:00:00Z";
        var time = String.format(
                "%02d:%02d:%02d",
                Integer.parseInt(parts.group(4)), Integer.parseInt(parts.group(5)), Integer.parseInt(parts.group(6)));
        var fraction = parts.group(7) == null ? "" : parts.group(7);
        while (fraction.endsWith("0")) fraction = fraction.substring(0, fraction.length() - 1);
        if (fraction.equals(".")) fraction = "";
        var zone = parts.group(8) == null || parts.group(8).equals("+00:00") ? "Z" : parts.group(8);
        return day + "T" + time + fraction + zone;
    }

    private static Scalar scalar(String plain) {
        var found = Go2.plain(plain);
        if (!(found instanceof Scalar.Truth)) return found;
        return switch (plain) {
            case "true", "True", "TRUE", "false", "False", "FALSE" -> found;
            default -> new Scalar.Words(plain);
        };
    }
}
