package dev.holdfast.runtime.inventory;

import dev.holdfast.model.AppName;
import dev.holdfast.model.Digest;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.PlacementKey;
import dev.holdfast.model.Value;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Form;
import dev.holdfast.port.Cluster.Selection;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.home.Home;
import dev.holdfast.runtime.home.Kinds;
import dev.holdfast.runtime.inventory.InventoryCodec.Chunk;
import dev.holdfast.runtime.inventory.KnownInventories.Known;
import dev.holdfast.runtime.inventory.KnownInventories.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Inventories in ConfigMaps of Holdfast's own namespace: `holdfast-inventory-<placement>`, with further chunks in
/// `…-1`, `…-2` where one does not suffice. A changed chunk is written under a name that the current header does
/// not use, the header that names it is committed last, and only then what it no longer names is deleted: a crash
/// in between leaves the old inventory whole. Every write expects the version that was read.
public final class InventoryStore {

    public static final String PREFIX = "holdfast-inventory-";
    public static final String LABEL = "holdfast.dev/inventory";
    private static final int MAX_CHUNKS = 500;

    private final Home home;
    private final int chunkBytes;
    private final KnownInventories known;

    public InventoryStore(Home home, Tasks tasks) {
        this(home, tasks, InventoryCodec.CHUNK_BYTES);
    }

    InventoryStore(Home home, Tasks tasks, int chunkBytes) {
        this.home = home;
        this.known = new KnownInventories(tasks);
        this.chunkBytes = chunkBytes;
    }

    /// Reads all inventories with one paged list. From then on an inventory that was not in it is known to be
    /// absent.
    public void readAll() {
        var objects = new TreeMap<String, List<Part>>();
        list(
                LABEL,
                object -> objects.computeIfAbsent(id(object), _ -> new ArrayList<>())
                        .add(stored(object)));
        var read = new TreeMap<String, Known>();
        objects.forEach((id, parts) -> read.put(id, assemble(id, parts)));
        known.all(read);
    }

    /// The placements of an App that something is kept for.
    public List<PlacementKey> of(AppName app) {
        return known.of(app);
    }

    /// What is kept for a placement: without a request where that is known.
    public Kept read(PlacementKey key) {
        var id = key.id();
        var remembered = known.find(id);
        if (remembered.isPresent()) return remembered.get().kept();
        return known.absent(id) ? new Kept.Absent() : readAgain(id);
    }

    /// Reads anew: after a write whose outcome is not known, and when a person says that it was restored.
    public Kept readAgain(PlacementKey key) {
        return readAgain(key.id());
    }

    private Kept readAgain(String id) {
        var parts = new ArrayList<Part>();
        list(LABEL + "=" + id, object -> parts.add(stored(object)));
        var fresh = assemble(id, parts);
        known.remember(id, fresh);
        return fresh.kept();
    }

    /// Commits an inventory.
    /// @throws FaultException transient `InventoryChanged` when somebody else wrote it meanwhile; after any failure
    /// what is kept is read anew at the next {@link #read}
    public void write(Inventory inventory) {
        var id = inventory.placement().id();
        if (read(inventory.placement()) instanceof Kept.Unreadable(var fault)) throw new FaultException(fault);
        var before = known.find(id).orElse(Known.NOTHING);
        known.doubt(id);
        var texts = InventoryCodec.chunks(inventory, chunkBytes);
        if (texts.size() > MAX_CHUNKS) throw tooLarge(inventory);
        var uids = new HashMap<>(before.uids());
        var chunks = texts.size() == 1
                ? List.of(new Chunk("", Digest.of(texts.getFirst())))
                : writeChunks(id, texts, before, uids);
        var data = Mapping.of("header", Value.of(InventoryCodec.text(InventoryCodec.header(inventory, chunks))));
        if (texts.size() == 1) data = data.with("entries", Value.of(texts.getFirst()));
        var header = commit(inventory.placement(), id, data, before.header());
        dropUnnamed(chunks, uids);
        known.remember(id, new Known(new Kept.Found(inventory), Optional.of(header.bare()), chunks, Map.copyOf(uids)));
    }

