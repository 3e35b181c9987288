package dev.holdfast.model;

/// The name of an App resource.
public record AppName(String namespace, String name) implements Comparable<AppName> {

    @Override
    public int compareTo(AppName other) {
        int order = namespace.compareTo(other.namespace);
        if (order != 0) return order;
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
