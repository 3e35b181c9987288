package dev.holdfast.sandbox.patch;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Lists in a strategic merge: merged by key or by value, and put in an order that keeps the patch's items in the
/// patch's order and the others in that of the object.
final class ListMerge {

    private static final int NOWHERE = Integer.MAX_VALUE;

    private ListMerge() {}

    static Sequence merge(Sequence original, Sequence patch, PatchRules.FieldRule rule) {
        if (original.isEmpty() && patch.isEmpty()) return original;
        return maps(original, patch) ? ofMaps(original, patch, rule) : ofSingleValues(original, patch);
    }

    private static boolean maps(Sequence original, Sequence patch) {
        long maps = original.mappings().size() + (long) patch.mappings().size();
        if (maps != 0 && maps != original.size() + (long) patch.size()) {
            throw Refusals.internal("list element types are not identical");
        }
        boolean lists = original.items().stream().anyMatch(Sequence.class::isInstance)
                || patch.items().stream().anyMatch(Sequence.class::isInstance);
        if (lists) throw Refusals.unprocessable("lists of lists are not supported");
        return maps > 0;
    }

    private static Sequence ofSingleValues(Sequence original, Sequence patch) {
        var all = new LinkedHashSet<Value>(original.items());
        all.addAll(patch.items());
        return sorted(Sequence.of(List.copyOf(all)), patch, original, "");
    }

    private static Sequence ofMaps(Sequence original, Sequence patch, PatchRules.FieldRule rule) {
        var key = rule.mergeKey();
        if (key.isEmpty()) throw Refusals.internal("cannot merge lists without merge key");
        var merged = new ArrayList<>(original.mappings());
        var changes = new ArrayList<Mapping>();
        boolean replace = false;
        for (var item : patch.mappings()) {
            var directive = item.get(StrategicMergePatch.PATCH);
            if (directive == null) {
                changes.add(item);
                continue;
            }
            switch (directive.asText().orElse("")) {
                case "delete" -> merged.removeIf(each -> keyOf(each, key).equals(keyOf(item, key)));
                case "replace" -> replace = true;
                case "merge" -> throw Refusals.internal("merging lists cannot yet be specified in the patch");
                default -> throw Refusals.internal("unknown patch type: " + directive);
            }
        }
        if (replace) return cleaned(changes);
        var places = places(Sequence.of(merged), key);
        for (var change : changes) {
            var wanted = keyOf(change, key);
            var at = places.get(wanted);
            if (at != null) {
                merged.set(at, StrategicMergePatch.merge(merged.get(at), change, rule.inner()));
            } else if (StrategicMergePatch.clean(change) instanceof Mapping item) {
                places.put(wanted, merged.size());
                merged.add(item);
            }
        }
        return sorted(Sequence.of(merged), Sequence.of(changes), original, key);
    }

    private static Sequence cleaned(List<Mapping> items) {
        var clean = new ArrayList<Value>();
        for (var item : items) {
            var value = StrategicMergePatch.clean(item);
            if (value != null) clean.add(value);
        }
        return Sequence.of(clean);
    }

    private static Value keyOf(Mapping item, String key) {
        var value = item.get(key);
        if (value == null) throw Refusals.internal("map: " + item + " does not contain declared merge key: " + key);
        return value;
    }

    /// Items that `order` names come in its order; each of the others goes before the first of them that it
    /// preceded in the object.
    static Sequence sorted(Sequence merged, Sequence order, Sequence before, String key) {
        var wanted = places(order, key);
        var earlier = places(before, key);
        var named = new ArrayList<Value>();
        var others = new ArrayList<Value>();
        for (var item : merged) (wanted.containsKey(identity(item, key)) ? named : others).add(item);
        named.sort(Comparator.comparingInt(item -> place(wanted, item, key)));
        others.sort(Comparator.comparingInt(item -> place(earlier, item, key)));
        var all = new ArrayList<Value>(merged.size());
        int next = 0;
        for (var item : named) {
            int place = place(earlier, item, key);
            while (place != NOWHERE && next < others.size() && place(earlier, others.get(next), key) < place) {
                all.add(others.get(next++));
            }
            all.add(item);
        }
        all.addAll(others.subList(next, others.size()));
        return Sequence.of(all);
    }

    /// Where each item stands first. Only asked, never iterated.
    private static Map<Value, Integer> places(Sequence list, String key) {
        var places = HashMap.<Value, Integer>newHashMap(list.size());
        for (int i = 0; i < list.size(); i++) {
            boolean nameless = !key.isEmpty() && !(list.get(i) instanceof Mapping map && map.has(key));
            if (!nameless) places.putIfAbsent(identity(list.get(i), key), i);
        }
        return places;
    }

    private static int place(Map<Value, Integer> places, Value item, String key) {
        return places.getOrDefault(identity(item, key), NOWHERE);
    }

    private static Value identity(Value item, String key) {
        return !key.isEmpty() && item instanceof Mapping map ? keyOf(map, key) : item;
    }

    /// The order that a patch sets must not contradict the order of its own items.
    static void refuseOtherOrder(Sequence patch, Sequence order, String key) {
        var places = places(order, key);
        int last = -1;
        for (var item : patch) {
            if (item instanceof Mapping map && map.has(StrategicMergePatch.PATCH)) continue;
            int place = place(places, item, key);
            if (place == NOWHERE || place <= last) {
                throw Refusals.malformed("invalid patch format of setElementOrder list");
            }
            last = place;
        }
    }
}
