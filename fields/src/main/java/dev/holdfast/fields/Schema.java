package dev.holdfast.fields;

import dev.holdfast.model.Gvk;
import org.jspecify.annotations.Nullable;

/// What an API says about the objects of one kind in one version.
public record Schema(Gvk gvk, Type root) {

    /// For kinds whose schema nobody knows: maps are granular, lists are atomic, nothing is refused.
    public static Schema unknown(Gvk gvk) {
        return new Schema(gvk, Type.DEDUCED);
    }

    /// The type at a path; null where the schema has none.
    public @Nullable Type at(FieldPath path) {
        @Nullable Type type = root;
        for (var element : path.elements()) {
            if (type == null) return null;
            type = type.below(element);
        }
        return type;
    }
}
