package dev.holdfast.sandbox.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one write did to one object, and when. For a deletion `item` is the last state, at the version of the
/// deletion.
public record Change(Type type, Item item, @Nullable Item previous, Instant time) {

    /// In the words of a watch.
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }

    public long version() {
        return item.version();
    }
}
