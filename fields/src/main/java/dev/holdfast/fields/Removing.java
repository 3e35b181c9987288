package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;

/// Takes fields out of a value, by schema. Parts that lose nothing stay the same instances.
final class Removing {

    private Removing() {}

    /// A map or list that loses everything by losing its parts becomes null, as in the API server: the set says
    /// whether it goes itself.
    static Value remove(Type type, Value value, FieldSet set) {
        if (set.isEmpty()) return value;
        return switch (type.shapedAs(value)) {
            case Type.ListOf list -> value instanceof Sequence items ? items(list, items, set) : Value.none();
            case Type.MapOf map -> value instanceof Mapping fields ? fields(map, fields, set) : Value.none();
            case Type.Scalar _, Type.Any _, Type.Named _ -> value;
        };
    }

    /// The same for a whole object, which is never null.
    static Mapping removeFrom(Type type, Mapping object, FieldSet set) {
        return remove(type, object, set) instanceof Mapping rest ? rest : Mapping.EMPTY;
    }

    private static Value fields(Type.MapOf type, Mapping fields, FieldSet set) {
        if (type.isAtomic()) return Value.none();
        var rest = fields.map((key, value) -> {
            var declared = type.field(key);
            int at = set.position(declared == null ? new PathElement.Field(key) : declared.step());
            if (at < 0) return value;
            if (set.members[at]) return null;
            var inner = declared == null ? type.others() : declared.type();
            return remove(inner == null ? Type.DEDUCED : inner, value, set.children[at]);
        });
        return rest.isEmpty() ? Value.none() : rest;
    }

    private static Value items(Type.ListOf type, Sequence items, FieldSet set) {
        if (type.isAtomic()) return Value.none();
        var rest = new ArrayList<Value>(items.size());
        boolean same = true;
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var step = ListItems.step(type, item);
            int at = step == null ? -1 : set.position(step);
            if (at >= 0 && set.members[at]) {
                same = false;
                continue;
            }
            var kept = at < 0 ? item : remove(type.items(), item, set.children[at]);
            same &= kept == item;
            rest.add(kept);
        }
        if (same) return items;
        return rest.isEmpty() ? Value.none() : Sequence.of(rest);
    }
}
