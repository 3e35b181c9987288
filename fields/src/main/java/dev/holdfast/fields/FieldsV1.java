package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;

/// Field sets as managedFields hold them: `f:` a field, `k:` a keyed item, `v:` an item of a set, `i:` a position,
/// and `.` for the step itself where something below it is owned too.
public final class FieldsV1 {

    /// No object is deeper when it is read, so no set of its fields is.
    private static final int DEEPEST = 500;

    private static final String SELF = ".";

    private FieldsV1() {}

    public static Mapping print(FieldSet set) {
        return print(set, Mapping.builder());
    }

    private static Mapping print(FieldSet set, Mapping.Builder fields) {
        for (int i = 0; i < set.elements.length; i++) {
            boolean both = set.members[i] && !set.children[i].isEmpty();
            var below = both ? Mapping.builder().put(SELF, Mapping.EMPTY) : Mapping.builder();
            fields.put(StepText.print(set.elements[i]), print(set.children[i], below));
        }
        return fields.build();
    }

    /// Throws {@link IllegalArgumentException} where the value is no field set. Steps of a kind that nobody knows
    /// yet are left out, as the API server does.
    public static FieldSet parse(Value fields) {
        return parse(fields, 0);
    }

    private static FieldSet parse(Value value, int depth) {
        if (!(value instanceof Mapping fields)) {
            throw new IllegalArgumentException("a field set holds maps only, and a " + value.typeName() + " was found");
        }
        if (depth > DEEPEST) throw new IllegalArgumentException("the field set is nested too deeply");
        if (fields.isEmpty()) return FieldSet.EMPTY;
        var set = new FieldSet.Builder(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            var key = fields.keyAt(i);
            if (key.equals(SELF) || !StepText.isKnown(key)) continue;
            var step = StepText.parse(key);
            var below = fields.valueAt(i);
            if (isMember(below)) set.member(step);
            set.children(step, parse(below, depth + 1));
        }
        return set.build();
    }

    /// `{}` is a member without anything below it, `.` marks one that has.
    private static boolean isMember(Value below) {
        return below instanceof Mapping fields && (fields.isEmpty() || fields.has(SELF));
    }
}
