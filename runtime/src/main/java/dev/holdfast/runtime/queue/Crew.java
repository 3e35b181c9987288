package dev.holdfast.runtime.queue;

import dev.holdfast.port.Tasks;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Works on what a queue gives out: each key by a task of its own, as many at a time as the queue allows.
public final class Crew<K extends Comparable<K>> {

    private final Tasks tasks;
    private final WorkQueue<K> queue;
    private final String name;
    private final Consumer<WorkQueue.Taken<K>> work;
    private final Tasks.Monitor monitor;
    // guarded by the monitor: those at work by number, without a task for the instant in which they begin
    private final Map<Long, Optional<Tasks.Task>> working = new LinkedHashMap<>();
    private long begun;

    /// @param name what is done to a key, for the names of tasks
    /// @param work ends without an exception, or with {@link Tasks.Cancelled}
    public Crew(Tasks tasks, WorkQueue<K> queue, String name, Consumer<WorkQueue.Taken<K>> work) {
        this.tasks = tasks;
        this.queue = queue;
        this.name = name;
        this.work = work;
        this.monitor = tasks.monitor();
    }

    /// Takes keys until the running task is cancelled. What is being worked on then goes on.
    public void run() {
        while (true) {
            var taken = queue.take();
            long number = monitor.hold(() -> {
                working.put(++begun, Optional.empty());
                return begun;
            });
            var task = tasks.spawn(name + " " + taken.key(), () -> {
                try {
                    work.accept(taken);
                } finally {
                    queue.done(taken.key());
                    monitor.run(() -> working.remove(number));
                }
            });
            monitor.run(() -> working.computeIfPresent(number, (_, _) -> Optional.of(task)));
        }
    }

    /// Waits until nothing is being worked on; what still is at `patience` is cut off.
    public void finish(Instant patience) {
        monitor.await(working::isEmpty, patience);
        abandon();
    }

    /// Cuts off what is being worked on, without waiting for anything.
    public void abandon() {
        for (var task : monitor.hold(() -> List.copyOf(working.values()))) task.ifPresent(Tasks.Task::cancel);
    }
}
