package dev.holdfast.yaml;

import com.fasterxml.jackson.core.JsonParser;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// JSON text to values, with the numbers of Kubernetes' unstructured objects: a literal that is integral and fits
/// is a 64-bit integer, any other a double; one beyond a double's range is an error. The last of two equal keys
/// wins. A surrogate without its partner becomes U+FFFD, as in Go.
///
/// Every method throws {@link FaultException} with a terminal fault (`InvalidJson`, `TooLarge`, `TooDeep`) that
/// names line and column and quotes nothing of the text.
public final class JsonReader {

    private JsonReader() {}

    /// An answer or a body; values have no origin.
    public static Value read(byte[] json) {
        return read(json, Limits.ANSWER);
    }

    public static Value read(byte[] json, Limits limits) {
        return tree(json, new JsonTree(limits, "", JsonTree.Origins.NONE, JsonTree.Duplicates.LAST_WINS));
    }

    /// As {@link #read(byte[])}, for what must be a JSON object.
    public static Mapping readObject(byte[] json) {
        return readObject(json, Limits.ANSWER);
    }

    public static Mapping readObject(byte[] json, Limits limits) {
        var value = read(json, limits);
        if (value instanceof Mapping mapping) return mapping;
        throw new FaultException(
                Json.fault(Origin.NONE, "invalid JSON: a " + value.typeName() + " where an object is expected"));
    }

    /// A file: every value knows its line and column.
    public static Value readFile(String path, byte[] json, Limits limits) {
        return tree(json, new JsonTree(limits, path, JsonTree.Origins.KEPT, JsonTree.Duplicates.LAST_WINS));
    }

    /// What `fieldValidation=Strict` needs: the value, and the path of every key that stands twice
    /// (`spec.containers[0].image`).
    public static Checked readStrict(byte[] json, Limits limits) {
        var tree = new JsonTree(limits, "", JsonTree.Origins.NONE, JsonTree.Duplicates.REPORTED);
        var value = tree(json, tree);
        return new Checked(value, tree.duplicates());
    }

    public record Checked(Value value, List<String> duplicates) {
        public Checked {
            duplicates = List.copyOf(duplicates);
        }
    }

    /// The JSON values of a text one after the other, as kubectl reads a file of them.
    static List<Value> readAll(JsonTree tree, Chunk chunk) {
        var values = new ArrayList<Value>();
        tree.startAt(chunk.line());
        var start = Origin.at(tree.path(), chunk.line(), 1);
        try (var parser = Json.parser(chunk.text().getBytes(StandardCharsets.UTF_8), start)) {
            while (parser.nextToken() != null) {
                values.add(tree.value(parser));
                if (values.size() > tree.limits().documents()) return values;
            }
            return values;
        } catch (IOException error) {
            throw Json.broken(start, error);
        }
    }

    private static Value tree(byte[] json, JsonTree tree) {
        var start = Origin.at(tree.path(), 1, 1);
        if (json.length > tree.limits().bytes()) {
            throw new FaultException(Fault.at(
                    start,
                    "TooLarge",
                    "the JSON text has " + json.length + " bytes, the limit is "
                            + tree.limits().bytes(),
                    ""));
        }
        try (var parser = Json.parser(json, start)) {
            if (parser.nextToken() == null) throw new FaultException(Json.fault(start, "invalid JSON: it is empty"));
            var value = tree.value(parser);
            refuseMore(parser, tree.path());
            return value;
        } catch (IOException error) {
            throw Json.broken(start, error);
        }
    }

    private static void refuseMore(JsonParser parser, String path) throws IOException {
        if (parser.nextToken() == null) return;
        var location = parser.currentTokenLocation();
        throw new FaultException(Json.fault(
                Origin.at(path, location.getLineNr(), location.getColumnNr()),
                "invalid JSON at line " + location.getLineNr() + ", column " + location.getColumnNr()
                        + ": more text after the end of the value"));
    }
}
