package dev.holdfast.dialect;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds the known name that a misspelt one most likely means.
final class NearestName {

    private NearestName() {}

    /// The nearest of the known names, where it is near enough to be meant: at most a third of its letters differ.
    static Optional<String> of(String written, List<String> known) {
        var word = written.toLowerCase(Locale.ROOT);
        Optional<String> best = Optional.empty();
        int least = Integer.MAX_VALUE;
        for (var name : known) {
            int distance = distance(word, name.toLowerCase(Locale.ROOT));
            if (distance < least && distance <= Math.max(1, name.length() / 3)) {
                least = distance;
                best = Optional.of(name);
            }
        }
        return best;
    }

    /// Levenshtein distance; words longer than 64 letters are never near.
    private static int distance(String left, String right) {
        if (left.length() > 64 || right.length() > 64) return Integer.MAX_VALUE;
        var above = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) above[column] = column;
        for (int row = 1; row <= left.length(); row++) {
            var current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int swap = above[column - 1] + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(swap, Math.min(above[column], current[column - 1]) + 1);
            }
            above = current;
        }
        return above[right.length()];
    }
}
