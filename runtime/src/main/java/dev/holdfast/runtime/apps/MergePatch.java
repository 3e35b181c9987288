package dev.holdfast.runtime.apps;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;

/// The smallest JSON merge patch (RFC 7386) that turns one mapping into another.
final class MergePatch {

    private MergePatch() {}

    static Mapping between(Mapping from, Mapping to) {
        var patch = Mapping.builder();
        for (var field : to) {
            var before = from.get(field.key());
            if (field.value().equals(before)) continue;
            if (before instanceof Mapping inner && field.value() instanceof Mapping wanted) {
                patch.put(field.key(), between(inner, wanted));
            } else {
                patch.put(field.key(), field.value());
            }
        }
        for (var field : from) {
            if (!to.has(field.key())) patch.put(field.key(), Value.none());
        }
        return patch.build();
    }
}
