package dev.holdfast.engine.prune;

import dev.holdfast.model.Inventory.DeletionPolicy;
import dev.holdfast.model.Inventory.Entry;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.Ownership;
import java.util.Optional;

/// What becomes of an inventory entry whose object is wanted no more. A delete needs all three: the entry, the live
/// object's own marks, and the entry's uid.
public sealed interface Fate {

    /// The object is not there, or is not ours: only the inventory changes.
    record Forgotten(Entry entry, String why) implements Fate {}

    /// Deleted already, but not gone: nothing more can be done.
    record Ending(Entry entry) implements Fate {}

    /// Stays, without our marks.
    record Orphaned(Entry entry, String why) implements Fate {}

    /// Goes. `entry` has the uid that is deleted.
    record Deleted(Entry entry) implements Fate {}

    /// `live` is what stands under the entry's name; empty only where its absence is certain.
    static Fate of(Entry entry, Optional<LiveObject> live, Ownership ours) {
        if (live.isEmpty()) return new Forgotten(entry, "is gone");
        var found = live.get();
        // an intended entry has no uid yet: a crash came between the write and its record, and the marks confirm it
        var uid = entry.uid().orElse(found.uid());
        if (!found.uid().equals(uid)) return new Forgotten(entry, "another object has that name now");
        if (!ours.marks(found)) return new Forgotten(entry, "no longer carries our marks");
        if (found.deletedAt().isPresent()) return new Ending(entry);
        var known = withUid(entry, uid);
        return switch (entry.deletion()) {
            case DeletionPolicy.ORPHAN -> new Orphaned(known, "its deletion policy is orphan");
            case DeletionPolicy.DELETE -> new Deleted(known);
        };
    }

    private static Entry withUid(Entry entry, String uid) {
        return new Entry(
                entry.ref(),
                entry.gvk(),
                Optional.of(uid),
                entry.wave(),
                entry.desired(),
                entry.values(),
                entry.owned(),
                entry.adopted(),
                entry.deletion());
    }
}
