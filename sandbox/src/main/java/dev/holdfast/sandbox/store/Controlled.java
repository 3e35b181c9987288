package dev.holdfast.sandbox.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The objects of a shelf by the uid of what controls each, and those that nobody controls by their namespace, so
/// that a controller finds its own without going through everybody's. Written under the store's lock, read by anyone
/// at any time.
final class Controlled {

    private final Map<String, SortedTree<Item>> byController = new ConcurrentHashMap<>();
    private final Map<String, SortedTree<Item>> freeByNamespace = new ConcurrentHashMap<>();

    Controlled(Iterable<Item> items) {
        for (var item : items) put(item);
    }

    void change(Change change) {
        var previous = change.previous();
        var item = change.item();
        boolean stays = change.type() != Change.Type.DELETED;
        if (previous != null && !(stays && previous.controller().equals(item.controller()))) remove(previous);
        if (stays) put(item);
    }

    private void put(Item item) {
        place(item)
                .merge(
                        where(item),
                        SortedTree.<Item>empty().with(item.key(), item),
                        (known, _) -> known.with(item.key(), item));
    }

    private void remove(Item item) {
        place(item).computeIfPresent(where(item), (_, known) -> {
            var left = known.without(item.key());
            return left.size() == 0 ? null : left;
        });
    }

    private Map<String, SortedTree<Item>> place(Item item) {
        return item.controller().isEmpty() ? freeByNamespace : byController;
    }

    private static String where(Item item) {
        return item.controller().isEmpty() ? item.namespace() : item.controller();
    }

    /// What an object controls, in key order.
    List<Item> by(String uid) {
        return list(byController.get(uid));
    }

    /// What nobody controls, in key order.
    List<Item> free(String namespace) {
        return list(freeByNamespace.get(namespace));
    }

    private static List<Item> list(@Nullable SortedTree<Item> items) {
        if (items == null) return List.of();
        var list = new ArrayList<Item>(items.size());
        for (var item : items.after("")) list.add(item);
        return list;
    }
}
