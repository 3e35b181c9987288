package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// OpenAPI schemas to types, read as the API server's field manager reads them.
final class OpenApiReader {

    /// What a schema says about keys that it does not declare.
    enum Unknown {
        REFUSED,
        /// `x-kubernetes-preserve-unknown-fields`, which holds for everything inside too.
        KEPT
    }

    static final String OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

    private final Type.Definitions definitions;

    OpenApiReader(Type.Definitions definitions) {
        this.definitions = definitions;
    }

    /// The type that a named definition stands for.
    Type definition(String name, Mapping schema) {
        return switch (name) {
            case "io.k8s.apimachinery.pkg.api.resource.Quantity" -> new Type.Scalar(Type.Scalar.Kind.ANY, "quantity");
            case "io.k8s.apimachinery.pkg.util.intstr.IntOrString" -> intOrString();
            case "io.k8s.apimachinery.pkg.runtime.RawExtension" -> Type.ATOMIC;
            default -> type(schema, Unknown.REFUSED);
        };
    }

    private static Type.Scalar intOrString() {
        return new Type.Scalar(Type.Scalar.Kind.ANY, "int-or-string");
    }

    Type type(Mapping schema, Unknown inherited) {
        var reference = reference(schema);
        if (reference != null) return new Type.Named(reference, definitions, granularity(schema));
        var unknown = flag(schema, "x-kubernetes-preserve-unknown-fields") ? Unknown.KEPT : inherited;
        if (flag(schema, "x-kubernetes-int-or-string")) return intOrString();
        var format = schema.text("format").orElse("");
        return switch (schema.text("type").orElse("")) {
            case "object" -> object(schema, unknown);
            case "array" -> list(schema, unknown);
            case "string" -> text(schema, format);
            case "integer" -> new Type.Scalar(Type.Scalar.Kind.INTEGER, format);
            case "number" -> new Type.Scalar(Type.Scalar.Kind.NUMBER, format);
            case "boolean" -> Type.Scalar.BOOLEAN;
            case "" -> untyped(schema, unknown);
            default -> Type.Scalar.ANY;
        };
    }

    private static Type text(Mapping schema, String format) {
        if (format.equals("int-or-string")) return intOrString();
        var options = new ArrayList<String>();
        for (var option : schema.sequence("enum")) option.asText().ifPresent(options::add);
        return new Type.Scalar(Type.Scalar.Kind.TEXT, format, options);
    }

    private Type untyped(Mapping schema, Unknown unknown) {
        boolean declares = schema.has("properties")
                || schema.has("items")
                || schema.has("additionalProperties")
                || schema.has("x-kubernetes-map-type")
                || schema.has("x-kubernetes-list-type");
        return declares ? new Type.Any(list(schema, unknown), object(schema, unknown)) : Type.DEDUCED;
    }

    /// The name behind `$ref`, alone or as the single element of `allOf`; null where there is none.
    private static @Nullable String reference(Mapping schema) {
        var reference = schema.text("$ref");
        if (reference.isEmpty() && schema.get("allOf") instanceof Sequence all && all.size() == 1) {
            reference = all.get(0) instanceof Mapping only ? only.text("$ref") : reference;
        }
        return reference.map(path -> path.substring(path.lastIndexOf('/') + 1)).orElse(null);
    }

    private Type.ListOf list(Mapping schema, Unknown unknown) {
        var items = schema.get("items") instanceof Mapping inner ? type(inner, unknown) : Type.DEDUCED;
        var keys = new ArrayList<String>();
        var strategy = strategy(schema);
        return switch (schema.text("x-kubernetes-list-type").orElse("")) {
            case "set" -> Type.ListOf.set(items);
            case "map" -> {
                for (var key : schema.sequence("x-kubernetes-list-map-keys"))
                    key.asText().ifPresent(keys::add);
                yield keys.isEmpty()
                        ? Type.ListOf.atomic(items)
                        : new Type.ListOf(Type.ListOf.Topology.MAP, keys, items);
            }
            case "" -> {
                if (!strategy.merges()) yield Type.ListOf.atomic(items);
                yield strategy.mergeKey().isEmpty()
                        ? Type.ListOf.set(items)
                        : Type.ListOf.map(items, strategy.mergeKey());
            }
            default -> Type.ListOf.atomic(items);
        };
    }

    private Type.MapOf object(Mapping schema, Unknown unknown) {
        var required = new TreeSet<String>();
        for (var name : schema.sequence("required")) name.asText().ifPresent(required::add);
        var fields = new ArrayList<StructField>();
        for (var property : schema.mapping("properties").fields()) {
            if (!(property.value() instanceof Mapping inner)) continue;
            fields.add(field(property.key(), inner, required, unknown));
        }
        if (flag(schema, "x-kubernetes-embedded-resource")) embed(fields);
        var granularity = granularity(schema);
        return new Type.MapOf(
                granularity == null ? Type.Granularity.GRANULAR : granularity, fields, others(schema, fields, unknown));
    }

    /// An embedded object has the fields that every object has.
    private void embed(List<StructField> fields) {
        var declared = new TreeSet<String>();
        for (var field : fields) declared.add(field.name());
        for (var name : List.of("apiVersion", "kind")) {
            if (declared.add(name)) fields.add(StructField.of(name, Type.Scalar.TEXT));
        }
        if (declared.add("metadata")) fields.add(StructField.of("metadata", new Type.Named(OBJECT_META, definitions)));
    }

    private StructField field(String name, Mapping schema, TreeSet<String> required, Unknown unknown) {
        var field = StructField.of(name, type(schema, unknown)).with(strategy(schema));
        if (required.contains(name)) field = field.asRequired();
        if (flag(schema, "nullable")) field = field.asNullable();
        var preset = schema.get("default");
        if (preset == null) return field;
        // the API server's own schemas give every embedded struct and every plain required field its empty value
        boolean printed =
                reference(schema) != null && preset.equals(Mapping.EMPTY) || field.required() && isScalar(preset);
        return field.withPreset(preset).withBlank(printed ? preset : null);
    }

    private static boolean isScalar(Value value) {
        return !(value instanceof Mapping || value instanceof Sequence);
    }

    private @Nullable Type others(Mapping schema, List<StructField> fields, Unknown unknown) {
        return switch (schema.get("additionalProperties")) {
            case Mapping values -> type(values, unknown);
            case Value.Bool(var allowed, var _) -> allowed ? Type.DEDUCED : null;
            case null, default -> unknown == Unknown.KEPT || fields.isEmpty() ? Type.DEDUCED : null;
        };
    }

    private static Type.@Nullable Granularity granularity(Mapping schema) {
        return switch (schema.text("x-kubernetes-map-type").orElse("")) {
            case "atomic" -> Type.Granularity.ATOMIC;
            case "granular" -> Type.Granularity.GRANULAR;
            default -> null;
        };
    }

    private static MergeStrategy strategy(Mapping schema) {
        var words = schema.text("x-kubernetes-patch-strategy");
        if (words.isEmpty()) return MergeStrategy.NONE;
        return MergeStrategy.of(
                words.get(), schema.text("x-kubernetes-patch-merge-key").orElse(""));
    }

    private static boolean flag(Mapping schema, String name) {
        return schema.bool(name).orElse(false);
    }
}
