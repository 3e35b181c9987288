package dev.holdfast.render.kustomize.merge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What tells the items of two lists apart: for each item the values of the keys, "" where it lacks one. A port
/// without a protocol may be the same item as one with.
final class Identities {

    private final List<String> keys;
    private final List<List<String>> all;

    Identities(List<String> keys, List<List<String>> all) {
        this.keys = keys;
        this.all = keys.size() > 1 ? filled(all) : all;
    }

    List<String> keys() {
        return keys;
    }

    List<List<String>> joined() {
        return all;
    }

    /// Some keys with their values.
    record Part(List<String> keys, List<String> values) {}

    /// Only the keys that any item has.
    Part usable(List<String> identity) {
        return usable(all, identity, keys);
    }

    static Part usable(List<List<String>> all, List<String> identity, List<String> keys) {
        var used = new ArrayList<String>();
        var values = new ArrayList<String>();
        for (int i = 0; i < keys.size(); i++) {
            if (hasKey(all, i)) used.add(keys.get(i));
        }
        if (used.isEmpty()) return new Part(keys, identity);
        for (int i = 0; i < identity.size(); i++) {
            if (!identity.get(i).isEmpty() || used.contains(keys.get(i))) values.add(identity.get(i));
        }
        return new Part(used, values);
    }

    private static boolean hasKey(List<List<String>> all, int key) {
        for (var identity : all) {
            if (!identity.get(key).isEmpty()) return true;
        }
        return false;
    }

    /// What one item leaves out is taken from another that agrees in the rest.
    private static List<List<String>> filled(List<List<String>> all) {
        var filled = new ArrayList<>(all);
        for (int i = 0; i < filled.size(); i++) {
            var one = filled.get(i);
            for (int j = 0; j < filled.size(); j++) {
                var match = matched(one, filled.get(j));
                if (match == null) continue;
                filled.set(i, match);
                filled.set(j, match);
            }
        }
        return filled;
    }

    private static @Nullable List<String> matched(List<String> one, List<String> other) {
        var match = new ArrayList<String>(one.size());
        boolean common = false;
        for (int i = 0; i < one.size(); i++) {
            var a = one.get(i);
            var b = other.get(i);
            if (a.equals(b)) {
                common = true;
                match.add(a);
            } else if (!a.isEmpty() && !b.isEmpty()) {
                return null;
            } else {
                match.add(a.isEmpty() ? b : a);
            }
        }
        return common ? match : null;
    }
}
