package dev.holdfast.sandbox.rule;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.rule.RuleTypes.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rules of a schema, compiled, at their places. Places without rules in or under them are not there.
record RuleTree(
        Mapping schema,
        Place place,
        List<CompiledRule> rules,
        List<RuleTree> others,
        Map<String, RuleTree> properties,
        Optional<RuleTree> items,
        Optional<RuleTree> values) {

    static Optional<RuleTree> of(Mapping schema) {
        return of(schema, schema, Place.OBJECT);
    }

    /// `judging` says the rules, `spine` the types: they differ under `allOf`.
    private static Optional<RuleTree> of(Mapping judging, Mapping spine, Place place) {
        var types = new RuleTypes();
        var rules = List.<CompiledRule>of();
        var sources = RuleSource.of(judging).stream()
                .filter(source -> !source.rule().isBlank())
                .toList();
        if (!sources.isEmpty()) {
            rules = types.type(spine, place)
                    .map(self -> CompiledRule.of(sources, types, self, SchemaSizes.of(spine, place)))
                    .orElse(List.of());
        }
        var properties = new LinkedHashMap<String, RuleTree>();
        for (var property : judging.mapping("properties")) {
            if (property.value() instanceof Mapping inner
                    && spine.mapping("properties").get(property.key()) instanceof Mapping type) {
                of(inner, type, Place.of(type)).ifPresent(tree -> properties.put(property.key(), tree));
            }
        }
        var others = new ArrayList<RuleTree>();
        for (var part : judging.sequence("allOf").mappings())
            of(part, spine, place).ifPresent(others::add);
        var items = under(judging, spine, "items");
        var values = under(judging, spine, "additionalProperties");
        boolean none = rules.isEmpty() && others.isEmpty() && properties.isEmpty();
        if (none && items.isEmpty() && values.isEmpty()) return Optional.empty();
        return Optional.of(new RuleTree(spine, place, rules, others, properties, items, values));
    }

    private static Optional<RuleTree> under(Mapping judging, Mapping spine, String key) {
        return judging.get(key) instanceof Mapping inner && spine.get(key) instanceof Mapping type
                ? of(inner, type, Place.of(type))
                : Optional.empty();
    }

    /// Whether a list's items can be told apart by keys, so that each has a past of its own.
    List<String> itemKeys() {
        if (!schema.text("x-kubernetes-list-type").orElse("").equals("map")) return List.of();
        return schema.sequence("x-kubernetes-list-map-keys").items().stream()
                .flatMap(key -> key.asText().stream())
                .toList();
    }

    boolean fieldsHaveAPast() {
        return !schema.text("x-kubernetes-map-type").orElse("").equals("atomic");
    }
}
