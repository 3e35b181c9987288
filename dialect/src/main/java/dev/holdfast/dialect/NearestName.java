package dev.holdfast.dialect;

import dev.holdfast.model.EditDistance;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds the known name that a misspelt one most likely means.
final class NearestName {

    /// Longer words are never near.
    private static final int LONGEST = 64;

    private NearestName() {}

    /// The nearest of the known names, where it is near enough to be meant: at most a third of its letters differ.
    static Optional<String> of(String written, List<String> known) {
        var word = written.toLowerCase(Locale.ROOT);
        Optional<String> best = Optional.empty();
        int least = Integer.MAX_VALUE;
        if (tooLong(word)) return best;
        for (var name : known) {
            if (tooLong(name)) continue;
            int distance = EditDistance.between(word, name.toLowerCase(Locale.ROOT));
            if (distance < least && distance <= Math.max(1, name.length() / 3)) {
                least = distance;
                best = Optional.of(name);
            }
        }
        return best;
    }

    private static boolean tooLong(String name) {
        return name.length() > LONGEST;
    }
}
