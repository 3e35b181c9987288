package dev.holdfast.render.kustomize.merge;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Refusal;
import dev.holdfast.render.kustomize.tree.Trees;
import dev.holdfast.render.kustomize.tree.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A JSON patch (RFC 6902) as the library below Kustomize applies it: replacing a map's missing key adds it, and
/// positions may count from a list's end.
public final class JsonPatch {

    private record Operation(
            String name, String path, String from, @Nullable Value value, Origin origin) {}

    private final List<Operation> operations = new ArrayList<>();

    private JsonPatch() {}

    /// @throws dev.holdfast.model.FaultException where it is no list of operations
    public static JsonPatch parse(Value document) {
        var patch = new JsonPatch();
        if (document.isNull()) return patch;
        if (!(document instanceof Sequence list)) {
            throw Refusal.at(document.origin(), "a JSON patch is a list of operations, not a " + document.typeName());
        }
        for (var item : list) {
            if (!(item instanceof Mapping operation)) {
                throw Refusal.at(item.origin(), "an operation of a JSON patch is a map");
            }
            patch.operations.add(new Operation(
                    operation.text("op").orElse(""),
                    operation.text("path").orElse(""),
                    operation.text("from").orElse(""),
                    operation.get("value"),
                    operation.origin()));
        }
        return patch;
    }

    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /// The object as it is afterwards.
    /// @throws dev.holdfast.model.FaultException where an operation does not apply
    public Node applied(Node object) {
        // what was written in odd forms is read as it would be printed
        Node root = Trees.ofJson(Values.mapping(object));
        for (var operation : operations) root = apply(root, operation);
        return root;
    }

    private Node apply(Node root, Operation operation) {
        switch (operation.name) {
            case "add" -> place(root, operation, operation.path).add(value(operation));
            case "remove" -> place(root, operation, operation.path).remove();
            case "replace" -> {
                if (operation.path.isEmpty()) return replacedRoot(operation);
                place(root, operation, operation.path).replace(value(operation));
            }
            case "move" -> {
                var from = place(root, operation, operation.from);
                var moved = from.get();
                from.remove();
                place(root, operation, operation.path).add(moved == null ? nothing(operation) : moved);
            }
            case "copy" -> {
                var copied = place(root, operation, operation.from).get();
                var copy = copied == null ? nothing(operation) : copied.copy();
                place(root, operation, operation.path).add(copy);
            }
            case "test" -> test(root, operation);
            default -> throw refused(operation, "unexpected kind: " + operation.name);
        }
        return root;
    }

    private static Node replacedRoot(Operation operation) {
        var value = value(operation);
        if (!value.isMapping()) throw refused(operation, "replace operation value must be object or array");
        return value;
    }

    private static void test(Node root, Operation operation) {
        var wanted = operation.value == null ? Value.none() : operation.value;
        var found = operation.path.isEmpty()
                ? root
                : place(root, operation, operation.path).get();
        var there = found == null ? Value.none() : Values.of(found);
        if (!there.equals(wanted)) throw refused(operation, "testing value " + operation.path + " failed");
    }

    private static Node value(Operation operation) {
        return operation.value == null ? nothing(operation) : Trees.ofJson(operation.value);
    }

    private static Node nothing(Operation operation) {
        return Trees.ofJson(new Value.Null(operation.origin));
    }

    private static RuntimeException refused(Operation operation, String reason) {
        return Refusal.at(operation.origin, reason);
    }

    /// The container at which a path ends, and the key or position in it.
    private static Place place(Node root, Operation operation, String pointer) {
        var parts = pointer.split("/", -1);
        Node at = parts.length < 2 ? null : root;
        for (int i = 1; at != null && i < parts.length - 1; i++)
            at = new Place(at, decoded(parts[i]), operation).find();
        if (at == null || at.isScalar()) {
            throw refused(
                    operation,
                    operation.name + " operation does not apply: doc is missing path: \"" + pointer
                            + "\": missing value");
        }
        return new Place(at, decoded(parts[parts.length - 1]), operation);
    }

    private static String decoded(String part) {
        return part.replace("~1", "/").replace("~0", "~");
    }

    private record Place(Node container, String key, Operation operation) {

        /// What stands there; null also where the position is none.
        @Nullable
        Node find() {
            if (container.isMapping()) return container.get(key);
            if (!container.isSequence()) return null;
            int position = position(container.size());
            return position < 0 || position >= container.size() ? null : container.item(position);
        }

        @Nullable
        Node get() {
            if (container.isMapping()) return container.get(key);
            return container.item(within(container.size()));
        }

        void add(Node value) {
            if (container.isMapping()) {
                put(value);
                return;
            }
            var items = container.content();
            if (key.equals("-")) items.add(value);
            else items.add(within(container.size() + 1), value);
        }

        void replace(Node value) {
            if (container.isMapping()) put(value);
            else container.content().set(within(container.size()), value);
        }

        void remove() {
            if (container.isSequence()) container.content().remove(within(container.size()));
            else if (container.remove(key) == null) {
                throw error("Unable to remove nonexistent key: " + key + ": missing value");
            }
        }

        private void put(Node value) {
            var there = container.get(key);
            if (there == null) container.append(key, value);
            else there.become(value);
        }

        private int within(int size) {
            int position = position(size);
            if (position < 0 || position >= size) throw error("Unable to access invalid index: " + key);
            return position;
        }

        private int position(int size) {
            try {
                int position = Integer.parseInt(key);
                return position < 0 ? position + size : position;
            } catch (NumberFormatException noNumber) {
                throw error("value was not a proper array index: '" + key + "'");
            }
        }

        private RuntimeException error(String reason) {
            return refused(operation, "error in " + operation.name + " for path: '" + operation.path + "': " + reason);
        }
    }
}
