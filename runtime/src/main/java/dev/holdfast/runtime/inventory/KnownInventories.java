package dev.holdfast.runtime.inventory;

import dev.holdfast.model.AppName;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.PlacementKey;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.inventory.InventoryCodec.Chunk;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What this process knows of the inventories that the cluster keeps, by the placement's id. A placement's own entry
/// is changed by one task at a time.
final class KnownInventories {

    /// An object of ours as it was last seen.
    record Part(String name, String uid, String resourceVersion, Mapping data) {
        /// Without the texts, which nobody needs twice.
        Part bare() {
            return new Part(name, uid, resourceVersion, Mapping.EMPTY);
        }
    }

    /// What is known of a placement's objects. `uids` are those of its chunks, named by the header or not.
    record Known(Kept kept, Optional<Part> header, List<Chunk> chunks, Map<String, String> uids) {
        static final Known NOTHING = new Known(new Kept.Absent(), Optional.empty(), List.of(), Map.of());

        boolean restsOn(String uid) {
            return header.filter(stored -> stored.uid().equals(uid)).isPresent()
                    || chunks.stream().anyMatch(chunk -> uid.equals(uids.get(chunk.name())));
        }

        Optional<PlacementKey> placement() {
            return kept instanceof Kept.Found(var inventory) ? Optional.of(inventory.placement()) : Optional.empty();
        }
    }

    private final Tasks.Monitor monitor;
    // all below is guarded by the monitor
    private final Map<String, Known> known = new HashMap<>();
    private final Map<AppName, TreeSet<PlacementKey>> byApp = new TreeMap<>();
    /// Placements whose last write has an outcome that we do not know.
    private final Set<String> doubtful = new HashSet<>();
    private boolean complete;

    KnownInventories(Tasks tasks) {
        this.monitor = tasks.monitor();
    }

    /// All there are: from now on one that is not among them is known to be absent.
    void all(Map<String, Known> read) {
        monitor.run(() -> {
            known.clear();
            byApp.clear();
            doubtful.clear();
            read.forEach(this::put);
            complete = true;
        });
    }

    Optional<Known> find(String id) {
        return monitor.hold(() -> Optional.ofNullable(known.get(id)));
    }

    /// Whether it is known that nothing is kept for a placement of which nothing is known.
    boolean absent(String id) {
        return monitor.hold(() -> complete && !doubtful.contains(id));
    }

    /// The placements of an App that something is kept for.
    List<PlacementKey> of(AppName app) {
        return monitor.hold(() -> List.copyOf(byApp.getOrDefault(app, new TreeSet<>())));
    }

    void remember(String id, Known fresh) {
        monitor.run(() -> {
            remove(id);
            put(id, fresh);
            doubtful.remove(id);
        });
    }

    /// From now on it is not known what is kept.
    void doubt(String id) {
        monitor.run(() -> {
            remove(id);
            doubtful.add(id);
        });
    }

    boolean doubts(String id) {
        return monitor.hold(() -> doubtful.contains(id));
    }

    /// Nothing is kept any more.
    void forget(String id) {
        monitor.run(() -> {
            remove(id);
            doubtful.remove(id);
        });
    }

    /// An object of a placement is gone. True where what is known rested on it: then it is in doubt.
    boolean vanished(String id, String uid) {
        return monitor.hold(() -> {
            var kept = known.get(id);
            if (kept == null || !kept.restsOn(uid)) return false;
            remove(id);
            doubtful.add(id);
            return true;
        });
    }

    private void put(String id, Known fresh) {
        known.put(id, fresh);
        fresh.placement()
                .ifPresent(key ->
                        byApp.computeIfAbsent(key.app(), _ -> new TreeSet<>()).add(key));
    }

    private void remove(String id) {
        var before = known.remove(id);
        if (before == null) return;
        before.placement()
                .ifPresent(key -> byApp.computeIfPresent(key.app(), (_, keys) -> {
                    keys.remove(key);
                    return keys.isEmpty() ? null : keys;
                }));
    }
}
