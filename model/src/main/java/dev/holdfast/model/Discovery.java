package dev.holdfast.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a cluster serves, and which groups it could not tell about. `resources` is by kind and version, in the
/// server's order of preference inside a kind.
public record Discovery(SortedMap<GroupKind, List<ApiResource>> resources, SortedSet<String> failedGroups) {

    public static final Discovery EMPTY = new Discovery(new TreeMap<>(), new TreeSet<>());

    public Discovery {
        var copy = new TreeMap<GroupKind, List<ApiResource>>();
        resources.forEach((kind, versions) -> copy.put(kind, List.copyOf(versions)));
        resources = Collections.unmodifiableSortedMap(copy);
        failedGroups = Collections.unmodifiableSortedSet(new TreeSet<>(failedGroups));
    }

    /// One served resource. `plural` is its path segment.
    public record ApiResource(
            Gvk gvk, String plural, Scope scope, SortedSet<String> verbs, SortedSet<String> subresources) {
        public ApiResource {
            verbs = Collections.unmodifiableSortedSet(new TreeSet<>(verbs));
            subresources = Collections.unmodifiableSortedSet(new TreeSet<>(subresources));
        }

        public boolean namespaced() {
            return scope == Scope.NAMESPACED;
        }
    }

    public enum Scope {
        NAMESPACED,
        CLUSTER
    }

    /// The resource in exactly this version.
    public Optional<ApiResource> find(Gvk gvk) {
        return resources.getOrDefault(gvk.groupKind(), List.of()).stream()
                .filter(resource -> resource.gvk().equals(gvk))
                .findFirst();
    }

    /// The resource in the server's preferred version.
    public Optional<ApiResource> preferred(GroupKind kind) {
        return resources.getOrDefault(kind, List.of()).stream().findFirst();
    }

    /// False when the answer for this group is missing, so that absence proves nothing.
    public boolean complete(String group) {
        return !failedGroups.contains(group);
    }
}
