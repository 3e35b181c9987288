package dev.holdfast.sandbox.store;

import dev.holdfast.port.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// Who waits for changes of which shelf, in the order in which they came: a simulation wakes them in the same order
/// every time.
final class Watches {

    private final Tasks tasks;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<String, ConcurrentSkipListMap<Long, Watch>> byShelf = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, Watch> all = new ConcurrentSkipListMap<>();

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
        long number = numbers.incrementAndGet();
        var watch = new Watch(new Watch.Home(store, this, number), tasks.monitor(), cursors);
        all.put(number, watch);
        for (var shelf : shelves) {
            byShelf.computeIfAbsent(shelf.name(), _ -> new ConcurrentSkipListMap<>())
                    .put(number, watch);
        }
        return Optional.of(watch);
    }

    void stir(Shelf shelf) {
        var waiting = byShelf.get(shelf.name());
        if (waiting == null) return;
        for (var watch : waiting.values()) watch.stir();
    }

    void forget(long number) {
        all.remove(number);
        byShelf.values().forEach(waiting -> waiting.remove(number));
    }

    void dropAll() {
        for (var watch : all.values()) watch.drop();
    }

    int count() {
        return all.size();
    }
}
