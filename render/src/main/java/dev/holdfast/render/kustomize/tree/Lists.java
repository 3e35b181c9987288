package dev.holdfast.render.kustomize.tree;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists whose items are told apart by the values of some keys; the key "" stands for the item itself.
public final class Lists {

    private Lists() {}

    /// The first item whose keys have these values.
    public static @Nullable Node find(Node list, List<String> keys, List<String> values) {
        if (keys.isEmpty() || keys.getFirst().isEmpty()) {
            var wanted = values.isEmpty() ? "" : values.getFirst();
            for (var item : list.content()) if (item.text().equals(wanted)) return item;
            return null;
        }
        for (var item : list.content()) {
            if (item.isMapping() && !item.isNull() && matches(item, keys, values)) return item;
        }
        return null;
    }

    private static boolean matches(Node item, List<String> keys, List<String> values) {
        for (int i = 0; i < keys.size(); i++) {
            var field = item.get(keys.get(i));
            if (field == null || !field.text().equals(values.get(i))) return false;
        }
        return true;
    }

    /// Puts an item in the place of those with the same keys, or at the end; without an item those are removed.
    /// Items that are null or empty maps go away.
    public static void set(Node list, @Nullable Node element, List<String> keys, List<String> values) {
        boolean ofMaps = !keys.isEmpty()
                && !keys.getFirst().isEmpty()
                && !values.isEmpty()
                && !values.getFirst().isEmpty();
        var content = new ArrayList<Node>(list.size() + 1);
        boolean found = false;
        for (var item : list.content()) {
            if (item.isNull() || item.isMapping() && item.size() == 0) continue;
            if (ofMaps && !item.isMapping()) {
                content.add(item);
                continue;
            }
            if (!selected(item, keys, values)) {
                if (!values.isEmpty()) content.add(item);
                continue;
            }
            found = true;
            if (element != null) content.add(element);
        }
        if (element != null && !element.isNull() && !found) content.add(element);
        list.setContent(content);
    }

    /// A key without a value is taken for found when the one before it was.
    private static boolean selected(Node item, List<String> keys, List<String> values) {
        boolean found = false;
        for (int i = 0; i < keys.size(); i++) {
            if (i < values.size()) found = has(item, keys.get(i), values.get(i));
            if (!found) return false;
        }
        return true;
    }

    private static boolean has(Node item, String key, String wanted) {
        if (key.isEmpty()) {
            Paths.require(item, Node.Kind.SCALAR);
            return item.text().equals(wanted);
        }
        Paths.require(item, Node.Kind.MAPPING);
        var field = item.get(key);
        return field != null && (wanted.isEmpty() || field.text().equals(wanted));
    }
}
