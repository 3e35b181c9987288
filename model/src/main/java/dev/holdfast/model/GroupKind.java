package dev.holdfast.model;

/// A kind whatever its version; the core group is the empty text.
public record GroupKind(String group, String kind) implements Comparable<GroupKind> {

    public static final GroupKind NAMESPACE = new GroupKind("", "Namespace");
    public static final GroupKind DEFINITION = new GroupKind("apiextensions.k8s.io", "CustomResourceDefinition");

    /// `Deployment` or `Widget.example.com`, as people write it in `ignore`, `guard` and `health`. Built-in groups
    /// may be left out, so a name without a dot matches every group that Kubernetes itself serves.
    public boolean matches(String written) {
        int dot = written.indexOf('.');
        if (dot < 0) return written.equals(kind) && BuiltinGroups.contains(group);
        return written.substring(0, dot).equals(kind)
                && written.substring(dot + 1).equals(group);
    }

    @Override
    public int compareTo(GroupKind other) {
        int order = group.compareTo(other.group);
        if (order != 0) return order;
        return kind.compareTo(other.kind);
    }

    @Override
    public String toString() {
        return group.isEmpty() ? kind : kind + "." + group;
    }
}
