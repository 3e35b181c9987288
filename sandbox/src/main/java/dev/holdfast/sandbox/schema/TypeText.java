package dev.holdfast.sandbox.schema;

import dev.holdfast.fields.MergeStrategy;
import dev.holdfast.fields.StructField;
import dev.holdfast.fields.Type;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.TreeSet;

/// Writes a type as an OpenAPI schema, and collects the names that it refers to.
final class TypeText {

    private final Edition edition;
    private final TreeSet<String> named;

    TypeText(Edition edition, TreeSet<String> named) {
        this.edition = edition;
        this.named = named;
    }

    Mapping of(Type type) {
        return switch (type) {
            case Type.Scalar scalar -> scalar(scalar);
            case Type.ListOf list -> list(list);
            case Type.MapOf map -> map(map);
            case Type.Any _ ->
                // nothing said of the shape means any
                edition == Edition.V2
                        ? Mapping.of("type", Value.of("object"))
                        : Mapping.builder()
                                .put("type", "object")
                                .put("x-kubernetes-preserve-unknown-fields", Value.TRUE)
                                .build();
            case Type.Named reference -> {
                named.add(reference.name());
                yield Mapping.of("$ref", Value.of(edition.reference(reference.name())));
            }
        };
    }

    private Mapping scalar(Type.Scalar scalar) {
        var text = Mapping.builder();
        switch (scalar.kind()) {
            case TEXT -> text.put("type", "string");
            case INTEGER -> text.put("type", "integer");
            case NUMBER -> text.put("type", "number");
            case BOOLEAN -> text.put("type", "boolean");
            case ANY -> {
                if (edition == Edition.V2) {
                    text.put("type", "string");
                    break;
                }
                var either =
                        Sequence.of(Mapping.of("type", Value.of("string")), Mapping.of("type", Value.of("number")));
                text.put("oneOf", either);
            }
        }
        boolean published = !scalar.format().isEmpty() && !scalar.format().equals("quantity");
        if (published) text.put("format", scalar.format());
        if (!scalar.options().isEmpty()) text.put("enum", Value.texts(scalar.options()));
        return text.build();
    }

    private Mapping list(Type.ListOf list) {
        var text = Mapping.builder().put("type", "array").put("items", of(list.items()));
        switch (list.topology()) {
            case ATOMIC -> text.put("x-kubernetes-list-type", "atomic");
            case SET -> text.put("x-kubernetes-list-type", "set");
            case MAP -> {
                text.put("x-kubernetes-list-type", "map");
                text.put("x-kubernetes-list-map-keys", Value.texts(list.keys()));
            }
        }
        return text.build();
    }

    private Mapping map(Type.MapOf map) {
        var text = Mapping.builder().put("type", "object");
        var properties = Mapping.builder();
        var required = new ArrayList<String>();
        for (var field : map.fields()) {
            properties.put(field.name(), field(field));
            if (field.required()) required.add(field.name());
        }
        if (properties.size() > 0) text.put("properties", properties.build());
        if (!required.isEmpty()) text.put("required", Value.texts(required));
        var others = map.others();
        if (others != null) text.put("additionalProperties", of(others));
        if (map.isAtomic()) text.put("x-kubernetes-map-type", "atomic");
        return text.build();
    }

    private Mapping field(StructField field) {
        var text = of(field.type());
        var patch = field.patch();
        if (!patch.equals(MergeStrategy.NONE)) {
            var words = new ArrayList<String>();
            if (patch.merges()) words.add("merge");
            if (patch.replaces()) words.add("replace");
            if (patch.retainsKeys()) words.add("retainKeys");
            text = text.with("x-kubernetes-patch-strategy", Value.of(String.join(",", words)));
            if (!patch.mergeKey().isEmpty())
                text = text.with("x-kubernetes-patch-merge-key", Value.of(patch.mergeKey()));
        }
        var preset = field.preset();
        return preset == null || edition == Edition.V2 ? text : text.with("default", preset);
    }
}
