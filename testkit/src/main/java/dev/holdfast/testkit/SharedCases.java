package dev.holdfast.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Where the recorded cases of real tools are: the folder `shared` beside the repository. Tests that need it are
/// skipped, with this message, where it is absent.
public final class SharedCases {

    private SharedCases() {}

    /// The repository's root: the system property `holdfast.root`, which the build sets, or the nearest folder with
    /// a `dev` script.
    public static Path root() {
        var given = System.getProperty("holdfast.root");
        if (given != null && !given.isEmpty()) return Path.of(given);
        var folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("CONTRIBUTING.md"))) folder = folder.getParent();
        return folder == null ? Path.of("").toAbsolutePath() : folder;
    }

    /// A file or folder below `shared`; aborts the calling test where it is absent.
    public static Path find(String relative) {
        var path = root().resolveSibling("shared").resolve(relative);
        Assumptions.assumeTrue(
                Files.exists(path),
                () -> "skipped: the recorded cases are not here (" + relative
                        + " in the folder `shared` beside the repository)");
        return path;
    }
}
