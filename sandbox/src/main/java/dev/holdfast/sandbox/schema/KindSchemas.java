package dev.holdfast.sandbox.schema;

import dev.holdfast.fields.Type;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.realm.Types;
import dev.holdfast.sandbox.resource.ResourceType;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// The schemas of kinds, of their lists, and of all that these refer to.
final class KindSchemas {

    static final String STATUS = "io.k8s.apimachinery.pkg.apis.meta.v1.Status";
    static final String DELETE_OPTIONS = "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions";
    private static final String LIST_METADATA = "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta";
    private static final String GVK = "x-kubernetes-group-version-kind";

    private final Types types;
    private final Edition edition;
    private final TreeSet<String> named = new TreeSet<>();
    private final TreeMap<String, Mapping> written = new TreeMap<>();
    /// Kinds that only subresources and options are of.
    private final TreeMap<String, Gvk> others = new TreeMap<>();

    KindSchemas(Types types, Edition edition) {
        this.types = types;
        this.edition = edition;
        named.add(AnswerSchemas.PATCH);
        others.put(STATUS, new Gvk("", "v1", "Status"));
        others.put(DELETE_OPTIONS, new Gvk("", "v1", "DeleteOptions"));
    }

    void add(ResourceType type) {
        var name = name(types, type);
        if (written.containsKey(name)) return;
        var gvk = type.gvk();
        written.put(name, body(type).with(GVK, Sequence.of(printed(gvk))));
        for (var sub : type.subresources()) {
            var kind = builtIn(sub.kind());
            if (!sub.kind().equals(gvk) && types.named(kind) != null) others.put(kind, sub.kind());
        }
        if (!type.allows("list")) return;
        var list = type.names().listKind();
        named.add(LIST_METADATA);
        written.put(
                name + "List", list(name).with(GVK, Sequence.of(printed(new Gvk(gvk.group(), gvk.version(), list)))));
    }

    private Mapping body(ResourceType type) {
        var definition = types.definition(type);
        if (definition.isPresent()) {
            var schema = definition
                    .get()
                    .version(type.version())
                    .map(version -> version.mapping("schema", "openAPIV3Schema"))
                    .orElse(Mapping.EMPTY);
            return new CustomText(edition, named).of(schema);
        }
        var root = types.schema(type).root();
        var found = root instanceof Type.Named reference ? types.named(reference.name()) : root;
        return found == null ? Mapping.EMPTY : new TypeText(edition, named).of(found);
    }

    private Mapping list(String item) {
        var text = Mapping.of("type", Value.of("string"));
        var items = Mapping.builder()
                .put("type", "array")
                .put("items", Mapping.of("$ref", Value.of(edition.reference(item))))
                .build();
        return Mapping.builder()
                .put("type", "object")
                .put("required", Value.texts(List.of("items")))
                .put(
                        "properties",
                        Mapping.builder()
                                .put("apiVersion", text)
                                .put("items", items)
                                .put("kind", text)
                                .put("metadata", Mapping.of("$ref", Value.of(edition.reference(LIST_METADATA))))
                                .build())
                .build();
    }

    private Mapping described(String name, Mapping body) {
        var gvk = others.get(name);
        return gvk == null ? body : body.with(GVK, Sequence.of(printed(gvk)));
    }

    /// All of them, with what they refer to.
    Mapping written() {
        named.addAll(others.keySet());
        for (var name = named.pollFirst(); name != null; name = named.pollFirst()) {
            if (written.containsKey(name)) continue;
            var found = types.named(name);
            var own = AnswerSchemas.of(name, edition, named);
            if (own.isPresent()) written.put(name, described(name, own.get()));
            else if (found != null) written.put(name, described(name, new TypeText(edition, named).of(found)));
            named.removeAll(written.keySet());
        }
        return Mapping.of(written);
    }

    /// The name by which references call a kind's schema.
    static String name(Types types, ResourceType type) {
        return types.schema(type).root() instanceof Type.Named reference ? reference.name() : name(type);
    }

    /// `com.example.v1.Widget`: the group's labels in reverse.
    private static String name(ResourceType type) {
        if (!type.custom()) return builtIn(type.gvk());
        var labels = List.of(type.group().split("\\.")).reversed();
        return String.join(".", labels) + "." + type.version() + "." + type.kind();
    }

    /// `io.k8s.api.apps.v1.Deployment`.
    static String builtIn(Gvk gvk) {
        var group = gvk.group().isEmpty() ? "core" : gvk.group().split("\\.")[0];
        var home = switch (group) {
            case "apiextensions" -> "io.k8s.apiextensions-apiserver.pkg.apis.";
            case "apiregistration" -> "io.k8s.kube-aggregator.pkg.apis.";
            default -> "io.k8s.api.";
        };
        return home + group + "." + gvk.version() + "." + gvk.kind();
    }

    static Mapping printed(Gvk gvk) {
        return Mapping.builder()
                .put("group", gvk.group())
                .put("kind", gvk.kind())
                .put("version", gvk.version())
                .build();
    }
}
