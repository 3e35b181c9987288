package dev.holdfast.fields;

/// Owned fields after a schema change: what was granular when it was written and is atomic by now is owned as a
/// whole by everyone who owned a part. The other way round nothing changes.
final class Atomised {

    private Atomised() {}

    /// The set itself where nothing changed, which is nearly always.
    static FieldSet of(Type type, FieldSet set) {
        var shape = type.resolved();
        // what has no declared shape has no granularity that could have changed
        if (shape instanceof Type.Any || set.isEmpty()) return set;
        var changed = new FieldSet.Builder(set.elements.length);
        boolean same = true;
        for (int i = 0; i < set.elements.length; i++) {
            var element = set.elements[i];
            var below = set.children[i];
            var inner = below.isEmpty() ? null : shape.below(element);
            if (set.members[i]) changed.member(element);
            if (inner == null) {
                changed.children(element, below);
            } else if (isAtomic(inner)) {
                changed.member(element);
                same = false;
            } else {
                var now = of(inner, below);
                same &= now == below;
                changed.children(element, now);
            }
        }
        return same ? set : changed.build();
    }

    private static boolean isAtomic(Type type) {
        return switch (type.resolved()) {
            case Type.MapOf map -> map.isAtomic();
            case Type.ListOf list -> list.isAtomic();
            case Type.Any _, Type.Scalar _, Type.Named _ -> false;
        };
    }
}
