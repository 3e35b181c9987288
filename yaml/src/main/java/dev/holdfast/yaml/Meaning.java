package dev.holdfast.yaml;

import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// What scalars without quotes mean to go-yaml v3, the library below Kustomize: of the words only the forms of true
/// and false are booleans (yes, on and y stay strings), and dates are timestamps.
public final class Meaning {

    public static final String STRING = "!!str";
    public static final String INTEGER = "!!int";
    public static final String FLOAT = "!!float";
    public static final String BOOLEAN = "!!bool";
    public static final String NULL = "!!null";
    public static final String TIMESTAMP = "!!timestamp";
    public static final String BINARY = "!!binary";
    public static final String MERGE = "!!merge";

    private Meaning() {}

    /// The short tag that an unquoted text resolves to.
    public static String tag(String plain) {
        if (plain.equals("<<")) return MERGE;
        if (Timestamp.is(plain)) return TIMESTAMP;
        return Go3.untimed(plain).tag();
    }

    /// The value of an unquoted text; empty where it has no JSON form (infinity, not-a-number, a time with an
    /// offset of a day).
    public static Optional<Value> value(String plain, Origin origin) {
        var time = Timestamp.of(plain);
        if (time.isPresent()) return time.get().json().map(text -> new Value.Text(text, origin));
        return switch (Go3.untimed(plain)) {
            case Scalar.Nothing _ -> Optional.of(new Value.Null(origin));
            case Scalar.Truth(var truth) -> Optional.of(new Value.Bool(truth, origin));
            case Scalar.Whole(var number) -> Optional.of(new Value.Whole(number, origin));
            case Scalar.Unsigned(var bits) -> Optional.of(Value.unsigned(bits, origin));
            case Scalar.Real(var number) ->
                Double.isNaN(number) || Double.isInfinite(number)
                        ? Optional.empty()
                        : Optional.of(Value.of(number, origin));
            case Scalar.Words(var text) -> Optional.of(new Value.Text(text, origin));
        };
    }

    /// What a text tagged `!!binary` holds; empty where it is no base64.
    public static Optional<String> binary(String text) {
        try {
            var compact = text.replace("\n", "").replace("\r", "").replace(" ", "");
            return Optional.of(new String(Base64.getDecoder().decode(compact), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /// Whether the older rules (yes, on and 1:30 mean something) read a text as anything but a string. Kustomize
    /// puts such texts in quotes.
    public static boolean isStringInOlderRules(String plain) {
        return plain.isEmpty() || plain.indexOf('\n') >= 0 || Go2.plain(plain) instanceof Scalar.Words;
    }
}
