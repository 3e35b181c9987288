package dev.holdfast.render.kustomize;

import dev.holdfast.render.kustomize.load.BuildLimits;

/// How a build is done, beside what its files say.
public record KustomizeOptions(
        Order order, Loading loading, Remotes remotes, Overrides overrides, BuildLimits limits) {

    public enum Order {
        /// As the objects were added: what engines that call the library see (Flux).
        AS_ADDED,
        /// The legacy order of `kustomize build` and `kubectl kustomize` (Argo CD).
        LEGACY
    }

    /// Which files a kustomization may name.
    public enum Loading {
        /// Those in and below its directory.
        ROOT_ONLY,
        /// All of the repository (`--load-restrictor LoadRestrictionsNone`).
        ANYWHERE
    }

    public static final KustomizeOptions LIBRARY = new KustomizeOptions(
            Order.AS_ADDED, Loading.ROOT_ONLY, Remotes.REFUSED, Overrides.NONE, BuildLimits.DEFAULT);

    public static final KustomizeOptions COMMAND_LINE = LIBRARY.with(Order.LEGACY);

    public KustomizeOptions with(Order other) {
        return new KustomizeOptions(other, loading, remotes, overrides, limits);
    }

    public KustomizeOptions with(Loading other) {
        return new KustomizeOptions(order, other, remotes, overrides, limits);
    }

    public KustomizeOptions with(Remotes other) {
        return new KustomizeOptions(order, loading, other, overrides, limits);
    }

    public KustomizeOptions with(Overrides other) {
        return new KustomizeOptions(order, loading, remotes, other, limits);
    }

    public KustomizeOptions with(BuildLimits other) {
        return new KustomizeOptions(order, loading, remotes, overrides, other);
    }
}
