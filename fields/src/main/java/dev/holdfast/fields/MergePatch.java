package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import org.jspecify.annotations.Nullable;

/// JSON merge patch (RFC 7386): maps are merged key by key, null removes, everything else replaces.
public final class MergePatch {

    private MergePatch() {}

    /// Of an object with an object: the only form that an API server takes.
    public static Mapping apply(Mapping target, Mapping patch) {
        var merged = target;
        for (var field : patch) {
            merged = switch (field.value()) {
                case Value.Null _ -> merged.without(field.key());
                case Mapping inner -> merged.with(field.key(), apply(below(merged, field.key()), inner));
                case Value other -> merged.with(field.key(), other);
            };
        }
        return merged;
    }

    public static Value apply(Value target, Value patch) {
        if (!(patch instanceof Mapping changes)) return patch;
        return apply(target instanceof Mapping mapping ? mapping : Mapping.EMPTY, changes);
    }

    private static Mapping below(Mapping target, String key) {
        return target.get(key) instanceof Mapping inner ? inner : Mapping.EMPTY;
    }

    /// The patch that makes `after` of `before`. A null inside of `after` can't be said with such a patch: it is
    /// left out.
    public static Mapping between(Mapping before, Mapping after) {
        var patch = Mapping.builder();
        for (var key : before.keys()) {
            if (!after.has(key)) patch.put(key, Value.none());
        }
        for (var field : after) {
            var change = change(before.get(field.key()), field.value());
            if (change != null) patch.put(field.key(), change);
        }
        return patch.build();
    }

    private static @Nullable Value change(@Nullable Value before, Value after) {
        if (after.equals(before)) return null;
        if (!(after instanceof Mapping inner)) return after;
        // what was no map is replaced by one: merged into nothing
        return between(before instanceof Mapping old ? old : Mapping.EMPTY, inner);
    }
}
