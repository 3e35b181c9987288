package dev.holdfast.sandbox.definition;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.kind.CustomSchema;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.sandbox.resource.ResourceType.Names;
import dev.holdfast.sandbox.resource.ResourceType.Nature;
import dev.holdfast.sandbox.resource.ResourceType.Scope;
import dev.holdfast.sandbox.resource.ResourceType.Subresource;
import dev.holdfast.sandbox.resource.ScalePaths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A CustomResourceDefinition, read.
public record Definition(Mapping object) {

    private static final List<String> VERBS =
            List.of("delete", "deletecollection", "get", "list", "patch", "create", "update", "watch");
    private static final List<String> SUB_VERBS = List.of("get", "patch", "update");
    private static final Gvk SCALE = new Gvk("autoscaling", "v1", "Scale");

    public String name() {
        return object.text("metadata", "name").orElse("");
    }

    public String group() {
        return object.text("spec", "group").orElse("");
    }

    public Mapping names() {
        return object.mapping("spec", "names");
    }

    private String kind() {
        return names().text("kind").orElse("");
    }

    /// Whether its spec is as it was made: then all its objects are as it says.
    public boolean unchanged() {
        return object.whole("metadata", "generation").orElse(1L) == 1;
    }

    /// Whether its conditions say that it is served.
    public boolean established() {
        return object.sequence("status", "conditions").mappings().stream()
                .anyMatch(condition -> condition.text("type").orElse("").equals("Established")
                        && condition.text("status").orElse("").equals("True"));
    }

    /// The resources that it makes, the preferred version first.
    public List<ResourceType> types() {
        return versions().stream()
                .filter(version -> version.bool("served").orElse(false))
                .sorted(Comparator.comparing(version -> version.text("name").orElse(""), Definition::byPriority))
                .map(this::type)
                .toList();
    }

    private List<Mapping> versions() {
        return object.sequence("spec", "versions").mappings();
    }

    public Optional<Mapping> version(String name) {
        return versions().stream()
                .filter(version -> version.text("name").orElse("").equals(name))
                .findFirst();
    }

    public String storageVersion() {
        return versions().stream()
                .filter(version -> version.bool("storage").orElse(false))
                .flatMap(version -> version.text("name").stream())
                .findFirst()
                .orElse("");
    }

    private ResourceType type(Mapping version) {
        var gvk = new Gvk(group(), version.text("name").orElse(""), kind());
        var subresources = new ArrayList<Subresource>();
        var offered = version.mapping("subresources");
        if (offered.has("status")) subresources.add(new Subresource("status", gvk, SUB_VERBS));
        if (offered.has("scale")) subresources.add(new Subresource("scale", SCALE, SUB_VERBS));
        var scope = object.text("spec", "scope").orElse("").equals("Cluster") ? Scope.CLUSTER : Scope.NAMESPACED;
        var names = new Names(
                names().text("plural").orElse(""),
                names().text("singular").orElse(kind().toLowerCase(java.util.Locale.ROOT)),
                names().text("listKind").orElse(kind() + "List"),
                texts(names().sequence("shortNames")),
                texts(names().sequence("categories")));
        return new ResourceType(gvk, names, scope, VERBS, subresources, Nature.CUSTOM);
    }

    /// Where a version keeps its replicas.
    public Optional<ScalePaths> scale(String version) {
        var scale = version(version)
                .map(found -> found.mapping("subresources", "scale"))
                .orElse(Mapping.EMPTY);
        if (scale.isEmpty()) return Optional.empty();
        return Optional.of(new ScalePaths(
                path(scale, "specReplicasPath"), path(scale, "statusReplicasPath"), path(scale, "labelSelectorPath")));
    }

    private static List<String> path(Mapping scale, String field) {
        return Arrays.stream(scale.text(field).orElse("").split("\\."))
                .filter(step -> !step.isEmpty())
                .toList();
    }

    /// The schema of a version.
    public CustomSchema schema(String version) {
        return CustomSchema.of(version(version)
                .map(found -> found.mapping("schema", "openAPIV3Schema"))
                .orElse(Mapping.EMPTY));
    }

    /// The printer columns of a version, as they are written in the definition.
    public List<Mapping> columns(String version) {
        return version(version)
                .map(found -> found.sequence("additionalPrinterColumns").mappings())
                .orElse(List.of());
    }

    private static List<String> texts(Sequence list) {
        var texts = new ArrayList<String>();
        for (Value value : list) value.asText().ifPresent(texts::add);
        return texts;
    }

    /// v2 before v1 before v1beta1 before v1alpha1; other names last, by alphabet.
    static int byPriority(String left, String right) {
        var one = rank(left);
        var other = rank(right);
        for (int i = 0; i < one.length; i++) {
            int compared = Integer.compare(other[i], one[i]);
            if (compared != 0) return compared;
        }
        return left.compareTo(right);
    }

    private static int[] rank(String version) {
        var matcher = java.util.regex.Pattern.compile("v([0-9]{1,8})(?:(alpha|beta)([0-9]{1,8}))?")
                .matcher(version);
        if (!matcher.matches()) return new int[] {0, 0, 0};
        int stability = matcher.group(2) == null ? 3 : matcher.group(2).equals("beta") ? 2 : 1;
        int minor = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        return new int[] {stability, Integer.parseInt(matcher.group(1)), minor};
    }
}
