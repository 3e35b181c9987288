package dev.holdfast.model;

/// The identity of an object in one cluster, whatever its version; `namespace` is empty for cluster-scoped objects.
public record Ref(String group, String kind, String namespace, String name) implements Comparable<Ref> {

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
        int order = group.compareTo(other.group);
        if (order != 0) return order;
        order = kind.compareTo(other.kind);
        if (order != 0) return order;
        order = namespace.compareTo(other.namespace);
        if (order != 0) return order;
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return words();
    }
}
