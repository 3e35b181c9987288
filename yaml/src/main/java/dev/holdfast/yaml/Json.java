package dev.holdfast.yaml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import java.io.IOException;

/// The JSON tokenizer as all of this package uses it: standard JSON in UTF-8, nothing lenient. The factory and the
/// symbols are caches of bounded size; nothing that is read depends on what was read before.
final class Json {

    static final Symbols SYMBOLS = new Symbols();

    /// No text or number is longer than its file, which the limits bound; a number longer than this is an attack.
    private static final int LONGEST_NUMBER = 1_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxNameLength(Limits.FILE.key())
                    .build())
            .build();

    private Json() {}

    static JsonParser parser(byte[] json, Origin place) {
        // the tokenizer would guess UTF-16 and UTF-32 from these bytes; Kubernetes reads UTF-8 only
        if (json.length > 1 && (json[0] == 0 || json[1] == 0 || (json[0] & 0xFE) == 0xFE)) {
            throw new FaultException(fault(place, "invalid JSON: it is not UTF-8 text"));
        }
        try {
            return FACTORY.createParser(json);
        } catch (IOException impossible) {
            throw new IllegalStateException("a parser of bytes in memory reads nothing", impossible);
        }
    }

    /// What the tokenizer found, as a fault at line and column. Its own words may quote the input, which may be
    /// secret: they are not passed on. `start` is where the text begins.
    static FaultException broken(Origin start, IOException error) {
        if (!(error instanceof JsonParseException parse)) {
            var reason = error instanceof StreamConstraintsException
                    ? "a number, a key or the nesting is beyond any limit"
                    : "it is not UTF-8 text";
            return new FaultException(fault(start, "invalid JSON: " + reason));
        }
        var location = parse.getLocation();
        int line = Math.max(0, start.line() - 1) + (location == null ? 1 : location.getLineNr());
        int column = location == null ? 1 : location.getColumnNr();
        var place = Origin.at(start.path(), line, column);
        var message = "invalid JSON at line " + line + ", column " + column + ": " + reason(parse);
        return new FaultException(fault(place, message));
    }

    static Fault fault(Origin place, String message) {
        return Fault.at(place, "InvalidJson", message, "");
    }

    private static String reason(JsonParseException parse) {
        var words = parse.getOriginalMessage();
        if (words.startsWith("Unexpected end-of-input")) return "the text ends too early";
        if (words.startsWith("Unrecognized token")) return "a word that is neither quoted nor true, false or null";
        if (words.startsWith("Invalid UTF-8")) return "it is not UTF-8 text";
        if (words.startsWith("Illegal unquoted character")) return "a control character inside quotes";
        if (words.startsWith("Unrecognized character escape")) return "an unknown escape after \\";
        if (words.contains("was expecting comma")) return "a comma or the closing bracket is missing";
        if (words.contains("was expecting a colon")) return "the colon after the key is missing";
        if (words.contains("was expecting double-quote to start field name"))
            return "a key in double quotes is missing";
        if (words.startsWith("Invalid numeric value")) return "a malformed number";
        return "an unexpected character";
    }
}
