package dev.holdfast.model;

/// An object as it shall be, ready to be applied: final namespace, labels and markers set, `stringData` turned into
/// `data`, what the server owns dropped. `digest` is the keyed digest of the body; `rank` its place in the order of
/// kinds; `origin` the file and line.
public record DesiredObject(Ref ref, Gvk gvk, Mapping body, Digest digest, int rank, Origin origin) {}
