package dev.holdfast.model;

/// A rendered object: what a source says should be. `ref` has the namespace that the file names, if any; scope and
/// final namespace are settled in the engine.
public record Manifest(Gvk gvk, Ref ref, Mapping body) {

    public Origin origin() {
        return body.origin();
    }
}
