package dev.holdfast.model;

import java.util.Comparator;

/// The identity of an object in one cluster, whatever its version; `namespace` is empty for cluster-scoped objects.
public record Ref(String group, String kind, String namespace, String name) implements Comparable<Ref> {

    private static final Comparator<Ref> ORDER = Comparator.comparing(Ref::group)
            .thenComparing(Ref::kind)
            .thenComparing(Ref::namespace)
            .thenComparing(Ref::name);

    public GroupKind groupKind() {
        return new GroupKind(group, kind);
    }

    public Ref inNamespace(String other) {
        return new Ref(group, kind, other, name);
    }

    /// `<group>/<kind>/<namespace>/<name>`: what the annotation `holdfast.dev/object` holds. Stored in clusters,
    /// never changes.
    public String marker() {
        return group + "/" + kind + "/" + namespace + "/" + name;
    }

    /// As people read it: `Deployment.apps team-a/web`, `Namespace team-a`.
    public String words() {
        return groupKind() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }

    @Override
    public int compareTo(Ref other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return words();
    }
}
