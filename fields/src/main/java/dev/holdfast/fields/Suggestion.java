package dev.holdfast.fields;

import dev.holdfast.model.EditDistance;
import org.jspecify.annotations.Nullable;

/// The declared field that an unknown one probably meant.
final class Suggestion {

    private static final int LONGEST = 64;

    private Suggestion() {}

    /// `, did you mean image?`, or nothing.
    static String of(String unknown, Type.MapOf type) {
        if (unknown.length() > LONGEST) return "";
        @Nullable String best = null;
        int nearest = Math.min(2, unknown.length() / 3) + 1;
        for (var field : type.fields()) {
            int distance = field.name().equalsIgnoreCase(unknown) ? 0 : EditDistance.between(unknown, field.name());
            if (distance >= nearest) continue;
            nearest = distance;
            best = field.name();
        }
        return best == null ? "" : ", did you mean " + best + "?";
    }
}
