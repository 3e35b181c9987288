package dev.holdfast.yaml;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.NodeMaker.Quoting;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rules of go-yaml v2 as sigs.k8s.io/yaml uses it: those of kubectl, the API server and Helm values.
final class Go2 implements Dialect {

    static final String CORE = "tag:yaml.org,2002:";
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern DOTTED = Pattern.compile("\\.[0-9]+([eE][-+]?[0-9]+)?");
    private static final Scalar.Nothing NOTHING = new Scalar.Nothing();
    private static final Scalar.Truth TRUE = new Scalar.Truth(true);
    private static final Scalar.Truth FALSE = new Scalar.Truth(false);

    /// Of the words with a meaning: `false`.
    private static final int LONGEST_WORD = 5;

    private static final byte NEVER = 0;
    private static final byte WORD = 1;
    private static final byte NUMBER = 2;
    /// By its first character, what a text may be other than a string.
    private static final byte[] MEANINGFUL = new byte[128];

    static {
        for (char c : "yYnNtTfFoO~".toCharArray()) MEANINGFUL[c] = WORD;
        for (char c : ".+-0123456789".toCharArray()) MEANINGFUL[c] = NUMBER;
    }

    /// Longer texts are never numbers that fit anything.
    private static final int LONGEST_NUMBER = 4_096;

    @Override
    public String text(String path, byte[] file) {
        return Text.of(file);
    }

    @Override
    public Iterator<Chunk> cut(String text, Trouble trouble) {
        return new Chunk.Cutter(text, trouble);
    }

    @Override
    public String block(String text, BlockScalar.Style style, Refusal refusal) {
        return text;
    }

    static Scalar resolve(String tag, String text, Quoting quoting, Refusal refusal) {
        if (tag.isEmpty()) return quoting.quoted() ? new Scalar.Words(text) : plain(text);
        if (!tag.startsWith(CORE)) return new Scalar.Words(text);
        return switch (tag.substring(CORE.length())) {
            case "bool" -> fits(plain(text), "!!bool", text, refusal);
            case "null" -> fits(plain(text), "!!null", text, refusal);
            case "int" -> fits(plain(text), "!!int", text, refusal);
            case "float" -> real(plain(text), text, refusal);
            case "timestamp" -> {
                if (Timestamp.is(text)) yield new Scalar.Words(text);
                throw refusal.of("!!timestamp does not fit a value that is no date");
            }
            case "binary" -> new Scalar.Words(binary(text, refusal));
            default -> new Scalar.Words(text);
        };
    }

    static Scalar fits(Scalar found, String wanted, String text, Refusal refusal) {
        if (found.tag().equals(wanted)) return found;
        throw mismatch(found, wanted, text, refusal);
    }

    private static Scalar real(Scalar found, String text, Refusal refusal) {
        return switch (found) {
            case Scalar.Real _ -> found;
            case Scalar.Whole(var number) -> new Scalar.Real(number);
            case Scalar.Unsigned(var bits) ->
                new Scalar.Real(Value.unsigned(bits, Origin.NONE).value());
            case Scalar.Nothing _, Scalar.Truth _, Scalar.Words _ -> throw mismatch(found, "!!float", text, refusal);
        };
    }

    static FaultException mismatch(Scalar found, String wanted, String text, Refusal refusal) {
        var kind = Timestamp.is(text) ? "!!timestamp" : found.tag();
        return refusal.of("the tag " + wanted + " does not fit, the value reads as " + kind);
    }

