package dev.holdfast.yaml;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;
import java.util.Iterator;

/// The rules of go-yaml v3 as Kustomize uses it for resources and patches: it reads nodes, prints them, and reads
/// what it printed, all of which shows in the values.
final class Go3 implements Dialect {

    private static final Scalar.Nothing NOTHING = new Scalar.Nothing();
    private static final Scalar.Words EMPTY = new Scalar.Words("");

    /// The output is read once more, by way of JSON: the longest key that is found there with its quotes.
    private static final int LONGEST_KEY = 1_024;

    @Override
    public String text(String path, byte[] file) {
        var text = Text.strict(file)
                .orElseThrow(() -> new FaultException(Fault.at(
                        Origin.at(path, 1, 1),
                        "InvalidYaml",
                        "invalid YAML: the file is no UTF-8 text",
                        "Save it as UTF-8")));
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n");
    }

    @Override
    public Iterator<Chunk> cut(String text, Trouble trouble) {
        return new Chunk.ResourceCutter(text, trouble);
    }

    @Override
    public Braces braces() {
        return Braces.YAML;
    }

    @Override
    public String block(String text, BlockScalar.Style style, Refusal refusal) {
        return Reprint.block(text, style, refusal);
    }

    @Override
    public Scalar resolve(Written scalar, Standing standing, Refusal refusal) {
        var text = scalar.text();
        var tag = scalar.tag();
        // `!` alone says nothing here
        if (tag.isEmpty() || tag.equals("!")) {
            if (!scalar.plain()) return new Scalar.Words(text);
            var found = plain(text, refusal);
            return text.isEmpty() ? empty(standing) : found;
        }
        if (!tag.startsWith(Go2.CORE)) return new Scalar.Words(text);
        return switch (tag.substring(Go2.CORE.length())) {
            case "bool" -> Go2.fits(plain(text, refusal), "!!bool", text, refusal);
            case "null" -> {
                var found = Go2.fits(untimed(text), "!!null", text, refusal);
                yield text.isEmpty() && scalar.plain() ? empty(standing) : found;
            }
            case "int" -> Go2.fits(untimed(text), "!!int", text, refusal);
            case "float" -> real(untimed(text), text, refusal);
            case "timestamp" ->
                Timestamp.of(text)
                        .map(time -> timestamp(time, refusal))
                        .orElseThrow(() -> refusal.of("!!timestamp does not fit a value that is no date"));
            case "binary" -> new Scalar.Words(Go2.binary(text, refusal));
            default -> new Scalar.Words(text);
        };
    }

    /// Where Kustomize prints an empty value among brackets, or an empty key, it prints '' and reads that as text.
    private static Scalar empty(Standing standing) {
        return standing == Standing.BLOCK ? NOTHING : EMPTY;
    }

    private static Scalar real(Scalar found, String text, Refusal refusal) {
        return switch (found) {
            case Scalar.Real _ -> found;
            case Scalar.Whole(var number) -> new Scalar.Real(number);
            case Scalar.Unsigned _, Scalar.Nothing _, Scalar.Truth _, Scalar.Words _ ->
                throw Go2.mismatch(found, "!!float", text, refusal);
        };
    }

    private static Scalar plain(String text, Refusal refusal) {
        var time = Timestamp.of(text);
        return time.isPresent() ? timestamp(time.get(), refusal) : untimed(text);
    }

    private static Scalar timestamp(Timestamp time, Refusal refusal) {
        var json = time.json().orElseThrow(() -> refusal.of("a point in time whose offset has a day or more"));
        return new Scalar.Words(json);
    }

    static Scalar untimed(String text) {
        return switch (text) {
            case "true", "True", "TRUE" -> new Scalar.Truth(true);
            case "false", "False", "FALSE" -> new Scalar.Truth(false);
            case "", "~", "null", "Null", "NULL" -> NOTHING;
            default -> number(text);
        };
    }

    private static Scalar number(String text) {
        char first = text.charAt(0);
        if (first == '.') return Go2.dotted(text);
        if (first != '+' && first != '-' && (first < '0' || first > '9')) return new Scalar.Words(text);
        var octal = GoInteger.signedAfter("0o", 8, text.replace("_", ""));
        return octal.isPresent() ? new Scalar.Whole(octal.get().longValue()) : Go2.number(text);
    }

    @Override
    public Value value(Scalar scalar, Origin origin, Refusal refusal) {
        return Go2.jsonValue(scalar, origin, refusal);
    }

    /// Only a map of texts has a JSON form; the document's own map is read into one, whatever its keys are.
    @Override
    public String key(Written written, Scalar scalar, Standing standing, Refusal refusal) {
        var text = standing == Standing.TOP_KEY ? topKey(written, scalar, refusal) : textKey(written, scalar, refusal);
        if (text.length() * 6 + 2 > LONGEST_KEY
                && JsonWriter.text(Value.of(text)).length() > LONGEST_KEY) {
            throw refusal.of("a key of more than 1,024 characters");
        }
        return text;
    }

    private static String topKey(Written written, Scalar scalar, Refusal refusal) {
        if (scalar instanceof Scalar.Nothing) throw refusal.of("a key that reads as null; quote it if it is text");
        boolean decoded = written.tag().equals(Go2.CORE + "binary");
        return decoded && scalar instanceof Scalar.Words(var text) ? text : written.text();
    }

    private static String textKey(Written written, Scalar scalar, Refusal refusal) {
        boolean plainTag = written.tag().isEmpty()
                || written.tag().equals("!")
                || written.tag().equals(Go2.CORE + "str");
        boolean time = written.plain() && !written.tag().equals(Go2.CORE + "str") && Timestamp.is(written.text());
        if (plainTag && !time && scalar instanceof Scalar.Words(var text)) return text;
        throw refusal.of("a key that is no text (it reads as " + (time ? "!!timestamp" : scalar.tag()) + "); quote it");
    }

    @Override
    public boolean merges(Written key) {
        if (!key.text().equals(Assembly.ARROWS)) return false;
        return key.tag().isEmpty() || key.tag().equals("!")
                ? key.plain()
                : key.tag().equals(Go2.CORE + "merge");
    }

    @Override
    public Merging merging() {
        return Merging.KEYS_FIRST;
    }
}
