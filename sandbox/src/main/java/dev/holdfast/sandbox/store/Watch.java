package dev.holdfast.sandbox.store;

import dev.holdfast.port.Tasks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Follows the changes of some shelves, in the order of their versions within a shelf. Read by one task; a reader
/// that is slow holds up nobody, it just reads the history later.
public final class Watch implements AutoCloseable {

    private final Home home;
    private final Tasks.Monitor monitor;
    private final List<Cursor> cursors;
    private volatile boolean closed;
    private volatile boolean dropped;

    /// Where it belongs, and its number there.
    record Home(Store store, Watches watches, long number) {}

    Watch(Home home, Tasks.Monitor monitor, List<Cursor> cursors) {
        this.home = home;
        this.monitor = monitor;
        this.cursors = cursors;
    }

    static final class Cursor {
        final Shelf shelf;
        volatile Shelf.Entry at;

        Cursor(Shelf shelf, Shelf.Entry at) {
            this.shelf = shelf;
            this.at = at;
        }
    }

    /// A change with the shelf that it happened on.
    public record Seen(Shelf shelf, Change change) {}

    /// The next change that is there already, the oldest of all shelves.
    public Optional<Seen> poll() {
        Cursor first = null;
        Shelf.Entry found = null;
        for (var cursor : cursors) {
            var next = cursor.at.next;
            if (next != null && (found == null || next.version < found.version)) {
                first = cursor;
                found = next;
            }
        }
        if (first == null || found == null || found.change == null) return Optional.empty();
        first.at = found;
        return Optional.of(new Seen(first.shelf, found.change));
    }

    /// Waits for a change until a deadline; false when there is none.
    public boolean await(Instant deadline) {
        if (waiting()) return true;
        monitor.await(() -> waiting() || closed || dropped, deadline);
        return waiting();
    }

    /// Waits for nothing but the end of the watch, until a deadline.
    public void rest(Instant deadline) {
        monitor.await(() -> closed || dropped, deadline);
    }

    private boolean waiting() {
        for (var cursor : cursors) {
            if (cursor.at.next != null) return true;
        }
        return false;
    }

    /// Whether the reader is so far behind that the history it still has to read is forgotten by now.
    public boolean late() {
        for (var cursor : cursors) {
            var next = cursor.at.next;
            if (next != null && next.version <= home.store().compacted()) return true;
        }
        return false;
    }

    /// Whether the watch was ended, by its reader or by the server.
    public boolean ended() {
        return closed || dropped;
    }

    void drop() {
        dropped = true;
        stir();
    }

    void stir() {
        monitor.run(() -> {});
    }

    @Override
    public void close() {
        closed = true;
        home.watches().forget(home.number());
        stir();
    }
}
