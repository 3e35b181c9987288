package dev.holdfast.sandbox.rule;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The types that rules see, made of a structural schema. What has no type there (unknown fields that are kept,
/// lists of anything) is invisible to rules.
// filled while the types are made, and only read after that
@SuppressWarnings("Immutable")
final class RuleTypes implements CelTypeProvider {

    private static final Mapping TEXT = Mapping.builder().put("type", "string").build();
    private static final Mapping NAMES = Mapping.builder()
            .put("type", "object")
            .put(
                    "properties",
                    Mapping.builder()
                            .put("name", TEXT)
                            .put("generateName", TEXT)
                            .build())
            .build();

    private final Map<String, CelType> structs = new LinkedHashMap<>();

    /// Where a schema stands: the whole of an object knows its type and name besides.
    enum Place {
        OBJECT,
        PART;

        static Place of(Mapping schema) {
            return schema.bool("x-kubernetes-embedded-resource").orElse(false) ? OBJECT : PART;
        }
    }

    /// The type of a schema; empty where rules can't see its values.
    Optional<CelType> type(Mapping schema, Place place) {
        return type("object" + structs.size(), schema, place);
    }

    private Optional<CelType> type(String name, Mapping schema, Place place) {
        if (schema.bool("x-kubernetes-int-or-string").orElse(false)) return Optional.of(SimpleType.DYN);
        return switch (schema.text("type").orElse("")) {
            case "array" ->
                schema.get("items") instanceof Mapping items
                        ? type(name + ".@items", items, Place.of(items)).map(ListType::create)
                        : Optional.empty();
            case "object" ->
                schema.get("additionalProperties") instanceof Mapping values
                        ? type(name + ".@values", values, Place.of(values))
                                .map(value -> MapType.create(SimpleType.STRING, value))
                        : Optional.of(struct(name, seen(schema, place)));
            case "string" -> Optional.of(text(schema.text("format").orElse("")));
            case "boolean" -> Optional.of(SimpleType.BOOL);
            case "number" -> Optional.of(SimpleType.DOUBLE);
            case "integer" -> Optional.of(SimpleType.INT);
            default -> Optional.empty();
        };
    }

    /// Whether rules can see values of a schema.
    static boolean sees(Mapping schema) {
        if (schema.bool("x-kubernetes-int-or-string").orElse(false)) return true;
        return switch (schema.text("type").orElse("")) {
            case "array" -> schema.get("items") instanceof Mapping items && sees(items);
            case "object" -> !(schema.get("additionalProperties") instanceof Mapping values) || sees(values);
            case "string", "boolean", "number", "integer" -> true;
            default -> false;
        };
    }

    private static CelType text(String format) {
        return switch (format) {
            case "byte" -> SimpleType.BYTES;
            case "duration" -> SimpleType.DURATION;
            case "date", "date-time" -> SimpleType.TIMESTAMP;
            default -> SimpleType.STRING;
        };
    }

    private CelType struct(String name, Mapping schema) {
        var fields = new LinkedHashMap<String, CelType>();
        for (var property : schema.mapping("properties")) {
            if (!(property.value() instanceof Mapping inner)) continue;
            var escaped = PropertyName.escaped(property.key());
            if (escaped.isEmpty()) continue;
            type(name + "." + escaped.get(), inner, Place.of(inner)).ifPresent(type -> fields.put(escaped.get(), type));
        }
        var struct = StructType.create(
                name, ImmutableSet.copyOf(fields.keySet()), field -> Optional.ofNullable(fields.get(field)));
        structs.put(name, struct);
        return struct;
    }

    /// The schema with what every object has.
    static Mapping seen(Mapping schema, Place place) {
        return switch (place) {
            case PART -> schema;
            case OBJECT -> {
                var properties = schema.mapping("properties")
                        .with("apiVersion", TEXT)
                        .with("kind", TEXT)
                        .with("metadata", NAMES);
                yield schema.with("type", Value.of("object")).with("properties", properties);
            }
        };
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return ImmutableList.copyOf(structs.values());
    }

    @Override
    public Optional<CelType> findType(String name) {
        return Optional.ofNullable(structs.get(name));
    }
}
