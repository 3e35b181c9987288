package dev.holdfast.runtime.render;

import dev.holdfast.model.PlacementKey;
import dev.holdfast.port.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// Rendering takes the processor, which all apps share. An app whose last render took long gives way while others
/// have something to do, for a while: so neither a huge app nor a hostile one makes two hundred small ones wait. A
/// commit wakes many apps within a moment, so it waits that moment first, whoever was woken before the others.
final class HeavyRenders {

    private static final Duration HEAVY = Duration.ofMillis(300);
    private static final Duration MOMENT = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Tasks tasks;
    private final BooleanSupplier crowded;
    private final Tasks.Monitor monitor;
    // guarded by the monitor
    private final Map<PlacementKey, Duration> last = new HashMap<>();
    /// Since when those that gave way have waited.
    private final Map<PlacementKey, Instant> waiting = new HashMap<>();

    HeavyRenders(Tasks tasks, BooleanSupplier crowded) {
        this.tasks = tasks;
        this.crowded = crowded;
        this.monitor = tasks.monitor();
    }

    /// Whether the render that is due must wait now.
    boolean givesWay(PlacementKey key) {
        boolean heavy = monitor.hold(() -> {
            var took = last.get(key);
            return took != null && took.compareTo(HEAVY) > 0;
        });
        if (!heavy) return false;
        var now = tasks.now();
        var since = monitor.hold(() -> waiting.computeIfAbsent(key, _ -> now));
        if (now.isBefore(since.plus(MOMENT))) return true;
        return crowded.getAsBoolean() && now.isBefore(since.plus(PATIENCE));
    }

    /// Whether it gave way and was not rendered since.
    boolean waits(PlacementKey key) {
        return monitor.hold(() -> waiting.containsKey(key));
    }

    /// A render has ended, in whatever way.
    void took(PlacementKey key, Duration time) {
        monitor.run(() -> {
            last.put(key, time);
            waiting.remove(key);
        });
    }

    /// What was due is so no more.
    void nothingDue(PlacementKey key) {
        monitor.run(() -> waiting.remove(key));
    }

    void forget(PlacementKey key) {
        monitor.run(() -> {
            last.remove(key);
            waiting.remove(key);
        });
    }
}
