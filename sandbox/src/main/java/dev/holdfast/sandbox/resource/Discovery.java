package dev.holdfast.sandbox.resource;

import dev.holdfast.model.Digest;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The discovery documents: one group or version at a time, as older clients ask for them, and all at once.
public final class Discovery {

    private final Catalog catalog;
    private final Set<String> down;

    /// `down` names the groups that do not answer.
    public Discovery(Catalog catalog, Set<String> down) {
        this.catalog = catalog;
        this.down = Set.copyOf(down);
    }

    public Mapping coreVersions() {
        return Mapping.builder()
                .put("kind", "APIVersions")
                .put("versions", Value.texts(List.of("v1")))
                .put("serverAddressByClientCIDRs", Value.of(List.of()))
                .build();
    }

    public Mapping groupList() {
        var groups = new ArrayList<Value>();
        for (var group : catalog.groups()) groups.add(groupEntry(Mapping.builder(), group));
        return Mapping.builder()
                .put("kind", "APIGroupList")
                .put("apiVersion", "v1")
                .put("groups", Value.of(groups))
                .build();
    }

    public Optional<Mapping> group(String group) {
        if (catalog.versions(group).isEmpty()) return Optional.empty();
        return Optional.of(groupEntry(Mapping.builder().put("kind", "APIGroup").put("apiVersion", "v1"), group));
    }

    private Mapping groupEntry(Mapping.Builder entry, String group) {
        var versions = new ArrayList<Value>();
        for (var apiVersion : catalog.versions(group)) {
            versions.add(Mapping.builder()
                    .put("groupVersion", apiVersion)
                    .put("version", apiVersion.substring(group.length() + 1))
                    .build());
        }
        return entry.put("name", group)
                .put("versions", Value.of(versions))
                .put("preferredVersion", versions.getFirst())
                .build();
    }

    public Optional<Mapping> resources(String apiVersion) {
        if (!catalog.serves(apiVersion)) return Optional.empty();
        var resources = new ArrayList<Value>();
        for (var type : catalog.in(apiVersion)) {
            resources.add(resource(type));
            for (var sub : type.subresources()) resources.add(subresource(type, sub));
        }
        return Optional.of(Mapping.builder()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", apiVersion)
                .put("resources", Value.of(resources))
                .build());
    }

    private static Mapping resource(ResourceType type) {
        var entry = Mapping.builder()
                .put("name", type.plural())
                .put("singularName", type.names().singular())
                .put("namespaced", type.namespaced() ? Value.TRUE : Value.FALSE)
                .put("kind", type.kind())
                .put("verbs", Value.texts(type.verbs()));
        if (!type.names().shortNames().isEmpty()) {
            entry.put("shortNames", Value.texts(type.names().shortNames()));
        }
        if (!type.names().categories().isEmpty()) {
            entry.put("categories", Value.texts(type.names().categories()));
        }
        if (type.allows("list")) entry.put("storageVersionHash", hash(type));
        return entry.build();
    }

    /// Tells clients apart in which version a resource is stored.
    private static String hash(ResourceType type) {
        var name = type.group() + "/" + type.version() + "/" + type.kind();
        var digest = HexFormat.of().parseHex(Digest.of(name).first(16));
        return Base64.getEncoder().encodeToString(digest);
    }

    private static Mapping subresource(ResourceType type, ResourceType.Subresource sub) {
        var entry = Mapping.builder()
                .put("name", type.plural() + "/" + sub.name())
                .put("singularName", "")
                .put("namespaced", type.namespaced() ? Value.TRUE : Value.FALSE);
        if (!sub.kind().apiVersion().equals(type.apiVersion())) {
            entry.put("group", sub.kind().group()).put("version", sub.kind().version());
        }
        return entry.put("kind", sub.kind().kind())
                .put("verbs", Value.texts(sub.verbs()))
                .build();
    }

    /// The aggregated list of the core group (`/api`).
    public Mapping aggregatedCore() {
        return aggregated(List.of(""));
    }

    /// The aggregated list of all named groups (`/apis`).
    public Mapping aggregatedGroups() {
        return aggregated(catalog.groups());
    }

    private Mapping aggregated(List<String> groups) {
        var items = new ArrayList<Value>();
        for (var group : groups) {
            var metadata = group.isEmpty() ? Mapping.EMPTY : Mapping.of("name", Value.of(group));
            var versions = new ArrayList<Value>();
            for (var apiVersion : catalog.versions(group)) versions.add(aggregatedVersion(group, apiVersion));
            items.add(Mapping.builder()
                    .put("metadata", metadata)
                    .put("versions", Value.of(versions))
                    .build());
        }
        return Mapping.builder()
                .put("kind", "APIGroupDiscoveryList")
                .put("apiVersion", "apidiscovery.k8s.io/v2")
                .put("metadata", Mapping.EMPTY)
                .put("items", Value.of(items))
                .build();
    }

    /// A group that does not answer is listed without resources and marked stale, as an aggregating server does.
    private Mapping aggregatedVersion(String group, String apiVersion) {
        var version = group.isEmpty() ? apiVersion : apiVersion.substring(group.length() + 1);
        var entry = Mapping.builder().put("version", version);
        if (down.contains(group)) return entry.put("freshness", "Stale").build();
        var resources = new ArrayList<Value>();
        for (var type : catalog.in(apiVersion)) resources.add(aggregatedResource(type));
        return entry.put("resources", Value.of(resources))
                .put("freshness", "Current")
                .build();
    }

    private static Mapping aggregatedResource(ResourceType type) {
        var entry = Mapping.builder()
                .put("resource", type.plural())
                .put("responseKind", kind(type, type.gvk()))
                .put("scope", type.namespaced() ? "Namespaced" : "Cluster")
                .put("singularResource", type.names().singular())
                .put("verbs", Value.texts(type.verbs()));
        if (!type.names().shortNames().isEmpty()) {
            entry.put("shortNames", Value.texts(type.names().shortNames()));
        }
        if (!type.names().categories().isEmpty()) {
            entry.put("categories", Value.texts(type.names().categories()));
        }
        var subresources = new ArrayList<Value>();
        for (var sub : type.subresources()) {
            subresources.add(Mapping.builder()
                    .put("subresource", sub.name())
                    .put("responseKind", kind(type, sub.kind()))
                    .put("verbs", Value.texts(sub.verbs()))
                    .build());
        }
        if (!subresources.isEmpty()) entry.put("subresources", Value.of(subresources));
        return entry.build();
    }

    /// Built-in resources leave out the group and version that are the resource's own; those of definitions say them.
    private static Mapping kind(ResourceType type, Gvk gvk) {
        boolean own = !type.custom() && gvk.apiVersion().equals(type.apiVersion());
        return Mapping.builder()
                .put("group", own ? "" : gvk.group())
                .put("version", own ? "" : gvk.version())
                .put("kind", gvk.kind())
                .build();
    }
}
