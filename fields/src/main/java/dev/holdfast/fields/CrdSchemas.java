package dev.holdfast.fields;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The schemas of one CustomResourceDefinition, a kind per served version.
public final class CrdSchemas implements Schemas {

    private final SortedMap<Gvk, Schema> kinds;

    private CrdSchemas(SortedMap<Gvk, Schema> kinds) {
        this.kinds = Collections.unmodifiableSortedMap(kinds);
    }

    /// From a CustomResourceDefinition of `apiextensions.k8s.io/v1`. `base` knows ObjectMeta: {@link
    /// BuiltinSchemas}.
    public static CrdSchemas parse(Mapping definition, Type.Definitions base) {
        var kinds = new TreeMap<Gvk, Schema>();
        var group = definition.text("spec", "group").orElse("");
        var kind = definition.text("spec", "names", "kind").orElse("");
        var reader = new OpenApiReader(base);
        for (var version : definition.sequence("spec", "versions").mappings()) {
            if (!version.bool("served").orElse(false)) continue;
            var gvk = new Gvk(group, version.text("name").orElse(""), kind);
            var structure = version.mapping("schema", "openAPIV3Schema");
            kinds.put(gvk, new Schema(gvk, root(reader, structure, base)));
        }
        return new CrdSchemas(kinds);
    }

    public static CrdSchemas parse(Mapping definition) {
        return parse(definition, BuiltinSchemas.load());
    }

    private static Type root(OpenApiReader reader, Mapping structure, Type.Definitions base) {
        var map = reader.type(structure.with("type", Value.of("object")), OpenApiReader.Unknown.REFUSED)
                .asMap();
        if (map == null) return Type.DEDUCED;
        var fields = new ArrayList<StructField>();
        for (var field : map.fields()) {
            if (!List.of("apiVersion", "kind", "metadata").contains(field.name())) fields.add(field);
        }
        boolean free = fields.isEmpty();
        fields.add(StructField.of("apiVersion", Type.Scalar.TEXT));
        fields.add(StructField.of("kind", Type.Scalar.TEXT));
        fields.add(StructField.of("metadata", new Type.Named(OpenApiReader.OBJECT_META, base)));
        return new Type.MapOf(map.granularity(), fields, free && structure.has("properties") ? null : map.others());
    }

    @Override
    public Optional<Schema> find(Gvk gvk) {
        return Optional.ofNullable(kinds.get(gvk));
    }

    /// The schema of every served version.
    public SortedMap<Gvk, Schema> kinds() {
        return kinds;
    }
}
