package dev.holdfast.render.kustomize;

import dev.holdfast.model.Snapshot;

/// Kustomize as a function: a directory of a snapshot to objects, byte for byte (printed with `YamlWriter`) those of
/// `kustomize build`. Nothing is executed, nothing fetched, no file read outside of the snapshot; any number of
/// builds may run at the same time.
public final class Kustomize {

    private Kustomize() {}

    /// @param directory the path of a directory that holds a kustomization file, relative to the snapshot's root
    /// @return the objects, every value with its origin; or what must be fetched before they can be known
    /// @throws dev.holdfast.model.FaultException terminal, at the file and line that must be changed
    public static KustomizeResult build(Snapshot snapshot, String directory, KustomizeOptions options) {
        return new Build(snapshot, options).run(directory);
    }
}
