package dev.holdfast.render;

import dev.holdfast.model.Snapshot;
import java.util.List;
import java.util.Optional;

/// The file that says: this directory is rendered by Kustomize.
final class Kustomization {

    /// As Kustomize, Argo CD and Flux look for it.
    static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private Kustomization() {}

    /// Its path; the first of the names where there are several, which Kustomize itself refuses.
    static Optional<String> in(Snapshot snapshot, String directory) {
        return NAMES.stream()
                .map(name -> directory.isEmpty() ? name : directory + "/" + name)
                .filter(path -> snapshot.entry(path)
                        .filter(entry -> entry.kind() == Snapshot.Kind.FILE)
                        .isPresent())
                .findFirst();
    }
}
