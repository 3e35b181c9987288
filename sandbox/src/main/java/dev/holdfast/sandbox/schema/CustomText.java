package dev.holdfast.sandbox.schema;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.Set;
import java.util.TreeSet;

/// Publishes the schema of a definition, with the texts of its author. The older edition loses what it can't say.
final class CustomText {

    private static final String METADATA = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
    private static final String PRESERVED = "x-kubernetes-preserve-unknown-fields";
    private static final Set<String> NEWER = Set.of("oneOf", "anyOf", "allOf", "not", "nullable", "default");

    private final Edition edition;
    private final TreeSet<String> named;

    CustomText(Edition edition, TreeSet<String> named) {
        this.edition = edition;
        this.named = named;
    }

    /// The schema of whole objects.
    Mapping of(Mapping schema) {
        var published = schema.isEmpty()
                ? Mapping.builder()
                        .put("type", "object")
                        .put(PRESERVED, Value.TRUE)
                        .build()
                : part(schema);
        return published.has("properties") || edition == Edition.V3 ? withObjectFields(published) : published;
    }

    private Mapping withObjectFields(Mapping published) {
        named.add(METADATA);
        var properties = published
                .mapping("properties")
                .with("apiVersion", text("The version of the API that this object is written in."))
                .with("kind", text("The kind of this object."))
                .with("metadata", reference());
        return published.with("properties", properties.sorted());
    }

    private static Mapping text(String description) {
        return Mapping.builder()
                .put("description", description)
                .put("type", "string")
                .build();
    }

    private Mapping reference() {
        return Mapping.builder()
                .put("description", "Its name, labels, annotations and what the server keeps about it.")
                .put("$ref", edition.reference(METADATA))
                .build();
    }

    private Mapping part(Mapping schema) {
        boolean older = edition == Edition.V2;
        boolean open = schema.bool(PRESERVED).orElse(false);
        boolean either = schema.bool("x-kubernetes-int-or-string").orElse(false);
        // what is not known in full must not be checked in part
        if (older && open) return Mapping.of(PRESERVED, Value.TRUE);
        var published = schema.map((key, value) -> {
            if (older && NEWER.contains(key)) return null;
            return switch (key) {
                case "items", "additionalProperties", "not" -> value instanceof Mapping inner ? part(inner) : value;
                case "properties" ->
                    value instanceof Mapping all
                            ? all.map((_, each) -> each instanceof Mapping inner ? part(inner) : each)
                            : value;
                default -> value;
            };
        });
        // clients of the older edition would refuse a null
        if (older && schema.bool("nullable").orElse(false))
            return published.without("type").without("items");
        return older && either ? published.without("type") : published;
    }
}
