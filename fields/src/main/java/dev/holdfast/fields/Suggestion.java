package dev.holdfast.fields;

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
            int distance = field.name().equalsIgnoreCase(unknown) ? 0 : distance(unknown, field.name());
            if (distance >= nearest) continue;
            nearest = distance;
            best = field.name();
        }
        return best == null ? "" : ", did you mean " + best + "?";
    }

    /// How many letters to insert, delete or replace.
    private static int distance(String left, String right) {
        var above = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) above[j] = j;
        for (int i = 1; i <= left.length(); i++) {
            var row = new int[right.length() + 1];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = above[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[right.length()];
    }
}
