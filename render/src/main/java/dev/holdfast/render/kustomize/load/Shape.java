package dev.holdfast.render.kustomize.load;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.tree.Refusal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Which fields a file may have, and of which types.
sealed interface Shape {

    enum Plain implements Shape {
        TEXT,
        TRUTH,
        NUMBER,
        /// A map from text to text.
        TEXTS,
        ANYTHING
    }

    record ListOf(Shape item) implements Shape {}

    record Structure(Map<String, Shape> fields) implements Shape {
        Structure with(String name, Shape shape) {
            var more = new LinkedHashMap<>(fields);
            more.put(name.toLowerCase(Locale.ROOT), shape);
            return new Structure(more);
        }

        Structure with(Structure other) {
            var more = new LinkedHashMap<>(fields);
            more.putAll(other.fields);
            return new Structure(more);
        }
    }

    static Structure texts(String... names) {
        var structure = new Structure(new LinkedHashMap<>());
        for (var name : names) structure = structure.with(name, Plain.TEXT);
        return structure;
    }

    static ListOf list(Shape item) {
        return new ListOf(item);
    }

    /// @throws dev.holdfast.model.FaultException terminal, at the field that is unknown or of the wrong type
    default void check(Value value, String name) {
        if (value.isNull()) return;
        switch (this) {
            case Plain plain -> {
                boolean fits = switch (plain) {
                    case TEXT -> value instanceof Value.Text;
                    case TRUTH -> value instanceof Value.Bool;
                    case NUMBER -> value instanceof Value.Whole;
                    case TEXTS -> value instanceof Mapping;
                    case ANYTHING -> true;
                };
                if (!fits) throw wrong(value, name);
                if (plain == Plain.TEXTS && value instanceof Mapping texts) {
                    for (var entry : texts) Plain.TEXT.check(entry.value(), name);
                }
            }
            case ListOf(var item) -> {
                if (!(value instanceof Sequence items)) throw wrong(value, name);
                for (var each : items) item.check(each, name);
            }
            case Structure(var fields) -> {
                if (!(value instanceof Mapping mapping)) throw wrong(value, name);
                for (var field : mapping) {
                    var shape = fields.get(field.key().toLowerCase(Locale.ROOT));
                    if (shape == null) {
                        throw Refusal.at(
                                field.value().origin(), "invalid Kustomization: json: unknown field \"" + field.key() + "\"");
                    }
                    shape.check(field.value(), name.isEmpty() ? field.key() : name + "." + field.key());
                }
            }
        }
    }

    private RuntimeException wrong(Value value, String name) {
        var type = switch (this) {
            case Plain plain ->
                switch (plain) {
                    case TEXT -> "string";
                    case TRUTH -> "bool";
                    case NUMBER -> "int64";
                    case TEXTS, ANYTHING -> "map[string]string";
                };
            case ListOf _ -> "list";
            case Structure _ -> "struct";
        };
        var field = name.isEmpty() ? "Kustomization" : "Kustomization." + name;
        var next = value instanceof Value.Text || !type.equals("string") ? "" : "Write the value in quotes";
        return Refusal.at(
                value.origin(),
                "invalid Kustomization: json: cannot unmarshal " + value.typeName() + " into Go struct field " + field
                        + " of type " + type,
                next);
    }
}
