package dev.holdfast.sandbox.resource;

import dev.holdfast.model.Gvk;
import dev.holdfast.sandbox.resource.ResourceType.Names;
import dev.holdfast.sandbox.resource.ResourceType.Nature;
import dev.holdfast.sandbox.resource.ResourceType.Scope;
import dev.holdfast.sandbox.resource.ResourceType.Subresource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// All resources at one moment: by group version, in the order in which discovery lists them.
public final class Catalog {

    private static final Map<Character, String> VERBS = Map.of(
            'c',
            "create",
            'd',
            "delete",
            'x',
            "deletecollection",
            'g',
            "get",
            'l',
            "list",
            'p',
            "patch",
            'u',
            "update",
            'w',
            "watch");

    private final SequencedMap<String, SequencedMap<String, ResourceType>> byVersion = new LinkedHashMap<>();

    private Catalog(List<ResourceType> types) {
        for (var type : types) {
            byVersion
                    .computeIfAbsent(type.apiVersion(), _ -> new LinkedHashMap<>())
                    .put(type.plural(), type);
        }
    }

    /// The resources that every server has.
    public static Catalog builtIn() {
        try (var table = Catalog.class.getResourceAsStream("builtin.txt")) {
            if (table == null) throw new IllegalStateException("the table of built-in resources is missing");
            var types = new ArrayList<ResourceType>();
            new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .forEach(line -> types.add(parse(line)));
            return new Catalog(types);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// This catalog with more resources, or other versions of those it has.
    public Catalog with(List<ResourceType> more) {
        var types = new ArrayList<>(all());
        types.addAll(more);
        return new Catalog(types);
    }

    public List<ResourceType> all() {
        return byVersion.values().stream()
                .flatMap(types -> types.values().stream())
                .toList();
    }

    /// Whether anything is served below a group version (`v1`, `apps/v1`).
    public boolean serves(String apiVersion) {
        return byVersion.containsKey(apiVersion);
    }

    public Optional<ResourceType> find(String apiVersion, String plural) {
        var types = byVersion.get(apiVersion);
        return types == null ? Optional.empty() : Optional.ofNullable(types.get(plural));
    }

    public Optional<ResourceType> ofKind(String apiVersion, String kind) {
        var types = byVersion.get(apiVersion);
        if (types == null) return Optional.empty();
        return types.values().stream().filter(type -> type.kind().equals(kind)).findFirst();
    }

    /// A resource in whatever version comes first.
    public Optional<ResourceType> any(String group, String plural) {
        return versions(group).stream()
                .map(version -> find(version, plural))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// The group's versions, the preferred one first.
    public List<String> versions(String group) {
        return byVersion.keySet().stream()
                .filter(version -> groupOf(version).equals(group))
                .toList();
    }

    /// All groups but the core one.
    public List<String> groups() {
        return byVersion.keySet().stream()
                .map(Catalog::groupOf)
                .filter(group -> !group.isEmpty())
                .distinct()
                .toList();
    }

    public List<String> apiVersions() {
        return List.copyOf(byVersion.sequencedKeySet());
    }

    public List<ResourceType> in(String apiVersion) {
        var types = byVersion.get(apiVersion);
        return types == null ? List.of() : List.copyOf(types.sequencedValues());
    }

    /// Each resource once, in its preferred version; both views of events count as one.
    public List<ResourceType> distinct() {
        var once = new LinkedHashMap<String, ResourceType>();
        for (var type : all()) once.putIfAbsent(type.shelf(), type);
        return List.copyOf(once.sequencedValues());
    }

    public static String groupOf(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    private static ResourceType parse(String line) {
        var words = line.split(" ", -1);
        var gvk = Gvk.of(words[0], words[3]);
        var subresources = new ArrayList<Subresource>();
        for (int i = 8; i < words.length; i++) subresources.add(subresource(words[i], gvk));
        var names = new Names(words[1], words[2], words[3] + "List", list(words[6]), list(words[7]));
        var scope = words[4].equals("N") ? Scope.NAMESPACED : Scope.CLUSTER;
        return new ResourceType(gvk, names, scope, verbs(words[5]), subresources, Nature.BUILT_IN);
    }

    private static Subresource subresource(String text, Gvk parent) {
        int equals = text.indexOf('=');
        int colon = text.indexOf(':');
        var kind = text.substring(equals + 1, colon);
        int slash = kind.lastIndexOf('/');
        var gvk = slash < 0
                ? new Gvk(parent.group(), parent.version(), kind)
                : Gvk.of(kind.substring(0, slash), kind.substring(slash + 1));
        return new Subresource(text.substring(0, equals), gvk, verbs(text.substring(colon + 1)));
    }

    private static List<String> verbs(String letters) {
        return letters.chars()
                .mapToObj(letter -> String.valueOf(VERBS.get((char) letter)))
                .toList();
    }

    private static List<String> list(String text) {
        return text.equals("-") ? List.of() : List.of(text.split(","));
    }
}
