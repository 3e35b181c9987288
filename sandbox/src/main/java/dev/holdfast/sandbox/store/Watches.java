package dev.holdfast.sandbox.store;

import dev.holdfast.port.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Who waits for changes of which shelf.
final class Watches {

    private final Tasks tasks;
    private final Map<String, List<Watch>> byShelf = new ConcurrentHashMap<>();
    private final List<Watch> all = new CopyOnWriteArrayList<>();

    Watches(Tasks tasks) {
        this.tasks = tasks;
    }

    Optional<Watch> open(Store store, List<Shelf> shelves, long version) {
        var cursors = new ArrayList<Watch.Cursor>();
        for (var shelf : shelves) {
            var start = shelf.entryAt(version);
            if (start.isEmpty()) return Optional.empty();
            cursors.add(new Watch.Cursor(shelf, start.get()));
        }
        var watch = new Watch(store, this, tasks.monitor(), cursors);
        all.add(watch);
        for (var shelf : shelves) {
            byShelf.computeIfAbsent(shelf.name(), _ -> new CopyOnWriteArrayList<>())
                    .add(watch);
        }
        return Optional.of(watch);
    }

    void stir(Shelf shelf) {
        for (var watch : byShelf.getOrDefault(shelf.name(), List.of())) watch.stir();
    }

    void forget(Watch watch) {
        all.remove(watch);
        byShelf.values().forEach(watching -> watching.remove(watch));
    }

    void dropAll() {
        for (var watch : all) watch.drop();
    }

    int count() {
        return all.size();
    }
}
