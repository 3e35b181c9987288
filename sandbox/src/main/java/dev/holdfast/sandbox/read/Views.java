package dev.holdfast.sandbox.read;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.realm.Types;
import dev.holdfast.sandbox.request.Form;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.yaml.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Stored items in the form that a client wants: the whole object, its metadata, or rows of a table. Whole objects
/// in the stored version are sent as they are kept, without building a tree.
public final class Views {

    private final Tables tables;
    private final Types types;

    public Views(Tables tables, Types types) {
        this.tables = tables;
        this.types = types;
    }

    public Mapping tree(ResourceType type, Item item) {
        return types.seen(type, item.tree());
    }

    /// One object, as JSON.
    public byte[] one(ResourceType type, Item item, Wanted wanted) {
        return switch (wanted.as()) {
            case OBJECT, DISCOVERY, WIRE -> whole(type, item);
            case METADATA -> JsonWriter.write(metadata(tree(type, item)));
            case TABLE -> JsonWriter.write(table(type, List.of(item), wanted, Long.toString(item.version())));
        };
    }

    /// What a client asked for besides the form: how much of each object comes with a table's row.
    public record Wanted(Form.As as, String includeObject, Header header) {
        public static final Wanted PLAIN = new Wanted(Form.As.OBJECT, "", Header.WRITTEN);

        Wanted without() {
            return new Wanted(as, includeObject, Header.LEFT_OUT);
        }
    }

    /// Whether a table names its columns: only the first one of a watch does.
    public enum Header {
        WRITTEN,
        LEFT_OUT
    }

    byte[] whole(ResourceType type, Item item) {
        var json = item.json();
        if (startsWith(json, start(type))) return json;
        var tree = item.tree();
        var seen = types.seen(type, tree);
        return seen == tree ? json : JsonWriter.write(seen);
    }

    /// How the stored text of a built-in object begins; its list items leave this out.
    static byte[] start(ResourceType type) {
        return ("{\"kind\":\"" + type.kind() + "\",\"apiVersion\":\"" + type.apiVersion() + "\",")
                .getBytes(StandardCharsets.UTF_8);
    }

    static boolean startsWith(byte[] text, byte[] start) {
        return text.length > start.length && Arrays.equals(text, 0, start.length, start, 0, start.length);
    }

    static Mapping metadata(Mapping object) {
        return Mapping.builder()
                .put("kind", "PartialObjectMetadata")
                .put("apiVersion", "meta.k8s.io/v1")
                .put("metadata", object.mapping("metadata"))
                .build();
    }

    Mapping table(ResourceType type, List<Item> items, Wanted wanted, String version) {
        var columns = tables.of(type);
        var rows = new ArrayList<Value>(items.size());
        for (var item : items) {
            var object = tree(type, item);
            var row = Mapping.builder().put("cells", columns.cells(object));
            switch (wanted.includeObject()) {
                case "None" -> {}
                case "Object" -> row.put("object", object);
                default -> row.put("object", metadata(object));
            }
            rows.add(row.build());
        }
        var definitions = wanted.header() == Header.WRITTEN ? columns.definitions() : Value.of(List.of());
        return Mapping.builder()
                .put("kind", "Table")
                .put("apiVersion", "meta.k8s.io/v1")
                .put("metadata", Mapping.of("resourceVersion", Value.of(version)))
                .put("columnDefinitions", definitions)
                .put("rows", Value.of(rows))
                .build();
    }
}
