package dev.holdfast.sandbox.write;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.request.Call;
import dev.holdfast.sandbox.request.JsonComplaint;
import dev.holdfast.sandbox.resource.Catalog;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads what clients send, within limits, and says what is wrong as the real server does.
public final class Bodies {

    /// The largest body that is read.
    public static final int LARGEST = 3 << 20;

    public static final Limits LIMITS =
            Limits.ANSWER.withBytes(LARGEST).withDepth(500).withDocuments(1);
    private static final String ACCEPTED = "application/json, application/yaml, application/vnd.kubernetes.protobuf";

    private Bodies() {}

    /// An object with the keys that it holds twice.
    public record Sent(Mapping object, List<String> duplicates) {
        public Sent {
            duplicates = List.copyOf(duplicates);
        }
    }

    /// The object that a POST or PUT carries.
    public static Sent object(Call call, ResourceType type) {
        var sent = parse(call, type.kind());
        check(sent.object(), type);
        return sent;
    }

    /// Anything that is sent to a place that takes one certain kind (`DeleteOptions`, `Scale`, reviews).
    public static Sent parse(Call call, String kind) {
        limit(call);
        return switch (call.contentType()) {
            case "", "application/json" -> json(call.body(), kind);
            case "application/yaml", "application/x-yaml", "text/yaml" -> yaml(call.body(), kind);
            case "application/vnd.kubernetes.protobuf" ->
                Protobuf.read(call.body())
                        .map(object -> new Sent(object, List.of()))
                        .orElseThrow(Bodies::unknownFormat);
            default -> throw unknownFormat();
        };
    }

    private static Refusal unknownFormat() {
        return Refusal.of(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: " + ACCEPTED);
    }

    public static void limit(Call call) {
        if (call.body().length > LARGEST) {
            throw Refusal.of(413, "RequestEntityTooLarge", "Request entity too large: limit is " + LARGEST);
        }
    }

    private static Sent json(byte[] body, String kind) {
        try {
            var checked = JsonReader.readStrict(body, LIMITS);
            if (checked.value() instanceof Mapping object) return new Sent(object, checked.duplicates());
            throw unrecognized(
                    kind,
                    "json: cannot unmarshal " + goType(checked.value())
                            + " into Go value of type struct { APIVersion string; Kind string }",
                    body);
        } catch (FaultException broken) {
            throw unrecognized(kind, complaint(body, broken), body);
        }
    }

    /// YAML or JSON, as the body itself tells; values have no origin.
    public static JsonReader.Checked structured(byte[] body) {
        int start = 0;
        while (start < body.length && Character.isWhitespace(body[start])) start++;
        if (start < body.length && body[start] == '{') return JsonReader.readStrict(body, LIMITS);
        var value = YamlReader.go2().document("", body, LIMITS);
        return new JsonReader.Checked(JsonReader.read(JsonWriter.write(value)), List.of());
    }

    private static Sent yaml(byte[] body, String kind) {
        try {
            var value = structured(body).value();
            if (value instanceof Mapping object) return new Sent(object, List.of());
            throw unrecognized(kind, "yaml: a " + value.typeName() + " where an object is expected", body);
        } catch (FaultException broken) {
            throw unrecognized(kind, broken.fault().explanation().message(), body);
        }
    }

    private static Refusal unrecognized(String kind, String why, byte[] body) {
        var text = new String(body, 0, Math.min(body.length, 100), StandardCharsets.UTF_8);
        return Refusal.badRequest("the object provided is unrecognized (must be of type " + kind
                + "): couldn't get version/kind; json parse error: " + why + " (" + text + ")");
    }

    static String complaint(byte[] body, FaultException broken) {
        var words = JsonComplaint.of(body);
        return words.isEmpty() ? broken.fault().explanation().message() : words;
    }

    static String goType(Value value) {
        return switch (value) {
            case Mapping _ -> "object";
            case dev.holdfast.model.Sequence _ -> "array";
            case Value.Bool _ -> "bool";
            case Value.Text _ -> "string";
            case Value.Null _ -> "null";
            case Value.Whole _, Value.Real _ -> "number";
        };
    }

    private static void check(Mapping object, ResourceType type) {
        var kind = Meta.kind(object);
        var apiVersion = Meta.apiVersion(object);
        if (kind.isEmpty()) throw Refusal.badRequest("Object 'Kind' is missing in the body of the request");
        if (kind.equals(type.kind()) && Catalog.groupOf(apiVersion).equals(type.group())) {
            if (apiVersion.equals(type.apiVersion())) return;
            throw Refusal.badRequest("the API version in the data (" + apiVersion
                    + ") does not match the expected API version (" + type.apiVersion() + ")");
        }
        if (type.custom()) {
            throw Refusal.badRequest("the object provided is of " + apiVersion + ", Kind=" + kind
                    + ", where the request's address says " + type.apiVersion() + ", Kind=" + type.kind());
        }
        var version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        throw Refusal.badRequest(kind + " in version \"" + version + "\" cannot be handled as a " + type.kind()
                + ": converting (" + version + "." + kind + ") to (" + internal(type.group()) + "." + type.kind()
                + "): unknown conversion");
    }

    /// The package of a group's internal types, as such errors name it.
    private static String internal(String group) {
        if (group.isEmpty()) return "core";
        int dot = group.indexOf('.');
        return dot < 0 ? group : group.substring(0, dot);
    }
}
