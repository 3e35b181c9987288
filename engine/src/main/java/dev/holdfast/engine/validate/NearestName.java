package dev.holdfast.engine.validate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The known name that somebody may have meant.
final class NearestName {

    private static final int LONGEST = 64;

    private NearestName() {}

    static Optional<String> of(String written, List<String> known) {
        if (written.length() > LONGEST) return Optional.empty();
        int best = Math.max(1, written.length() / 3) + 1;
        Optional<String> nearest = Optional.empty();
        for (var name : known) {
            int distance = distance(written.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < best) {
                best = distance;
                nearest = Optional.of(name);
            }
        }
        return nearest;
    }

    /// How many letters must be put in, taken out or changed.
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) row[j] = j;
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + change);
                diagonal = above;
            }
        }
        return row[row.length - 1];
    }
}
