package dev.holdfast.engine.live;

import dev.holdfast.fields.FieldPath;
import dev.holdfast.fields.PathElement;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values at field paths, found without a schema: a keyed item is the one whose fields have the key's values.
public final class PathValue {

    private PathValue() {}

    /// The value at a path; null where there is none.
    public static @Nullable Value find(Value value, FieldPath path) {
        @Nullable Value current = value;
        for (var element : path.elements()) {
            if (current == null) return null;
            current = below(current, element);
        }
        return current;
    }

    private static @Nullable Value below(Value value, PathElement element) {
        return switch (value) {
            case Mapping fields -> element instanceof PathElement.Field(var name) ? fields.get(name) : null;
            case Sequence items -> {
                int at = position(items, element);
                yield at < 0 ? null : items.get(at);
            }
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> null;
        };
    }

    /// The object without the value at a path. Mappings on the way stay, also when they become empty.
    public static Mapping without(Mapping object, FieldPath path) {
        return path.isRoot() || find(object, path) == null ? object : (Mapping) changed(object, path.elements(), null);
    }

    /// The object with the value at a path. Missing fields on the way are made, missing list items are not: who
    /// leaves out a container does not want its image either.
    public static Mapping with(Mapping object, FieldPath path, Value value) {
        return path.isRoot() ? object : (Mapping) changed(object, path.elements(), value);
    }

    private static Value changed(Value value, List<PathElement> path, @Nullable Value to) {
        var first = path.getFirst();
        boolean last = path.size() == 1;
        if (value instanceof Mapping fields && first instanceof PathElement.Field(var name)) {
            if (last) return to == null ? fields.without(name) : fields.with(name, to);
            var inner = fields.get(name);
            boolean makes = to != null && path.get(1) instanceof PathElement.Field;
            if (inner == null || inner.isNull()) {
                return makes ? fields.with(name, changed(Mapping.EMPTY, path.subList(1, path.size()), to)) : fields;
            }
            return fields.with(name, changed(inner, path.subList(1, path.size()), to));
        }
        if (value instanceof Sequence items) {
            int at = position(items, first);
            if (at < 0) return value;
            var list = new ArrayList<Value>(items.items());
            if (!last) list.set(at, changed(items.get(at), path.subList(1, path.size()), to));
            else if (to == null) list.remove(at);
            else list.set(at, to);
            return Sequence.of(list, items.origin());
        }
        return value;
    }

    private static int position(Sequence items, PathElement element) {
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            boolean named = switch (element) {
                case PathElement.Field _ -> false;
                case PathElement.Key(var keys) ->
                    item instanceof Mapping fields
                            && keys.stream().allMatch(key -> key.value().equals(fields.get(key.name())));
                case PathElement.Item(var value) -> value.equals(item);
                case PathElement.Index(var position) -> position == i;
            };
            if (named) return i;
        }
        return -1;
    }
}
