package dev.holdfast.cluster;

import dev.holdfast.model.Discovery;
import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.Discovery.Scope;
import dev.holdfast.model.GroupKind;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Collects what discovery documents say, in both of their forms.
final class DiscoveryTable {

    private final TreeMap<GroupKind, List<ApiResource>> resources = new TreeMap<>();
    private final TreeSet<String> failed = new TreeSet<>();

    Discovery discovery() {
        return new Discovery(resources, failed);
    }

    void failed(String group) {
        failed.add(group);
    }

    /// An APIGroupDiscoveryList, v2 or v2beta1: versions stand in the order of preference. Anything but `Current`
    /// says that the group's server did not answer lately.
    void aggregated(Mapping list) {
        for (Value item : list.sequence("items")) {
            if (!(item instanceof Mapping group)) continue;
            var name = group.text("metadata", "name").orElse("");
            var versions = group.sequence("versions");
            if (versions.isEmpty()) failed.add(name);
            for (Value entry : versions) {
                if (!(entry instanceof Mapping version)) continue;
                if (!version.text("freshness").orElse("Current").equals("Current")) failed.add(name);
                var text = version.text("version").orElse("");
                for (Value resource : version.sequence("resources")) {
                    if (resource instanceof Mapping known) aggregated(name, text, known);
                }
            }
        }
    }

    private void aggregated(String group, String version, Mapping resource) {
        var answer = resource.mapping("responseKind");
        if (!serves(answer, group, version)) return;
        var subresources = new TreeSet<String>();
        for (Value item : resource.sequence("subresources")) {
            if (item instanceof Mapping sub) sub.text("subresource").ifPresent(subresources::add);
        }
        var scope = resource.text("scope").orElse("").equals("Namespaced") ? Scope.NAMESPACED : Scope.CLUSTER;
        add(new ApiResource(
                new Gvk(group, version, answer.text("kind").orElse("")),
                resource.text("resource").orElse(""),
                scope,
                verbs(resource),
                subresources));
    }

    /// An APIResourceList: subresources stand beside their resource, as `deployments/scale`.
    void legacy(String group, String version, Mapping list) {
        var subresources = new TreeMap<String, TreeSet<String>>();
        for (var name : names(list.sequence("resources"))) {
            int slash = name.indexOf('/');
            if (slash > 0) {
                subresources
                        .computeIfAbsent(name.substring(0, slash), _ -> new TreeSet<>())
                        .add(name.substring(slash + 1));
            }
        }
        for (Value item : list.sequence("resources")) {
            if (!(item instanceof Mapping resource) || !serves(resource, group, version)) continue;
            var plural = resource.text("name").orElse("");
            if (plural.contains("/")) continue;
            add(new ApiResource(
                    new Gvk(group, version, resource.text("kind").orElse("")),
                    plural,
                    resource.bool("namespaced").orElse(false) ? Scope.NAMESPACED : Scope.CLUSTER,
                    verbs(resource),
                    subresources.getOrDefault(plural, new TreeSet<>())));
        }
    }

    private static List<String> names(Sequence resources) {
        var names = new ArrayList<String>();
        for (Value item : resources) {
            if (item instanceof Mapping resource) resource.text("name").ifPresent(names::add);
        }
        return names;
    }

    /// Whether what is answered under this path is of this group and version: nothing said means yes. Some metrics
    /// adapters answer with kinds of another group; such objects have no address of their own.
    private static boolean serves(Mapping kind, String group, String version) {
        var otherGroup = kind.text("group").orElse("");
        var otherVersion = kind.text("version").orElse("");
        return (otherGroup.isEmpty() || otherGroup.equals(group))
                && (otherVersion.isEmpty() || otherVersion.equals(version));
    }

    private static SortedSet<String> verbs(Mapping resource) {
        var verbs = new TreeSet<String>();
        for (Value item : resource.sequence("verbs")) {
            if (item instanceof Value.Text(var verb, var _)) verbs.add(verb);
        }
        return verbs;
    }

    private void add(ApiResource resource) {
        if (resource.plural().isEmpty() || resource.gvk().kind().isEmpty()) return;
        resources
                .computeIfAbsent(resource.gvk().groupKind(), _ -> new ArrayList<>())
                .add(resource);
    }
}
