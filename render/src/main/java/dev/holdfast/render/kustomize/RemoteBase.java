package dev.holdfast.render.kustomize;

/// Something outside of the repository that a kustomization names as a resource or component.
public sealed interface RemoteBase {

    /// As it is written in the kustomization: what the fetched content is handed in under.
    String address();

    /// A directory of another repository; an empty `ref` is its default branch. `repository` is an address that Git
    /// takes.
    record Repository(String address, String repository, String ref) implements RemoteBase {}

    /// A file, by https.
    record File(String address) implements RemoteBase {}
}
