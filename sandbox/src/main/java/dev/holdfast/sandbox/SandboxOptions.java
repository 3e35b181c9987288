package dev.holdfast.sandbox;

import dev.holdfast.sandbox.controller.Controllers.Pace;
import dev.holdfast.sandbox.store.Store;
import java.nio.file.Path;
import java.util.Optional;

/// How a sandbox is started. `seed` decides every uid and generated name; `data` is where it keeps its objects, or
/// nowhere.
public record SandboxOptions(long seed, Optional<Path> data, Store.Limits limits, Pace pace) {

    /// Keeps nothing, and is the same every time.
    public static SandboxOptions inMemory(long seed) {
        return new SandboxOptions(seed, Optional.empty(), Store.Limits.USUAL, Pace.BRISK);
    }

    public SandboxOptions withData(Path folder) {
        return new SandboxOptions(seed, Optional.of(folder), limits, pace);
    }

    public SandboxOptions withLimits(Store.Limits others) {
        return new SandboxOptions(seed, data, others, pace);
    }

    public SandboxOptions withPace(Pace other) {
        return new SandboxOptions(seed, data, limits, other);
    }
}
