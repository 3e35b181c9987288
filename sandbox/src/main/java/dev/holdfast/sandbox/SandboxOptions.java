package dev.holdfast.sandbox;

import dev.holdfast.sandbox.store.Store;
import java.nio.file.Path;
import java.util.Optional;

/// How a sandbox is started. `seed` decides every uid and generated name; `data` is where it keeps its objects, or
/// nowhere.
public record SandboxOptions(long seed, Optional<Path> data, Store.Limits limits) {

    /// Keeps nothing, and is the same every time.
    public static SandboxOptions inMemory(long seed) {
        return new SandboxOptions(seed, Optional.empty(), Store.Limits.USUAL);
    }

    public SandboxOptions withData(Path folder) {
        return new SandboxOptions(seed, Optional.of(folder), limits);
    }

    public SandboxOptions withLimits(Store.Limits others) {
        return new SandboxOptions(seed, data, others);
    }
}
