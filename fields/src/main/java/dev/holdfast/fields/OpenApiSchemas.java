package dev.holdfast.fields;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The schemas of one OpenAPI document of a cluster: version 3 (`/openapi/v3/apis/apps/v1`), or 2 (`/openapi/v2`).
/// Descriptions are dropped while reading.
public final class OpenApiSchemas implements Schemas, Type.Definitions {

    private final LinkedHashMap<String, Type> definitions = new LinkedHashMap<>();
    private final TreeMap<Gvk, Schema> kinds = new TreeMap<>();

    private OpenApiSchemas() {}

    public static OpenApiSchemas parse(Mapping document) {
        var schemas = new OpenApiSchemas();
        var named = document.has("definitions")
                ? document.mapping("definitions")
                : document.mapping("components", "schemas");
        var reader = new OpenApiReader(schemas);
        for (var definition : named.fields()) {
            if (!(definition.value() instanceof Mapping schema)) continue;
            var type = reader.definition(definition.key(), schema);
            schemas.definitions.put(definition.key(), type);
            for (var kind : schema.sequence("x-kubernetes-group-version-kind").mappings()) {
                var gvk = new Gvk(
                        kind.text("group").orElse(""),
                        kind.text("version").orElse(""),
                        kind.text("kind").orElse(""));
                schemas.kinds.put(gvk, new Schema(gvk, type));
            }
        }
        return schemas;
    }

    @Override
    public Optional<Schema> find(Gvk gvk) {
        return Optional.ofNullable(kinds.get(gvk));
    }

    @Override
    public @Nullable Type find(String name) {
        return definitions.get(name);
    }

    /// All kinds of the document, sorted.
    public Iterable<Gvk> kinds() {
        return kinds.keySet();
    }
}
