package dev.holdfast.runtime.loop;

import dev.holdfast.port.Tasks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Does the same with many things, several at a time.
public final class Fan {

    private final Tasks tasks;
    private final int width;

    public Fan(Tasks tasks, int width) {
        this.tasks = tasks;
        this.width = width;
    }

    /// Returns when all are done. What `each` throws is thrown here, the first of it; the others are still done.
    /// When the running task is cancelled, so are its helpers.
    public <T> void out(String name, List<T> items, Consumer<T> each) {
        if (items.size() == 1) {
            each.accept(items.getFirst());
            return;
        }
        var monitor = tasks.monitor();
        var waiting = new ArrayDeque<>(items);
        var failures = new ArrayList<RuntimeException>();
        var helpers = new ArrayList<Tasks.Task>();
        try {
            for (int i = 0; i < Math.min(width, items.size()); i++) {
                helpers.add(tasks.spawn(name, () -> {
                    while (true) {
                        var next = monitor.hold(() -> Optional.ofNullable(waiting.pollFirst()));
                        if (next.isEmpty()) return;
                        try {
                            each.accept(next.get());
                        } catch (Tasks.Cancelled cancelled) {
                            throw cancelled;
                        } catch (RuntimeException failed) {
                            monitor.run(() -> failures.add(failed));
                        }
                    }
                }));
            }
            helpers.forEach(Tasks.Task::await);
        } finally {
            helpers.forEach(Tasks.Task::cancel);
        }
        if (!failures.isEmpty()) throw failures.getFirst();
    }
}
