package dev.holdfast.runtime.inventory;

import dev.holdfast.model.AppName;
import dev.holdfast.model.Digest;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Entry;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Operation;
import dev.holdfast.model.PlacementKey;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/// An inventory as texts: a header (placement, generation, operation, history, and the digests of the chunks) and
/// chunks of entries that fit into a ConfigMap. Total in one direction; in the other, whatever does not add up
/// throws, so that a damaged inventory is never taken for a smaller one.
final class InventoryCodec {

    static final int VERSION = 1;
    /// A ConfigMap holds one MiB; the header and the object's own fields need room, too.
    static final int CHUNK_BYTES = 700_000;

    private InventoryCodec() {}

    record Header(PlacementKey placement, long generation, List<Chunk> chunks, Mapping json) {}

    /// `name` is empty for the one chunk that stands beside its header.
    record Chunk(String name, Digest digest) {}

    static Mapping header(Inventory inventory, List<Chunk> chunks) {
        var key = inventory.placement();
        var listed = new ArrayList<Value>();
        for (var chunk : chunks) {
            listed.add(Value.texts(List.of(chunk.name(), chunk.digest().hex())));
        }
        var history = new ArrayList<Value>();
        for (var operation : inventory.history()) history.add(OperationCodec.encode(operation));
        var header = Mapping.builder()
                .put("version", VERSION)
                .put(
                        "placement",
                        Value.texts(List.of(
                                key.installation(),
                                key.app().namespace(),
                                key.app().name(),
                                key.target(),
                                key.cluster())))
                .put("generation", inventory.generation())
                .put("count", inventory.entries().size())
                .put("revisions", OperationCodec.encode(inventory.revisions()));
        inventory.operation().ifPresent(operation -> header.put("operation", OperationCodec.encode(operation)));
        return header.put("history", Value.of(history))
                .put("chunks", Value.of(listed))
                .build();
    }

    static List<String> chunks(Inventory inventory, int limit) {
        var chunks = new ArrayList<String>();
        var text = new StringBuilder("[");
        int size = 1;
        for (var entry : inventory.entries().values()) {
            var line = EntryCodec.encode(entry);
            int bytes = line.getBytes(StandardCharsets.UTF_8).length + 2;
            if (size > 1 && size + bytes > limit) {
                chunks.add(text.append(']').toString());
                text = new StringBuilder("[");
                size = 1;
            }
            if (size > 1) text.append(",\n");
            text.append(line);
            size += bytes;
        }
        chunks.add(text.append(']').toString());
        return chunks;
    }

    static String text(Mapping header) {
        return JsonWriter.text(header);
    }

    static Header readHeader(String text) {
        var json = JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
        long version = json.whole("version").orElse(0L);
        if (version != VERSION) throw new NoSuchElementException("its format " + version + " is not known here");
        var names = json.sequence("placement").items().stream()
                .map(OperationCodec::plain)
                .toList();
        var key = new PlacementKey(names.get(0), new AppName(names.get(1), names.get(2)), names.get(3), names.get(4));
        var chunks = new ArrayList<Chunk>();
        for (var item : json.sequence("chunks").items()) {
            var parts = item.asSequence().orElseThrow().items();
            chunks.add(new Chunk(OperationCodec.plain(parts.get(0)), new Digest(OperationCodec.plain(parts.get(1)))));
        }
        if (chunks.isEmpty()) throw new NoSuchElementException("it names no chunk");
        return new Header(key, json.whole("generation").orElseThrow(), List.copyOf(chunks), json);
    }

    static Inventory read(Header header, List<String> chunks) {
        var entries = new TreeMap<Ref, Entry>();
        for (var text : chunks) {
            var json = JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
            if (!(json instanceof Sequence list)) throw new NoSuchElementException("a chunk is no list");
            for (var item : list.items()) {
                var entry = EntryCodec.decode(item.asSequence().orElseThrow());
                entries.put(entry.ref(), entry);
            }
        }
        var json = header.json();
        if (json.whole("count").orElse(-1L) != entries.size()) {
            throw new NoSuchElementException("it holds " + entries.size() + " entries where its header says "
                    + json.whole("count").orElse(-1L));
        }
        var history = new ArrayList<Operation>();
        for (var item : json.sequence("history").mappings()) history.add(OperationCodec.decode(item));
        var operation = json.find("operation").flatMap(Value::asMapping).map(OperationCodec::decode);
        return new Inventory(
                header.placement(),
                header.generation(),
                entries,
                OperationCodec.decodeRevisions(json.sequence("revisions")),
                operation,
                history);
    }
}
