package dev.holdfast.sandbox.rule;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.rule.RuleTypes.Place;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How large the values of a schema can be: what it bounds by `maxItems`, `maxLength` and `maxProperties`, and else
/// what fits the largest request. `most` counts characters, items or entries; `leastText` counts the bytes of the
/// smallest value in JSON. Source: `SchemaDeclType` in k8s.io/apiserver, pkg/cel/common/schemas.go.
record SchemaSizes(long most, long leastText, Map<String, SchemaSizes> fields, Optional<SchemaSizes> inside) {

    static final String ITEMS = "@items";
    static final String VALUES = "@values";
    static final String KEYS = "@keys";

    private static final long LARGEST_REQUEST = 3L << 20;
    /// A time or a span in RFC 3339, with its quotes.
    private static final long LONGEST_TIME = 32;
    private static final long LONGEST_DATE = 12;

    static SchemaSizes of(Mapping schema, Place place) {
        if (schema.bool("x-kubernetes-int-or-string").orElse(false)) {
            return leaf(length(schema).orElse(LARGEST_REQUEST - 2), 1);
        }
        return switch (RuleTypes.seen(schema, place).text("type").orElse("")) {
            case "array" -> list(schema);
            case "object" ->
                schema.get("additionalProperties") instanceof Mapping values
                        ? map(schema, values)
                        : object(RuleTypes.seen(schema, place));
            case "string" -> text(schema);
            case "boolean" -> leaf(0, 4);
            default -> leaf(0, 1);
        };
    }

    private static SchemaSizes leaf(long most, long leastText) {
        return new SchemaSizes(most, leastText, Map.of(), Optional.empty());
    }

    private static SchemaSizes list(Mapping schema) {
        var inner = schema.mapping("items");
        var items = of(inner, Place.of(inner));
        var most = bound(schema, "maxItems").orElse((LARGEST_REQUEST - 2) / (items.leastText() + 1));
        return new SchemaSizes(most, 2, Map.of(), Optional.of(items));
    }

    private static SchemaSizes map(Mapping schema, Mapping inner) {
        var values = of(inner, Place.of(inner));
        // a key is two quotes at least, and between entries stand a colon and a comma
        var most = bound(schema, "maxProperties").orElse((LARGEST_REQUEST - 2) / (values.leastText() + 6));
        return new SchemaSizes(most, 2, Map.of(), Optional.of(values));
    }

    private static SchemaSizes object(Mapping schema) {
        var fields = new LinkedHashMap<String, SchemaSizes>();
        var required = schema.sequence("required").items().stream()
                .map(Value::toString)
                .toList();
        long least = 2;
        for (var property : schema.mapping("properties")) {
            if (!(property.value() instanceof Mapping inner)) continue;
            if (!RuleTypes.sees(inner)) continue;
            var sizes = of(inner, Place.of(inner));
            PropertyName.escaped(property.key()).ifPresent(name -> fields.put(name, sizes));
            if (required.contains(property.key()) && inner.get("default") == null) {
                least += property.key().length() + sizes.leastText() + 4;
            }
        }
        return new SchemaSizes(0, least, fields, Optional.empty());
    }

    private static SchemaSizes text(Mapping schema) {
        return switch (schema.text("format").orElse("")) {
            case "byte" -> leaf(bound(schema, "maxLength").orElse(LARGEST_REQUEST - 2), 2);
            case "duration" -> leaf(LONGEST_TIME, 3);
            case "date" -> leaf(LONGEST_DATE, LONGEST_DATE);
            case "date-time" -> leaf(LONGEST_TIME, 21);
            default ->
                leaf(length(schema).or(() -> longest(schema.sequence("enum"))).orElse(LARGEST_REQUEST - 2), 2);
        };
    }

    /// A bound is one of characters, the sizes are those of requests, and a character has up to four bytes.
    private static Optional<Long> length(Mapping schema) {
        return bound(schema, "maxLength").map(length -> SizeRange.product(length, 4));
    }

    private static Optional<Long> bound(Mapping schema, String key) {
        return schema.get(key) instanceof Value.Whole(var number, var _)
                ? Optional.of(Math.max(0, number))
                : Optional.empty();
    }

    private static Optional<Long> longest(Sequence values) {
        return values.items().stream()
                .map(value -> value instanceof Value.Text(var text, var _)
                        ? (long) text.getBytes(StandardCharsets.UTF_8).length
                        : 0L)
                .max(Long::compare);
    }

    /// What stands at a path that begins with a variable.
    Optional<SizeRange> at(List<String> path) {
        if (path.isEmpty()) return Optional.empty();
        var at = Optional.of(this);
        for (var step : path.subList(1, path.size())) at = at.flatMap(sizes -> sizes.step(step));
        return at.map(sizes -> SizeRange.upTo(sizes.most));
    }

    private Optional<SchemaSizes> step(String step) {
        return switch (step) {
            case ITEMS, VALUES -> inside;
            // keys are texts without a bound of their own, which counts as none at all
            case KEYS -> inside.map(_ -> leaf(0, 2));
            default -> Optional.ofNullable(fields.get(step));
        };
    }

    /// How often such values can occur in one object, where no schema around them bounds that.
    long mostOccurrences() {
        return LARGEST_REQUEST / (leastText + 1);
    }
}
