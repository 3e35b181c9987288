package dev.holdfast.bench;

import dev.holdfast.testkit.Outcome;
import java.io.IOException;
import java.nio.file.Path;

final class KustomizeCases {
    static Outcome in(Path folder) throws IOException { throw new IOException("interim"); }
}
