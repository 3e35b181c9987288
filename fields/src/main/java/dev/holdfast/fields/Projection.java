package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// The part of an object that a set of fields covers: its owned leaves with their values, keyed items by key, set
/// items by value, atomic values as a whole. Nothing but the object and the set is needed, no schema. Two objects
/// with equal projections are equal in what the set's owner wants; a list whose items changed places is a
/// difference here, and the server judges whether it is one.
public final class Projection {

    private Projection() {}

    /// The covered part; an empty mapping where the object has nothing of it. Of a struct or item with members
    /// below it only those are taken; a member with nothing below it is taken as a whole.
    public static Mapping of(Mapping object, FieldSet set) {
        return project(object, set) instanceof Mapping part ? part : Mapping.EMPTY;
    }

    private static @Nullable Value project(Value value, FieldSet set) {
        if (set.isEmpty()) return value;
        return switch (value) {
            case Mapping fields -> fields(fields, set);
            case Sequence items -> items(items, set);
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> value;
        };
    }

    private static @Nullable Mapping fields(Mapping fields, FieldSet set) {
        var part = Mapping.builder();
        for (int i = 0; i < set.elements.length; i++) {
            if (!(set.elements[i] instanceof PathElement.Field(var name))) continue;
            var value = fields.get(name);
            if (value == null) continue;
            var inner = project(value, set.children[i]);
            if (inner != null) part.put(name, inner);
            else if (set.members[i]) part.put(name, Mapping.EMPTY);
        }
        var built = part.build();
        return built.isEmpty() ? null : built;
    }

    /// In the order of the list, so that a changed order shows.
    private static @Nullable Sequence items(Sequence items, FieldSet set) {
        var part = new ArrayList<Value>();
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            int at = position(set, item, i);
            if (at < 0) continue;
            var inner = project(item, set.children[at]);
            if (inner != null) part.add(inner);
            else if (set.members[at]) part.add(Mapping.EMPTY);
        }
        return part.isEmpty() ? null : Sequence.of(part);
    }

    /// The step of the set that names this item. A key whose field the item lacks still names it where the other
    /// fields are the same: the key's value is then a default that only the server fills in.
    static int position(FieldSet set, Value item, int index) {
        for (int i = 0; i < set.elements.length; i++) {
            boolean named = switch (set.elements[i]) {
                case PathElement.Field _ -> false;
                case PathElement.Item(var value) -> value.equals(item);
                case PathElement.Index(var position) -> position == index;
                case PathElement.Key key -> item instanceof Mapping fields && matches(key, fields);
            };
            if (named) return i;
        }
        return -1;
    }

    private static boolean matches(PathElement.Key key, Mapping item) {
        boolean any = false;
        for (var field : key.fields()) {
            var value = item.get(field.name());
            if (value == null) continue;
            if (!value.equals(field.value())) return false;
            any = true;
        }
        return any;
    }
}
