package dev.holdfast.sandbox.store;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The objects of one resource and the recent history of their changes: a linked list, in which each entry knows
/// the contents after it. Written under the store's lock only; read by anyone at any time.
public final class Shelf {

    private final String name;
    private volatile Entry oldest = new Entry(0, null, SortedTree.empty());
    private volatile Entry newest = oldest;
    private volatile @Nullable Controlled controlled;

    Shelf(String name) {
        this.name = name;
    }

    /// One change and the contents after it. The oldest entry stands for everything before it.
    static final class Entry {
        final long version;
        final @Nullable Change change;
        final SortedTree<Item> after;
        volatile @Nullable Entry next;

        Entry(long version, @Nullable Change change, SortedTree<Item> after) {
            this.version = version;
            this.change = change;
            this.after = after;
        }
    }

    /// `plural.group`, or the plural alone for the core group.
    public String name() {
        return name;
    }

    public SortedTree<Item> items() {
        return newest.after;
    }

    public @Nullable Item get(String key) {
        return newest.after.get(key);
    }

    /// The contents as they were at a version; empty where that was compacted.
    public Optional<SortedTree<Item>> itemsAt(long version) {
        return entryAt(version).map(entry -> entry.after);
    }

    /// The last entry that is not newer than a version: where a watch from that version starts.
    Optional<Entry> entryAt(long version) {
        var last = newest;
        if (last.version <= version) return Optional.of(last);
        var entry = oldest;
        if (entry.version > version) return Optional.empty();
        for (var next = entry.next; next != null && next.version <= version; next = next.next) entry = next;
        return Optional.of(entry);
    }

    /// The version of the last change that was not after a time.
    long versionAt(Instant time) {
        var entry = oldest;
        for (var next = entry.next; next != null; next = next.next) {
            if (next.change == null || next.change.time().isAfter(time)) break;
            entry = next;
        }
        return entry.version;
    }

    @Nullable
    Controlled controlled() {
        return controlled;
    }

    /// From now on it is known who controls what.
    Controlled indexed() {
        var known = controlled;
        if (known == null) {
            known = new Controlled(items().after(""));
            controlled = known;
        }
        return known;
    }

    Entry newest() {
        return newest;
    }

    Entry append(Change change) {
        var items = newest.after;
        var item = change.item();
        var after = change.type() == Change.Type.DELETED ? items.without(item.key()) : items.with(item.key(), item);
        var entry = new Entry(change.version(), change, after);
        newest.next = entry;
        newest = entry;
        var index = controlled;
        if (index != null) index.change(change);
        return entry;
    }

    /// Puts an object back that a journal remembers; it has no history.
    void restore(Item item) {
        var after = newest.after.with(item.key(), item);
        oldest = new Entry(0, null, after);
        newest = oldest;
    }

    /// Forgets the oldest change; answers its version.
    long forgetOne() {
        var next = oldest.next;
        if (next == null) return oldest.version;
        oldest = next;
        return next.version;
    }

    /// Forgets the history up to a version.
    void compact(long version) {
        var entry = oldest;
        for (var next = entry.next; next != null && next.version <= version; next = next.next) entry = next;
        oldest = entry;
    }
}
