package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the items of a list that is a set or a map are told apart.
final class ListItems {

    private ListItems() {}

    /// The step that names this item; null where it has none, and {@link #problem} says why.
    static @Nullable PathElement step(Type.ListOf list, Value item) {
        if (list.topology() == Type.ListOf.Topology.SET) {
            return item instanceof Mapping || item instanceof Sequence || item.isNull()
                    ? null
                    : new PathElement.Item(item);
        }
        if (!(item instanceof Mapping fields)) return null;
        if (list.keys().size() == 1) {
            var name = list.keys().getFirst();
            var value = keyValue(list, fields, name);
            return value == null ? null : new PathElement.Key(List.of(new PathElement.KeyField(name, value)));
        }
        var keys = new ArrayList<PathElement.KeyField>(list.keys().size());
        for (var name : list.keys()) {
            var value = keyValue(list, fields, name);
            // an optional key that is missing makes a different item
            if (value != null) keys.add(new PathElement.KeyField(name, value));
        }
        return keys.isEmpty() ? null : new PathElement.Key(keys);
    }

    /// The item's own value, or what the schema says a missing key counts as.
    private static @Nullable Value keyValue(Type.ListOf list, Mapping fields, String name) {
        var own = fields.get(name);
        if (own != null) return own;
        var items = list.items().asMap();
        var declared = items == null ? null : items.field(name);
        return declared == null ? null : declared.preset();
    }

    /// Why an item has no step, in the API server's words.
    static String problem(Type.ListOf list, Value item) {
        if (list.topology() == Type.ListOf.Topology.SET) {
            if (item instanceof Mapping) return "associative list without keys has an element that's a map type";
            if (item instanceof Sequence) return "not supported: associative list with lists as elements";
            return "associative list without keys has an element that's an explicit null";
        }
        if (item.isNull()) return "associative list with keys may not have a null element";
        if (!(item instanceof Mapping)) return "associative list with keys may not have non-map elements";
        var keys = new StringBuilder("[");
        for (var key : list.keys()) {
            if (keys.length() > 1) keys.append(' ');
            keys.append(ValueOrder.text(Value.of(key)));
        }
        return "associative list with keys has an element that omits all key fields " + keys.append(']')
                + " (and doesn't have default values for any key fields)";
    }

    /// The steps of all items in their order. Items without a step can't be owned and are left out: they were
    /// refused where they came from.
    static List<Named> named(Type.ListOf list, @Nullable Sequence items) {
        if (items == null) return List.of();
        var named = new ArrayList<Named>(items.size());
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var step = step(list, item);
            if (step != null) named.add(new Named(step, item));
        }
        return named;
    }

    /// An item with the step that names it.
    record Named(PathElement step, Value item) {}

    /// The items by step. The hash table is only asked, never iterated.
    static HashMap<PathElement, List<Value>> byStep(List<Named> items) {
        var byStep = HashMap.<PathElement, List<Value>>newHashMap(items.size());
        for (var named : items) {
            byStep.merge(named.step(), List.of(named.item()), (before, added) -> {
                var more = new ArrayList<>(before);
                more.addAll(added);
                return more;
            });
        }
        return byStep;
    }
}
