package dev.holdfast.model;

import java.util.Comparator;

/// The name of an App resource.
public record AppName(String namespace, String name) implements Comparable<AppName> {

    private static final Comparator<AppName> ORDER =
            Comparator.comparing(AppName::namespace).thenComparing(AppName::name);

    @Override
    public int compareTo(AppName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
