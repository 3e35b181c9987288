package dev.holdfast.sandbox.store;

import dev.holdfast.port.Tasks;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All changes of all shelves in one order, for the controllers. Read by one task.
public final class Feed {

    private final Tasks.Monitor monitor;
    private Node at;

    Feed(Tasks.Monitor monitor, Node at) {
        this.monitor = monitor;
        this.at = at;
    }

    static final class Node {
        final @Nullable Seen seen;
        volatile @Nullable Node next;

        Node(@Nullable Seen seen) {
            this.seen = seen;
        }
    }

    /// A change and where it happened.
    public record Seen(Shelf shelf, Change change) {}

    /// The next change, where there is one already.
    public Optional<Seen> poll() {
        var next = at.next;
        if (next == null) return Optional.empty();
        at = next;
        return Optional.ofNullable(next.seen);
    }

    /// Waits for a change until a deadline.
    public void await(Instant deadline) {
        if (at.next == null) monitor.await(() -> at.next != null, deadline);
    }

    void stir() {
        monitor.run(() -> {});
    }
}
