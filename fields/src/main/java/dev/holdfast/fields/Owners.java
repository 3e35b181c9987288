package dev.holdfast.fields;

import dev.holdfast.fields.ManagedEntry.Operation;
import dev.holdfast.model.Mapping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The owners of one object while one write is worked out.
final class Owners {

    /// More entries of updates than this are folded into one, oldest first.
    private static final int MOST_UPDATERS = 10;

    private static final String ANCIENT = "ancient-changes";

    private final ServerSideApply rules;
    private final String version;
    private final List<ManagedEntry> entries = new ArrayList<>();

    Owners(ServerSideApply rules, String version) {
        this.rules = rules;
        this.version = version;
    }

    /// Takes the owners as they were. What was granular when it was written and is atomic by now is owned as a
    /// whole.
    Owners readmit(List<ManagedEntry> former, Mapping object) {
        for (var entry : former) {
            var type = entry.apiVersion().equals(version)
                    ? rules.schema().root()
                    : rules.versions()
                            .convert(object, rules.schema(), entry.apiVersion())
                            .map(versioned -> versioned.schema().root())
                            .orElse(Type.DEDUCED);
            entries.add(entry.with(Atomised.of(type, entry.fields())));
        }
        return this;
    }

    List<ManagedEntry> entries() {
        return entries;
    }

    @Nullable
    ManagedEntry find(ManagedEntry like) {
        for (var entry : entries) {
            if (entry.sameIdentity(like)) return entry;
        }
        return null;
    }

    void put(ManagedEntry entry) {
        entries.removeIf(entry::sameIdentity);
        entries.add(entry);
    }

    /// Works out what a write from `before` to `after` does to everyone but the writer. Answers with the conflicts
    /// where there are some and they are to be refused; then nothing was changed.
    List<Conflict> write(Mapping before, Mapping after, ManagedEntry writer, Conflicts mode) {
        var seen = new LinkedHashMap<String, @Nullable Comparison>();
        var own = compare(before, after, version, seen);
        var lost = new ArrayList<ManagedEntry>();
        var left = new ArrayList<ManagedEntry>();
        for (var entry : entries) {
            if (entry.sameIdentity(writer)) {
                left.add(entry);
                continue;
            }
            var change = entry.apiVersion().equals(version) ? own : compare(before, after, entry.apiVersion(), seen);
            // a version that is not served any more: nobody can tell what it owned
            if (change == null) continue;
            var taken = entry.fields().intersection(change.written());
            if (!taken.isEmpty()) lost.add(entry.with(taken));
            left.add(entry.with(entry.fields().difference(taken).difference(change.removed())));
        }
        if (mode == Conflicts.REFUSE && !lost.isEmpty()) return conflicts(lost);
        entries.clear();
        for (var entry : left) {
            if (!entry.fields().isEmpty()) entries.add(entry);
        }
        return List.of();
    }

    private @Nullable Comparison compare(
            Mapping before, Mapping after, String wanted, LinkedHashMap<String, @Nullable Comparison> seen) {
        if (seen.containsKey(wanted)) return seen.get(wanted);
        @Nullable Comparison found = null;
        if (wanted.equals(version)) found = Comparison.between(before, after, rules.schema());
        else {
            var old = rules.versions().convert(before, rules.schema(), wanted);
            var now = rules.versions().convert(after, rules.schema(), wanted);
            if (old.isPresent() && now.isPresent()) {
                found = Comparison.between(
                        old.get().object(), now.get().object(), now.get().schema());
            }
        }
        if (found != null) found = found.without(rules.resetFields());
        seen.put(wanted, found);
        return found;
    }

    private static List<Conflict> conflicts(List<ManagedEntry> lost) {
        var sorted = new ArrayList<>(lost);
        sorted.sort(Comparator.comparing(ManagedEntry::identity));
        var conflicts = new ArrayList<Conflict>();
        for (var owner : sorted) owner.fields().forEach(path -> conflicts.add(new Conflict(owner, path)));
        return conflicts;
    }

    /// The write of an updater, which always takes what it sets.
    void update(Mapping before, Mapping after, ManagedEntry writer, FieldSet neverOwned) {
        var own = Comparison.between(before, after, rules.schema()).without(rules.resetFields());
        // nobody is spared: what the writer itself set earlier is taken from it and given back with the new time
        write(before, after, new ManagedEntry("", Operation.UPDATE, "", null, "", FieldSet.EMPTY), Conflicts.FORCE);
        var taken = own.written().difference(own.removed()).difference(neverOwned);
        if (taken.isEmpty()) return;
        var former = find(writer);
        put(writer.with(former == null ? taken : taken.union(former.fields())));
    }

    void strip(ManagedEntry like, FieldSet never) {
        var entry = find(like);
        if (entry == null) return;
        var rest = entry.fields().difference(never);
        entries.remove(entry);
        if (!rest.isEmpty()) entries.add(entry.with(rest));
    }

    void stamp(ManagedEntry like, Instant time) {
        var entry = find(like);
        if (entry != null) put(entry.at(time));
    }

    /// Folds the oldest entries of updates into one per version while there are too many.
    Owners capped() {
        var updaters = new ArrayList<ManagedEntry>();
        for (var entry : entries) {
            if (!entry.isApply()) updaters.add(entry);
        }
        int many = updaters.size();
        if (many <= MOST_UPDATERS) return this;
        updaters.sort(Comparator.comparingLong(Owners::age).thenComparing(ManagedEntry::identity));
        var firstOf = new LinkedHashMap<String, ManagedEntry>();
        for (var entry : updaters) {
            if (many <= MOST_UPDATERS) break;
            var first = firstOf.putIfAbsent(entry.apiVersion(), entry);
            if (first == null) continue;
            var bucket =
                    new ManagedEntry(ANCIENT, Operation.UPDATE, entry.apiVersion(), entry.time(), "", first.fields());
            var former = find(bucket);
            entries.remove(first);
            entries.remove(entry);
            put(bucket.with((former == null ? first : former).fields().union(entry.fields())));
            many--;
        }
        return this;
    }

    private static long age(ManagedEntry entry) {
        var time = entry.time();
        return time == null ? 0 : time.getEpochSecond();
    }

    ManagedFields build() {
        return new ManagedFields(entries);
    }
}
