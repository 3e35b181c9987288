package dev.holdfast.render;

import dev.holdfast.model.EditDistance;
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
            if (Math.abs(name.length() - entry.name().length()) > 32 || name.length() > 255) continue;
            int distance = EditDistance.between(
                    name.toLowerCase(Locale.ROOT), entry.name().toLowerCase(Locale.ROOT));
            if (distance >= best) continue;
            best = distance;
            nearest = entry.path();
        }
        return nearest.isEmpty() ? Optional.empty() : Optional.of(nearest);
    }
}
