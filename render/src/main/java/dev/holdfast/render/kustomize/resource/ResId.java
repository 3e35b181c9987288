package dev.holdfast.render.kustomize.resource;

import dev.holdfast.model.Gvk;

/// What tells one object of a build from the others. Cluster-scoped objects have no namespace, whatever they say;
/// no namespace and `default` are the same.
public record ResId(Gvk gvk, String name, String namespace, boolean clusterScoped) {

    private static final String NONE = "_non_namespaceable_";
    private static final String DEFAULT = "default";

    /// As a person or a configuration names an object: nothing is known of its scope.
    public static ResId named(Gvk gvk, String name, String namespace) {
        return new ResId(gvk, name, namespace, false);
    }

    public String effectiveNamespace() {
        if (clusterScoped) return NONE;
        return namespace.isEmpty() ? DEFAULT : namespace;
    }

    public boolean sameNamespace(ResId other) {
        return effectiveNamespace().equals(other.effectiveNamespace());
    }

    public boolean sameKindAndName(ResId other) {
        return name.equals(other.name) && gvk.equals(other.gvk);
    }

    public boolean same(ResId other) {
        return sameKindAndName(other) && sameNamespace(other);
    }

    /// What {@link #same} compares, for look-ups.
    public Key key() {
        return new Key(gvk, name, effectiveNamespace());
    }

    public record Key(Gvk gvk, String name, String namespace) {}

    /// Whether this is one of the kinds that a selector names; what it leaves empty is any.
    public boolean isOf(Gvk selector) {
        return isOf(gvk, selector);
    }

    public static boolean isOf(Gvk gvk, Gvk selector) {
        return (selector.group().isEmpty() || selector.group().equals(gvk.group()))
                && (selector.version().isEmpty() || selector.version().equals(gvk.version()))
                && (selector.kind().isEmpty() || selector.kind().equals(gvk.kind()));
    }

    public boolean isSelectedBy(ResId selector) {
        return (selector.name.isEmpty() || selector.name.equals(name))
                && (selector.namespace.isEmpty() || selector.sameNamespace(this))
                && isOf(selector.gvk);
    }

    public static String words(Gvk gvk) {
        return or(gvk.kind(), "[noKind]") + "." + or(gvk.version(), "[noVer]") + "." + or(gvk.group(), "[noGrp]");
    }

    private static String or(String text, String other) {
        return text.isEmpty() ? other : text;
    }

    @Override
    public String toString() {
        return words(gvk) + "/" + or(name, "[noName]") + "." + or(namespace, "[noNs]");
    }
}
