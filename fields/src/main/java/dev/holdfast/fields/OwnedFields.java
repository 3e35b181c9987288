package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;

/// Which fields a value sets: what an applier owns who applies it. Structs and maps are owned through what is in
/// them, keyed items also as themselves, atomic values as a whole.
final class OwnedFields {

    /// Stands for "this step itself, and nothing below it". Never leaves this class.
    private static final FieldSet WHOLE =
            new FieldSet.Builder().member(new PathElement.Field("")).build();

    private OwnedFields() {}

    static FieldSet of(Type type, Value value) {
        var set = below(type, value);
        return set == WHOLE ? FieldSet.EMPTY : set;
    }

    private static FieldSet below(Type type, Value value) {
        return switch (type.shapedAs(value)) {
            case Type.ListOf list when list.isAtomic() -> WHOLE;
            case Type.ListOf list -> value instanceof Sequence items ? ofItems(list, items) : FieldSet.EMPTY;
            case Type.MapOf map when map.isAtomic() -> WHOLE;
            case Type.MapOf map -> value instanceof Mapping fields ? ofFields(map, fields) : FieldSet.EMPTY;
            case Type.Scalar _, Type.Any _, Type.Named _ -> WHOLE;
        };
    }

    private static FieldSet ofFields(Type.MapOf map, Mapping fields) {
        var set = new FieldSet.Builder(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            var key = fields.keyAt(i);
            var value = fields.valueAt(i);
            var declared = map.field(key);
            var type = declared == null ? map.others() : declared.type();
            var step = declared == null ? new PathElement.Field(key) : declared.step();
            var below = below(type == null ? Type.DEDUCED : type, value);
            boolean empty = value.isNull() || value instanceof Mapping inner && inner.isEmpty();
            if (below == WHOLE || empty || declared == null) set.member(step);
            if (below != WHOLE) set.children(step, below);
        }
        return set.build();
    }

    private static FieldSet ofItems(Type.ListOf list, Sequence items) {
        var named = ListItems.named(list, items);
        var byStep = ListItems.byStep(named);
        var set = new FieldSet.Builder(named.size());
        for (var item : named) {
            set.member(item.step());
            // of items that can't be told apart nobody owns parts
            var same = byStep.get(item.step());
            if (same != null && same.size() > 1) continue;
            var below = below(list.items(), item.item());
            if (below != WHOLE) set.children(item.step(), below);
        }
        return set.build();
    }
}
