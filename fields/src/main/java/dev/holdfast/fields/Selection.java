package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Written paths (of `ignore`, of a JSON pointer) on a real object: which fields they mean there, the object
/// without them, and the object with another one's values at them. Unlike ownership this reaches into atomic
/// values: their list items are told apart by position.
public final class Selection {

    private final Schema schema;

    private Selection(Schema schema) {
        this.schema = schema;
    }

    public static Selection by(Schema schema) {
        return new Selection(schema);
    }

    /// The fields of this object that the paths name. A key may name fewer fields than the list's items have keys
    /// (`ports[containerPort=80]`), and then means every item that has them; a position, and a number in a JSON
    /// pointer, means the item that stands there. Paths that lead nowhere add nothing.
    public FieldSet selecting(List<FieldPath> paths, Mapping object) {
        var selected = FieldSet.EMPTY;
        for (var path : paths) selected = selected.union(select(schema.root(), object, path.elements()));
        return selected;
    }

    private static FieldSet select(Type type, Value value, List<PathElement> path) {
        if (path.isEmpty()) return FieldSet.EMPTY;
        var first = path.getFirst();
        var rest = path.subList(1, path.size());
        var selected = new FieldSet.Builder();
        switch (value) {
            case Mapping fields -> {
                if (first instanceof PathElement.Field(var name) && fields.get(name) instanceof Value inner) {
                    include(selected, first, type.below(first), inner, rest);
                }
            }
            case Sequence items -> {
                for (int i = 0; i < items.size(); i++) {
                    if (!names(first, items.get(i), i)) continue;
                    include(selected, step(type, items, i), type.below(first), items.get(i), rest);
                }
            }
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> {}
        }
        return selected.build();
    }

    private static void include(
            FieldSet.Builder selected, PathElement step, @Nullable Type type, Value value, List<PathElement> rest) {
        if (rest.isEmpty()) selected.member(step);
        else selected.children(step, select(type == null ? Type.DEDUCED : type, value, rest));
    }

    /// Whether a written step means this item. Values are compared by their text: nobody writes whether `[name=80]`
    /// is a number.
    private static boolean names(PathElement written, Value item, int position) {
        return switch (written) {
            case PathElement.Index(var index) -> index == position;
            case PathElement.Field(var token) -> token.equals(Integer.toString(position));
            case PathElement.Item(var value) -> value.toString().equals(item.toString());
            case PathElement.Key(var fields) -> {
                for (var field : fields) {
                    var own = item instanceof Mapping mapping ? mapping.get(field.name()) : null;
                    if (own == null || !own.toString().equals(field.value().toString())) yield false;
                }
                yield true;
            }
        };
    }

    /// The step that names an item: by key or value, and by position where the list is atomic.
    private static PathElement step(Type type, Sequence items, int position) {
        var list = type.asList();
        var named = list == null || list.isAtomic() ? null : ListItems.step(list, items.get(position));
        return named == null ? new PathElement.Index(position) : named;
    }

    /// The object without these fields. What loses its last part goes too: an empty map would claim the map itself.
    public Mapping without(Mapping object, FieldSet fields) {
        return without(schema.root(), object, fields) instanceof Mapping rest ? rest : Mapping.EMPTY;
    }

    private static @Nullable Value without(Type type, Value value, FieldSet set) {
        return switch (value) {
            case Mapping fields -> {
                var rest = fields.map((key, inner) -> {
                    var step = new PathElement.Field(key);
                    if (set.has(step)) return null;
                    var below = set.below(step);
                    if (below.isEmpty()) return inner;
                    var innerType = type.below(step);
                    return without(innerType == null ? Type.DEDUCED : innerType, inner, below);
                });
                yield rest.isEmpty() && !fields.isEmpty() ? null : rest;
            }
            case Sequence items -> {
                var rest = new ArrayList<Value>(items.size());
                for (int i = 0; i < items.size(); i++) {
                    var step = step(type, items, i);
                    if (set.has(step)) continue;
                    var below = set.below(step);
                    var innerType = type.below(step);
                    var inner = below.isEmpty()
                            ? items.get(i)
                            : without(innerType == null ? Type.DEDUCED : innerType, items.get(i), below);
                    if (inner != null) rest.add(inner);
                }
                yield rest.isEmpty() && !items.isEmpty() ? null : Sequence.of(rest);
            }
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> value;
        };
    }

    /// The object with the values that `source` has at these fields, where it has some. Maps on the way are made;
    /// list items that the object lacks are not, so that no half of an item is sent.
    public Mapping withValuesOf(Mapping source, Mapping object, FieldSet fields) {
        return copied(schema.root(), object, source, fields) instanceof Mapping changed ? changed : object;
    }

    private static Value copied(Type type, Value into, Value from, FieldSet set) {
        if (into instanceof Sequence own && from instanceof Sequence theirs) return copiedItems(type, own, theirs, set);
        if (!(from instanceof Mapping theirs) || !(into instanceof Mapping own)) return into;
        var changed = own;
        for (int i = 0; i < set.elements.length; i++) {
            if (!(set.elements[i] instanceof PathElement.Field(var name))) continue;
            var value = theirs.get(name);
            if (value == null) continue;
            if (set.members[i]) {
                changed = changed.with(name, value);
                continue;
            }
            var inner = type.below(set.elements[i]);
            var before = own.get(name);
            if (before == null && value instanceof Sequence) continue;
            var base = before == null || before.isNull() ? Mapping.EMPTY : before;
            var after = copied(inner == null ? Type.DEDUCED : inner, base, value, set.children[i]);
            if (after != base) changed = changed.with(name, after);
        }
        return changed;
    }

    private static Value copiedItems(Type type, Sequence own, Sequence theirs, FieldSet set) {
        var changed = new ArrayList<>(own.items());
        for (int i = 0; i < own.size(); i++) {
            var step = step(type, own, i);
            int at = set.position(step);
            if (at < 0) continue;
            for (int j = 0; j < theirs.size(); j++) {
                if (!step(type, theirs, j).equals(step)) continue;
                var inner = type.below(step);
                var known = inner == null ? Type.DEDUCED : inner;
                changed.set(
                        i,
                        set.members[at] ? theirs.get(j) : copied(known, own.get(i), theirs.get(j), set.children[at]));
            }
        }
        return Sequence.of(changed);
    }
}
