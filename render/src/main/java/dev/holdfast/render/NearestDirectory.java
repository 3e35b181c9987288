package dev.holdfast.render;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Snapshot;
import java.util.Locale;
import java.util.Optional;

/// For a path that does not exist: an existing directory that is written nearly the same.
final class NearestDirectory {

    private NearestDirectory() {}

    static Optional<String> to(String path, Snapshot snapshot) {
        try {
            return search(path, snapshot);
        } catch (FaultException unreadable) {
            // only a hint is lost; the fault that it would adorn is told anyway
            return Optional.empty();
        }
    }

    private static Optional<String> search(String path, Snapshot snapshot) {
        var found = "";
        for (var segment : path.split("/")) {
            var here = found.isEmpty() ? segment : found + "/" + segment;
            if (isDirectory(here, snapshot)) {
                found = here;
                continue;
            }
            var near = nearest(found, segment, snapshot);
            if (near.isEmpty()) return Optional.empty();
            found = near.get();
        }
        return Optional.of(found);
    }

    private static boolean isDirectory(String path, Snapshot snapshot) {
        return snapshot.entry(path)
                .filter(entry -> entry.kind() == Snapshot.Kind.DIRECTORY)
                .isPresent();
    }

    private static Optional<String> nearest(String directory, String name, Snapshot snapshot) {
        int best = Math.max(1, name.length() / 3) + 1;
        String nearest = "";
        for (var entry : snapshot.list(directory)) {
            if (entry.kind() != Snapshot.Kind.DIRECTORY) continue;
            int distance = distance(name.toLowerCase(Locale.ROOT), entry.name().toLowerCase(Locale.ROOT));
            if (distance >= best) continue;
            best = distance;
            nearest = entry.path();
        }
        return nearest.isEmpty() ? Optional.empty() : Optional.of(nearest);
    }

    /// How many characters to add, drop or change.
    private static int distance(String one, String other) {
        if (Math.abs(one.length() - other.length()) > 32 || one.length() > 255) return Integer.MAX_VALUE;
        var before = new int[other.length() + 1];
        for (int j = 0; j < before.length; j++) before[j] = j;
        for (int i = 1; i <= one.length(); i++) {
            var row = new int[before.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[other.length()];
    }
}
