package dev.holdfast.runtime.loop;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement;
import dev.holdfast.model.PlacementKey;
import dev.holdfast.model.Secret;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.live.LiveReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The memories of all placements, by the id that their objects carry.
final class Memories implements LiveReader {

    private final Tasks tasks;
    private final Secret key;
    private final Tasks.Monitor monitor;
    // guarded by the monitor
    private final Map<String, PlacementMemory> byId = new HashMap<>();
    private final Map<PlacementKey, PlacementMemory> byKey = new HashMap<>();

    Memories(Tasks tasks, Secret key) {
        this.tasks = tasks;
        this.key = key;
        this.monitor = tasks.monitor();
    }

    Optional<PlacementMemory> find(PlacementKey placement) {
        return monitor.hold(() -> Optional.ofNullable(byKey.get(placement)));
    }

    Optional<PlacementMemory> find(String placementId) {
        return monitor.hold(() -> Optional.ofNullable(byId.get(placementId)));
    }

    List<PlacementKey> keys() {
        var all = monitor.hold(() -> List.copyOf(byId.values()));
        return all.stream().map(memory -> memory.placement().key()).sorted().toList();
    }

    /// The memory of a placement, made where there is none.
    Opened open(Placement placement) {
        var fresh = new PlacementMemory(placement, key, tasks);
        var known = monitor.hold(() -> {
            var before = Optional.ofNullable(byKey.putIfAbsent(placement.key(), fresh));
            if (before.isEmpty()) byId.put(fresh.id(), fresh);
            return before;
        });
        return new Opened(known.orElse(fresh), known.isEmpty());
    }

    record Opened(PlacementMemory memory, boolean fresh) {}

    void forget(PlacementKey placement) {
        monitor.run(() -> {
            var gone = byKey.remove(placement);
            if (gone != null) byId.remove(gone.id());
        });
    }

    @Override
    public Optional<LiveObject> read(String placementId, Gvk gvk, Mapping object) {
        return find(placementId).map(memory -> memory.see(gvk, object));
    }
}
