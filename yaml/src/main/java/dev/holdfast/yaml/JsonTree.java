package dev.holdfast.yaml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Builds one value from the tokens of a parser. Recursive: the depth limit keeps it off the stack's end.
final class JsonTree {

    enum Origins {
        NONE,
        KEPT
    }

    enum Duplicates {
        LAST_WINS,
        REPORTED
    }

    private final Limits limits;
    private final String path;
    private final Origins origins;
    private final Duplicates policy;
    private final List<String> duplicates = new ArrayList<>();
    /// Where the builder is, kept only while duplicates are reported.
    private final StringBuilder where = new StringBuilder();

    /// How many lines of the file stand above the text.
    private int linesAbove;

    private int depth;
    private long nodes;

    JsonTree(Limits limits, String path, Origins origins, Duplicates policy) {
        this.limits = limits;
        this.path = path;
        this.origins = origins;
        this.policy = policy;
    }

    /// The next text begins at this line of the file.
    void startAt(int line) {
        linesAbove = line - 1;
    }

    Limits limits() {
        return limits;
    }

    String path() {
        return path;
    }

    List<String> duplicates() {
        return duplicates;
    }

    /// The value that begins at the parser's current token; leaves the parser at its last one.
    Value value(JsonParser parser) throws IOException {
        var token = parser.currentToken();
        if (++nodes > limits.nodes()) throw tooMany(parser);
        return switch (token) {
            case START_OBJECT -> {
                enter(parser);
                yield policy == Duplicates.REPORTED ? strictObject(parser) : object(parser);
            }
            case START_ARRAY -> {
                enter(parser);
                yield array(parser);
            }
            case VALUE_STRING -> new Value.Text(text(parser), origin(parser));
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> real(parser);
            case VALUE_TRUE -> new Value.Bool(true, origin(parser));
            case VALUE_FALSE -> new Value.Bool(false, origin(parser));
            case VALUE_NULL -> origins == Origins.NONE ? Value.none() : new Value.Null(origin(parser));
            case FIELD_NAME, END_ARRAY, END_OBJECT, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("a value cannot begin with " + token);
        };
    }

    private Mapping object(JsonParser parser) throws IOException {
        var fields = Mapping.builder().origin(origin(parser));
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var key = key(parser);
            parser.nextToken();
            fields.put(key, value(parser));
        }
        depth--;
        return fields.build();
    }

    private Mapping strictObject(JsonParser parser) throws IOException {
        var fields = Mapping.builder().origin(origin(parser));
        var seen = new HashSet<String>();
        int here = where.length();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var key = key(parser);
            if (here > 0) where.append('.');
            where.append(key);
            if (!seen.add(key)) duplicates.add(where.toString());
            parser.nextToken();
            fields.put(key, value(parser));
            where.setLength(here);
        }
        depth--;
        return fields.build();
    }

    private Sequence array(JsonParser parser) throws IOException {
        var origin = origin(parser);
        var items = new ArrayList<Value>();
        int here = where.length();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (policy == Duplicates.REPORTED)
                where.append('[').append(items.size()).append(']');
            items.add(value(parser));
            where.setLength(here);
        }
        depth--;
        return Sequence.of(items, origin);
    }

    private void enter(JsonParser parser) {
        if (++depth <= limits.depth()) return;
        var place = place(parser);
        throw new FaultException(Fault.at(
                place,
                "TooDeep",
                "the JSON text is nested deeper than " + limits.depth() + " levels at line " + place.line()
                        + ", column " + place.column(),
                ""));
    }

    private FaultException tooMany(JsonParser parser) {
        return new FaultException(
                Fault.at(place(parser), "TooLarge", "the JSON text has more than " + limits.nodes() + " values", ""));
    }

    /// The tokenizer keeps one string per key, in a table that starts anew when it has grown large.
    private String key(JsonParser parser) throws IOException {
        return Surrogates.repaired(parser.currentName());
    }

    private static String text(JsonParser parser) throws IOException {
        int length = parser.getTextLength();
        var text = length <= Symbols.LONGEST
                ? Json.SYMBOLS.of(parser.getTextCharacters(), parser.getTextOffset(), length)
                : parser.getText();
        return Surrogates.repaired(text);
    }

    private Value integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> new Value.Whole(parser.getLongValue(), origin(parser));
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> real(parser);
        };
    }

    private Value real(JsonParser parser) throws IOException {
        double number = Double.parseDouble(parser.getText());
        if (!Double.isInfinite(number)) return Value.of(number, origin(parser));
        var place = place(parser);
        throw new FaultException(Json.fault(
                place,
                "invalid JSON at line " + place.line() + ", column " + place.column()
                        + ": a number too large for a double"));
    }

    private Origin origin(JsonParser parser) {
        return origins == Origins.NONE ? Origin.NONE : place(parser);
    }

    private Origin place(JsonParser parser) {
        var location = parser.currentTokenLocation();
        return Origin.at(path, linesAbove + location.getLineNr(), location.getColumnNr());
    }
}
