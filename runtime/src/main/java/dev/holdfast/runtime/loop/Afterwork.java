package dev.holdfast.runtime.loop;

import dev.holdfast.model.PlacementKey;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.queue.Lane;
import dev.holdfast.runtime.queue.WorkQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What nobody waits for: inventories that only gained what the live objects tell as well. Their placements are
/// called when nothing else is to be done, and at the latest after a while, so that a thousand new apps are live
/// before the last stroke is written under each.
final class Afterwork {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Tasks tasks;
    private final WorkQueue<PlacementKey> queue;
    private final Tasks.Monitor monitor;
    // guarded by the monitor; until when each must be done, in the order in which they came up
    private final Map<PlacementKey, Instant> waiting = new LinkedHashMap<>();
    private final Set<PlacementKey> called = new HashSet<>();

    Afterwork(Tasks tasks, WorkQueue<PlacementKey> queue) {
        this.tasks = tasks;
        this.queue = queue;
        this.monitor = tasks.monitor();
    }

    void add(PlacementKey key) {
        var until = tasks.now().plus(LONGEST);
        monitor.run(() -> waiting.putIfAbsent(key, until));
    }

    void forget(PlacementKey key) {
        monitor.run(() -> {
            waiting.remove(key);
            called.remove(key);
        });
    }

    /// Whether it is this placement's turn; answers once.
    boolean called(PlacementKey key) {
        return monitor.hold(() -> called.remove(key));
    }

    /// Calls one after the other until the running task is cancelled.
    void run() {
        while (true) {
            monitor.await(() -> !waiting.isEmpty(), Instant.MAX);
            var until = monitor.hold(() -> waiting.values().stream().findFirst());
            if (until.isEmpty()) continue;
            queue.awaitLull(until.get());
            call().ifPresent(key -> queue.add(key, Lane.RESYNC));
        }
    }

    private Optional<PlacementKey> call() {
        return monitor.hold(() -> {
            var first = waiting.keySet().stream().findFirst();
            first.ifPresent(key -> {
                waiting.remove(key);
                called.add(key);
            });
            return first;
        });
    }
}
