package dev.holdfast.sandbox.schema;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The OpenAPI 2 document in the only form that kubectl reads it in: the protobuf messages of gnostic
/// (`openapiv2/OpenAPIv2.proto`), where each alternative of a field has a message of its own around it. kubectl asks
/// for it whenever it has to check an object by itself, a `kind: List` above all.
final class WireDocument {

    private static final String EXTENSION = "x-";
    private static final Map<String, Map<String, Field>> MESSAGES = read();

    /// A field's number and what it holds; a `*` after it says that there are many.
    private record Field(int number, String content) {}

    private WireDocument() {}

    static byte[] of(Mapping document) {
        return message("Document", document);
    }

    private static Map<String, Map<String, Field>> read() {
        var stream = WireDocument.class.getResourceAsStream("openapi2.txt");
        if (stream == null) throw new IllegalStateException("the table openapi2.txt is missing from the program");
        var messages = new HashMap<String, Map<String, Field>>();
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (var line : reader.lines().filter(each -> !each.startsWith("#")).toList()) {
                var words = List.of(line.split(" "));
                var fields = new HashMap<String, Field>();
                for (var word : words.subList(1, words.size())) {
                    var parts = List.of(word.split("[=:]"));
                    fields.put(parts.getFirst(), new Field(Integer.parseInt(parts.get(1)), parts.get(2)));
                }
                messages.put(words.getFirst(), fields);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the table openapi2.txt", e);
        }
        return messages;
    }

    private static byte[] message(String name, Mapping object) {
        var fields = MESSAGES.getOrDefault(name, Map.of());
        var out = new WireWriter();
        for (var entry : object) {
            var field = fields.get(entry.key());
            var extension = fields.get(EXTENSION);
            if (field != null) {
                put(out, field, entry.value());
            } else if (extension != null && entry.key().startsWith(EXTENSION)) {
                out.bytes(extension.number(), named(entry.key(), any(entry.value())));
            }
        }
        return out.written();
    }

    private static void put(WireWriter out, Field field, Value value) {
        if (field.content().endsWith("*")) {
            var each = new Field(
                    field.number(), field.content().substring(0, field.content().length() - 1));
            for (var item : value.asSequence().orElseThrow()) put(out, each, item);
            return;
        }
        switch (field.content()) {
            case "text" -> out.text(field.number(), value.asText().orElse(""));
            case "bool" -> out.whole(field.number(), value.asBool().orElse(false) ? 1 : 0);
            case "whole" -> out.whole(field.number(), value.asWhole().orElse(0L));
            case "real" -> out.real(field.number(), Double.parseDouble(value.toString()));
            default -> out.bytes(field.number(), content(field.content(), value));
        }
    }

    private static byte[] content(String kind, Value value) {
        return switch (kind) {
            case "Any" -> any(value);
            case "TypeItem" -> texts(value);
            case "StringArray" -> texts(value);
            case "Paths" -> entries(2, "PathItem", value);
            case "Definitions", "Properties" -> entries(1, "Schema", value);
            case "Responses" -> entries(1, "ResponseValue", value);
            case "SecurityDefinitions" -> entries(1, "SecurityDefinitionsItem", value);
            case "SecurityRequirement" -> entries(1, "StringArray", value);
            case "ResponseValue" -> within(1, "Response", value);
            case "SchemaItem", "ItemsItem" -> within(1, "Schema", value);
            case "SecurityDefinitionsItem" -> within(2, "ApiKeySecurity", value);
            case "ParametersItem" -> within(1, "Parameter", value);
            case "Parameter" -> parameter(value.asMapping().orElseThrow());
            case "AdditionalPropertiesItem" ->
                value instanceof Value.Bool flag
                        ? new WireWriter().whole(2, flag.value() ? 1 : 0).written()
                        : within(1, "Schema", value);
            default -> message(kind, value.asMapping().orElseThrow());
        };
    }

    private static byte[] parameter(Mapping parameter) {
        return switch (parameter.text("in").orElse("")) {
            case "body" -> within(1, "BodyParameter", parameter);
            case "header" ->
                new WireWriter()
                        .bytes(2, within(1, "HeaderParameter", parameter))
                        .written();
            case "query" ->
                new WireWriter()
                        .bytes(2, within(3, "QueryParameter", parameter))
                        .written();
            default ->
                new WireWriter().bytes(2, within(4, "PathParameter", parameter)).written();
        };
    }

    private static byte[] within(int field, String kind, Value value) {
        return new WireWriter().bytes(field, content(kind, value)).written();
    }

    private static byte[] entries(int field, String kind, Value map) {
        var out = new WireWriter();
        for (var entry : map.asMapping().orElseThrow()) {
            out.bytes(field, named(entry.key(), content(kind, entry.value())));
        }
        return out.written();
    }

    private static byte[] named(String name, byte[] value) {
        return new WireWriter().text(1, name).bytes(2, value).written();
    }

    private static byte[] texts(Value value) {
        var out = new WireWriter();
        if (value instanceof Value.Text text) return out.text(1, text.value()).written();
        for (var item : value.asSequence().orElseThrow()) out.text(1, item.toString());
        return out.written();
    }

    /// Values of any shape travel as YAML, of which JSON is a part.
    private static byte[] any(Value value) {
        return new WireWriter().text(2, JsonWriter.text(value) + "\n").written();
    }
}
