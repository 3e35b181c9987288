package dev.holdfast.render.kustomize.config;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.config.TransformerConfig.Section;
import dev.holdfast.render.kustomize.tree.Refusal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/// The OpenAPI definitions that `crds` names: extensions mark the fields of custom resources that hold labels,
/// annotations or names of other objects.
public final class CrdFiles {

    private static final String ANNOTATION = "x-kubernetes-annotation";
    private static final String LABEL_SELECTOR = "x-kubernetes-label-selector";
    private static final String IDENTITY = "x-kubernetes-identity";
    private static final String VERSION = "x-kubernetes-object-ref-api-version";
    private static final String KIND = "x-kubernetes-object-ref-kind";
    private static final String NAME_KEY = "x-kubernetes-object-ref-name-key";
    /// Types that contain themselves would never end.
    private static final int DEEPEST = 32;

    private final Mapping types;
    private final EnumMap<Section, List<FieldSpec>> fields = new EnumMap<>(Section.class);
    private List<NameReference> references = List.of();

    private CrdFiles(Mapping types) {
        this.types = types;
    }

    /// @throws dev.holdfast.model.FaultException where the document holds no definitions
    public static TransformerConfig parse(Value document) {
        if (!(document instanceof Mapping types)) {
            throw Refusal.at(document.origin(), "unable to parse open API definition: a map is expected");
        }
        var files = new CrdFiles(types);
        for (var name : types.keys()) {
            var properties = files.properties(name);
            boolean object = properties.has("kind") && properties.has("apiVersion") && properties.has("metadata");
            if (object) files.read(name, new Gvk("", "", name.substring(name.lastIndexOf('.') + 1)), List.of());
        }
        return new TransformerConfig(files.fields, files.references);
    }

    private Mapping properties(String type) {
        var definition = types.mapping(type);
        // Go reads either
        var schema = definition.has("Schema") ? definition.mapping("Schema") : definition.mapping("schema");
        return schema.mapping("properties");
    }

    private void read(String type, Gvk owner, List<String> path) {
        if (path.size() > DEEPEST) {
            throw Refusal.at(
                    types.mapping(type).origin(), "the definition " + type + " contains itself; crds can't follow it");
        }
        for (var property : properties(type)) {
            if (!(property.value() instanceof Mapping schema)) continue;
            var here = new ArrayList<>(path);
            here.add(property.key());
            if (schema.has(ANNOTATION)) add(Section.COMMON_ANNOTATIONS, owner, here);
            if (schema.has(LABEL_SELECTOR)) add(Section.COMMON_LABELS, owner, here);
            if (schema.has(IDENTITY)) add(Section.NAME_PREFIX, owner, here);
            if (schema.text(VERSION).isPresent() && schema.text(KIND).isPresent()) {
                var target = new Gvk("", schema.text(VERSION).get(), schema.text(KIND).get());
                var key = new ArrayList<>(here);
                key.add(schema.text(NAME_KEY).orElse("name"));
                var reference = new NameReference(target, List.of(spec(owner, key)));
                references = NameReference.merged(references, List.of(reference), Origin.NONE);
            }
            var other = schema.text("$ref");
            if (other.isPresent()) read(other.get(), owner, here);
        }
    }

    private void add(Section section, Gvk owner, List<String> path) {
        var merged = FieldSpec.merged(
                fields.getOrDefault(section, List.of()), List.of(spec(owner, path)), Origin.NONE);
        fields.put(section, merged);
    }

    private static FieldSpec spec(Gvk owner, List<String> path) {
        return new FieldSpec(owner, String.join("/", path), false);
    }
}