    /// An object of a placement is gone. True where what is kept rested on it: then it is read anew.
    boolean vanished(String id, String uid) {
        return known.vanished(id, uid);
    }

    /// Whether what is kept for a placement must be read anew, because it is not known how it ended.
    public boolean doubts(PlacementKey key) {
        return known.doubts(key.id());
    }

    /// Deletes everything that is kept for a placement.
    public void forget(PlacementKey key) {
        var id = key.id();
        var parts = new ArrayList<Part>();
        var remembered = known.find(id);
        if (remembered.isPresent() && remembered.get().header().isPresent()) {
            parts.add(remembered.get().header().get());
            remembered.get().uids().forEach((name, uid) -> parts.add(new Part(name, uid, "", Mapping.EMPTY)));
        } else {
            list(LABEL + "=" + id, object -> parts.add(stored(object)));
        }
        // said before: that they go is no loss
        known.doubt(id);
        // the header goes last: as long as it stands, what it names is not forgotten
        for (var part : parts.reversed()) home.delete(Kinds.CONFIG_MAPS, part.name(), part.uid());
        known.forget(id);
    }

    private List<Chunk> writeChunks(String id, List<String> texts, Known before, Map<String, String> uids) {
        var reusable = new HashMap<Digest, String>();
        var taken = new HashSet<String>();
        for (var chunk : before.chunks()) {
            taken.add(chunk.name());
            if (!chunk.name().isEmpty()) reusable.put(chunk.digest(), chunk.name());
        }
        var chunks = new ArrayList<Chunk>();
        int next = 1;
        for (var text : texts) {
            var digest = Digest.of(text);
            var name = reusable.remove(digest);
            if (name == null) {
                while (taken.contains(PREFIX + id + "-" + next)) next++;
                name = PREFIX + id + "-" + next;
                taken.add(name);
                uids.put(name, writeChunk(id, name, text));
            }
            chunks.add(new Chunk(name, digest));
        }
        return chunks;
    }

    private String writeChunk(String id, String name, String text) {
        var body = body(id, name, Mapping.EMPTY, Mapping.of("entries", Value.of(text)));
        var made = home.create(Kinds.CONFIG_MAPS, body);
        if (made.isEmpty()) {
            // left behind by a crash; no header names it
            var stray = home.find(Kinds.CONFIG_MAPS, name).orElseThrow(() -> changed(name));
            made = home.replace(Kinds.CONFIG_MAPS, stray.with("data", body.mapping("data")));
        }
        return made.orElseThrow(() -> changed(name)).text("metadata", "uid").orElse("");
    }

    private Part commit(PlacementKey key, String id, Mapping data, Optional<Part> before) {
        var name = PREFIX + id;
        var annotations = Mapping.of("holdfast.dev/placement", Value.of(key.toString()));
        var body = body(id, name, annotations, data);
        if (before.isEmpty()) {
            return stored(home.create(Kinds.CONFIG_MAPS, body).orElseThrow(() -> changed(name)));
        }
        var versioned = body.with(
                        List.of("metadata", "uid"), Value.of(before.get().uid()))
                .with(
                        List.of("metadata", "resourceVersion"),
                        Value.of(before.get().resourceVersion()));
        return stored(home.replace(Kinds.CONFIG_MAPS, versioned).orElseThrow(() -> changed(name)));
    }

    /// Best effort: a chunk that no header names is overwritten or deleted later.
    private void dropUnnamed(List<Chunk> chunks, Map<String, String> uids) {
        var named = new HashSet<String>();
        for (var chunk : chunks) named.add(chunk.name());
        for (var stray : new TreeMap<>(uids).entrySet()) {
            if (named.contains(stray.getKey())) continue;
            try {
                home.delete(Kinds.CONFIG_MAPS, stray.getKey(), stray.getValue());
                uids.remove(stray.getKey());
            } catch (FaultException later) {
                return;
            }
        }
    }

