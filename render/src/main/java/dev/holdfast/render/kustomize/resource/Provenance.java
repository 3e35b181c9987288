package dev.holdfast.render.kustomize.resource;

/// The annotations that tell people where an object came from, where `buildMetadata` asks for them.
public final class Provenance {

    public static final String ORIGIN = "config.kubernetes.io/origin";
    public static final String TRANSFORMATIONS = "alpha.config.kubernetes.io/transformations";

    private Provenance() {}
}