    static String binary(String text, Refusal refusal) {
        try {
            var compact = text.replace("\n", "").replace("\r", "");
            return new String(Base64.getDecoder().decode(compact), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw refusal.of("a !!binary value holds invalid base64");
        }
    }

    /// Whether the beginning and the length of a text without quotes and tag show that it is a string.
    static boolean surelyText(String text) {
        if (text.isEmpty()) return false;
        char first = text.charAt(0);
        return first >= MEANINGFUL.length
                || switch (MEANINGFUL[first]) {
                    case NEVER -> true;
                    case WORD -> text.length() > LONGEST_WORD;
                    default -> false;
                };
    }

    /// What a text without quotes and tag means.
    static Scalar plain(String text) {
        if (text.isEmpty()) return NOTHING;
        return switch (text.charAt(0)) {
            case 'y', 'Y', 'n', 'N', 't', 'T', 'f', 'F', 'o', 'O', '~' -> word(text);
            case '.' -> dotted(text);
            case '+', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(text);
            default -> new Scalar.Words(text);
        };
    }

    private static Scalar word(String text) {
        return switch (text) {
            case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE" -> TRUE;
            case "n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE" -> FALSE;
            case "~", "null", "Null", "NULL" -> NOTHING;
            default -> new Scalar.Words(text);
        };
    }

    private static @Nullable Scalar endless(String text) {
        return switch (text) {
            case ".nan", ".NaN", ".NAN" -> new Scalar.Real(Double.NaN);
            case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> new Scalar.Real(Double.POSITIVE_INFINITY);
            case "-.inf", "-.Inf", "-.INF" -> new Scalar.Real(Double.NEGATIVE_INFINITY);
            default -> null;
        };
    }

    static Scalar dotted(String text) {
        var endless = endless(text);
        if (endless != null) return endless;
        return text.length() <= LONGEST_NUMBER && DOTTED.matcher(text).matches()
                ? finite(text, text)
                : new Scalar.Words(text);
    }

    static Scalar number(String text) {
        var endless = endless(text);
        if (endless != null) return endless;
        if (text.length() > LONGEST_NUMBER) return new Scalar.Words(text);
        if (GoInteger.small(text)) return new Scalar.Whole(Long.parseLong(text));
        var plain = text.indexOf('_') < 0 ? text : text.replace("_", "");
        var integer = GoInteger.parse(plain);
        if (integer.isPresent()) return whole(integer.get());
        return FLOAT.matcher(plain).matches() ? finite(plain, text) : new Scalar.Words(text);
    }

    private static Scalar whole(BigInteger number) {
        return number.bitLength() < 64 ? new Scalar.Whole(number.longValue()) : new Scalar.Unsigned(number.longValue());
    }

    private static Scalar finite(String number, String text) {
        double parsed = Double.parseDouble(number);
        return Double.isInfinite(parsed) ? new Scalar.Words(text) : new Scalar.Real(parsed);
    }

    /// The value as it passes through JSON.
    static Value jsonValue(Scalar scalar, Origin origin, Refusal refusal) {
        return switch (scalar) {
            case Scalar.Nothing _ -> new Value.Null(origin);
            case Scalar.Truth(var truth) -> new Value.Bool(truth, origin);
            case Scalar.Whole(var number) -> new Value.Whole(number, origin);
            case Scalar.Unsigned(var bits) ->
                Value.of(Value.unsigned(bits, origin).value(), origin);
            case Scalar.Real(var number) -> {
                if (Double.isNaN(number) || Double.isInfinite(number)) {
                    throw refusal.of("infinity and not-a-number have no JSON form; quote the value if it is text");
                }
                yield Value.of(number, origin);
            }
            case Scalar.Words(var text) -> new Value.Text(text, origin);
        };
    }

    static String key(Scalar scalar, Refusal refusal) {
        return switch (scalar) {
            case Scalar.Nothing _ -> throw refusal.of("a key that reads as null; quote it if it is text");
            case Scalar.Truth(var truth) -> Boolean.toString(truth);
            case Scalar.Whole(var number) -> Long.toString(number);
            case Scalar.Unsigned _ -> throw refusal.of("a key that is an integer beyond 64 bits; quote it");
            case Scalar.Real(var number) -> GoNumber.key(number);
            case Scalar.Words(var text) -> text;
        };
    }

    static boolean merges(String tag, String text, Quoting quoting) {
        if (!text.equals("<<")) return false;
        return tag.isEmpty() ? quoting == Quoting.PLAIN : tag.equals(CORE + "merge");
    }
}