    private Known assemble(String id, List<Part> parts) {
        Part header = null;
        var others = new TreeMap<String, Part>();
        for (var part : parts) {
            if (part.name().equals(PREFIX + id)) header = part;
            else others.put(part.name(), part);
        }
        var uids = new HashMap<String, String>();
        others.forEach((name, part) -> uids.put(name, part.uid()));
        // chunks without a header: a first write that did not get to its end
        if (header == null) return new Known(new Kept.Absent(), Optional.empty(), List.of(), Map.copyOf(uids));
        try {
            var read = InventoryCodec.readHeader(text(header, "header"));
            if (!read.placement().id().equals(id)) {
                throw new IllegalArgumentException("it is the inventory of " + read.placement());
            }
            var kept = new Kept.Found(InventoryCodec.read(read, texts(read.chunks(), header, others)));
            return new Known(kept, Optional.of(header.bare()), read.chunks(), Map.copyOf(uids));
        } catch (RuntimeException damaged) {
            return new Known(
                    new Kept.Unreadable(unreadable(id, damaged)),
                    Optional.of(header.bare()),
                    List.of(),
                    Map.copyOf(uids));
        }
    }

    private static List<String> texts(List<Chunk> chunks, Part header, Map<String, Part> others) {
        var texts = new ArrayList<String>();
        for (var chunk : chunks) {
            var holder = chunk.name().isEmpty() ? header : others.get(chunk.name());
            if (holder == null) throw new IllegalArgumentException("its chunk " + chunk.name() + " is missing");
            var text = text(holder, "entries");
            if (!Digest.of(text).equals(chunk.digest())) {
                throw new IllegalArgumentException("the digest of " + holder.name() + " does not match its header");
            }
            texts.add(text);
        }
        return texts;
    }

    private Fault unreadable(String id, RuntimeException damaged) {
        var why = damaged instanceof FaultException told
                ? told.fault().explanation().message()
                : damaged.getMessage();
        return Fault.terminal(
                "InventoryUnreadable",
                "the inventory " + home.namespace() + "/" + PREFIX + id + " can't be read: " + why,
                "Restore the ConfigMap from a backup; nothing is deleted meanwhile");
    }

    private FaultException tooLarge(Inventory inventory) {
        return new FaultException(Fault.terminal(
                "InventoryTooLarge",
                inventory.placement() + " has " + inventory.entries().size() + " objects, more than an inventory holds",
                "Split the app"));
    }

    private FaultException changed(String name) {
        return new FaultException(Fault.temporary(
                "InventoryChanged",
                "the inventory " + home.namespace() + "/" + name + " was changed by somebody else",
                "It is read again; see that only one Holdfast runs in this namespace"));
    }

    private void list(String selector, java.util.function.Consumer<Mapping> each) {
        var selection = new Selection(Kinds.CONFIG_MAPS, home.namespace(), selector, "", Form.WHOLE);
        home.cluster().list(selection, Caller.SELF, each);
    }

    static String id(Mapping object) {
        return object.text("metadata", "labels", LABEL).orElse("");
    }

    private static Part stored(Mapping object) {
        return new Part(
                object.text("metadata", "name").orElse(""),
                object.text("metadata", "uid").orElse(""),
                object.text("metadata", "resourceVersion").orElse(""),
                object.mapping("data"));
    }

    private static String text(Part part, String field) {
        var text = part.data().text(field);
        return text.orElseThrow(() -> new IllegalArgumentException(part.name() + " has no " + field));
    }

    private Mapping body(String id, String name, Mapping annotations, Mapping data) {
        var metadata = Mapping.builder()
                .put("name", name)
                .put("namespace", home.namespace())
                .put(
                        "labels",
                        Mapping.of(LABEL, Value.of(id)).with("app.kubernetes.io/managed-by", Value.of("holdfast")));
        if (!annotations.isEmpty()) metadata.put("annotations", annotations);
        return Mapping.builder()
                .put("apiVersion", "v1")
                .put("kind", "ConfigMap")
                .put("metadata", metadata.build())
                .put("data", data)
                .build();
    }
}
