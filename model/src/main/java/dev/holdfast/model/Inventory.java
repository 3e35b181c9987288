package dev.holdfast.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a placement owns, with identity, and what it is doing: the only authority for deletes. `generation` grows
/// by one with every write and is repeated in the App's status, so that a lost or old inventory is noticed.
/// `revisions` are those of the last render that was applied to the end.
public record Inventory(
        PlacementKey placement,
        long generation,
        SortedMap<Ref, Entry> entries,
        List<Revision> revisions,
        Optional<Operation> operation,
        List<Operation> history) {

    public Inventory {
        entries = new TreeMap<>(entries);
        revisions = List.copyOf(revisions);
        history = List.copyOf(history);
    }

    public static Inventory empty(PlacementKey placement) {
        return new Inventory(placement, 0, new TreeMap<>(), List.of(), Optional.empty(), List.of());
    }

    /// One owned (or, without uid, intended) object. `desired` is the digest of the body that we applied last,
    /// `values` and `owned` the base line of the two hints of {@link LiveObject} (empty while only intended).
    /// `adopted`: it existed before us.
    public record Entry(
            Ref ref,
            Gvk gvk,
            Optional<String> uid,
            int wave,
            Optional<Digest> desired,
            Optional<Digest> values,
            Optional<Digest> owned,
            boolean adopted,
            DeletionPolicy deletion) {

        public static Entry intended(Ref ref, Gvk gvk) {
            return new Entry(
                    ref,
                    gvk,
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    DeletionPolicy.DELETE);
        }

        /// Of an object that was found by its marks: what was applied to it is not known.
        public static Entry found(LiveObject live) {
            var bare = intended(live.ref(), live.gvk());
            return new Entry(
                    bare.ref(),
                    bare.gvk(),
                    Optional.of(live.uid()),
                    bare.wave(),
                    bare.desired(),
                    bare.values(),
                    bare.owned(),
                    bare.adopted(),
                    bare.deletion());
        }

        /// The same, of an object that existed before us.
        public Entry existing() {
            return new Entry(ref, gvk, uid, wave, desired, values, owned, true, deletion);
        }

        public boolean applied() {
            return uid.isPresent() && desired.isPresent();
        }
    }

    /// What becomes of an object when it leaves Git or its app goes.
    public enum DeletionPolicy {
        DELETE,
        ORPHAN
    }

    public Optional<Entry> find(Ref ref) {
        return Optional.ofNullable(entries.get(ref));
    }

    /// The next generation with these entries put in.
    public Inventory with(List<Entry> changed, Optional<Operation> doing) {
        var merged = new TreeMap<>(entries);
        for (var entry : changed) merged.put(entry.ref(), entry);
        return new Inventory(placement, generation + 1, merged, revisions, doing, history);
    }

    public Inventory without(List<Ref> gone) {
        var fewer = new TreeMap<>(entries);
        gone.forEach(fewer::remove);
        return new Inventory(placement, generation, fewer, revisions, operation, history);
    }

    /// Ends the current operation: it becomes the newest of the history, of which `limit` are kept.
    public Inventory ended(Operation done, int limit) {
        var kept = new ArrayList<Operation>();
        kept.add(done);
        for (var earlier : history) {
            if (kept.size() < limit && !earlier.id().equals(done.id())) kept.add(earlier);
        }
        boolean succeeded =
                done.phase() == Operation.Phase.SUCCEEDED && !done.revisions().isEmpty();
        return new Inventory(
                placement, generation, entries, succeeded ? done.revisions() : revisions, Optional.of(done), kept);
    }
}
