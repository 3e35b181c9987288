package dev.holdfast.engine.desired;

import dev.holdfast.model.Discovery.Scope;
import dev.holdfast.model.GroupKind;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Manifest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the CustomResourceDefinitions of a set will make the cluster serve: so that a definition and its instances
/// fit in one commit.
final class Definitions {

    private record Definition(Scope scope, SortedSet<String> versions) {}

    private final TreeMap<GroupKind, Definition> byKind = new TreeMap<>();

    private Definitions() {}

    static Definitions in(List<Manifest> manifests) {
        var found = new Definitions();
        for (var manifest : manifests) {
            if (manifest.gvk().groupKind().equals(GroupKind.DEFINITION)) found.add(manifest);
        }
        return found;
    }

    private void add(Manifest manifest) {
        var spec = manifest.body().mapping("spec");
        var group = spec.text("group");
        var kind = spec.text("names", "kind");
        if (group.isEmpty() || kind.isEmpty()) return;
        var versions = new TreeSet<String>();
        spec.sequence("versions").mappings().stream()
                .filter(version -> version.bool("served").orElse(true))
                .forEach(version -> version.text("name").ifPresent(versions::add));
        var scope = spec.text("scope").filter("Cluster"::equals).isPresent() ? Scope.CLUSTER : Scope.NAMESPACED;
        byKind.put(
                new GroupKind(group.get(), kind.get()),
                new Definition(scope, Collections.unmodifiableSortedSet(versions)));
    }

    boolean defines(Gvk gvk) {
        var definition = byKind.get(gvk.groupKind());
        return definition != null && definition.versions().contains(gvk.version());
    }

    Optional<Scope> scope(GroupKind kind) {
        return Optional.ofNullable(byKind.get(kind)).map(Definition::scope);
    }
}
