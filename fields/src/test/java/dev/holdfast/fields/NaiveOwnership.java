package dev.holdfast.fields;

import dev.holdfast.fields.SmallWorld.Kind;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Server-side apply told a second time, as simply as it can be: an object is a table of paths, and ownership a set
/// of pairs of path and manager. No tree, no schema, no sharing of code with what it checks.
final class NaiveOwnership {

    private final TreeMap<String, String> object = new TreeMap<>();
    private final TreeMap<String, TreeSet<String>> owned = new TreeMap<>();

    /// The conflicts, as `path by owner`; empty where the write went through.
    Set<String> write(String manager, Kind kind, Map<String, String> values) {
        return kind == Kind.UPDATE ? update(manager + " UPDATE", values) : apply(manager + " APPLY", kind, values);
    }

    private Set<String> apply(String me, Kind kind, Map<String, String> config) {
        var conflicts = new TreeSet<String>();
        config.forEach((path, value) -> {
            if (value.equals(object.get(path))) return;
            owned.forEach((owner, paths) -> {
                if (!owner.equals(me) && paths.contains(path)) conflicts.add(path + " by " + owner);
            });
        });
        if (kind == Kind.APPLY && !conflicts.isEmpty()) return conflicts;
        for (var conflict : conflicts) {
            var parts = conflict.split(" by ", 2);
            owned.getOrDefault(parts[1], new TreeSet<>()).remove(parts[0]);
        }
        object.putAll(config);
        var before = owned.getOrDefault(me, new TreeSet<>());
        owned.put(me, new TreeSet<>(config.keySet()));
        for (var path : before) {
            boolean wanted = owned.values().stream().anyMatch(paths -> paths.contains(path));
            if (!wanted) remove(path);
        }
        return Set.of();
    }

    private Set<String> update(String me, Map<String, String> values) {
        var taken = new TreeSet<String>();
        values.forEach((path, value) -> {
            if (!value.equals(object.get(path))) taken.add(path);
        });
        for (var path : new TreeSet<>(object.keySet())) {
            if (!values.containsKey(path)) remove(path);
        }
        object.putAll(values);
        owned.values().forEach(paths -> paths.removeAll(taken));
        owned.computeIfAbsent(me, _ -> new TreeSet<>()).addAll(taken);
        return Set.of();
    }

    /// An item goes with all that is in it.
    private void remove(String path) {
        object.keySet().removeIf(other -> inside(other, path));
        owned.values().forEach(paths -> paths.removeIf(other -> inside(other, path)));
    }

    private static boolean inside(String other, String path) {
        return other.equals(path) || other.startsWith(path + ".");
    }

    Map<String, String> object() {
        return object;
    }

    Set<String> claims() {
        var claims = new TreeSet<String>();
        owned.forEach((owner, paths) -> paths.forEach(path -> claims.add(path + " by " + owner)));
        return claims;
    }
}
