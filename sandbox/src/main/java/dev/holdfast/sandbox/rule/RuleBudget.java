package dev.holdfast.sandbox.rule;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.kind.FieldError;
import dev.holdfast.sandbox.kind.FieldError.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the rules of one schema may cost at worst: each of them, and all together. Source: the limits of
/// k8s.io/apiextensions-apiserver, pkg/apis/apiextensions/validation.
final class RuleBudget {

    private static final long OF_ONE = 10_000_000;
    private static final long OF_ALL = 100_000_000;
    /// Of the dear ones, so many are named when all together are too dear.
    private static final int NAMED = 4;

    /// Whether a single rule is held to a limit.
    enum OfEach {
        LIMITED,
        UNLIMITED
    }

    private record Dear(String path, long cost) {}

    private final OfEach ofEach;
    private final List<Dear> dear = new ArrayList<>();
    private long total;

    RuleBudget(OfEach ofEach) {
        this.ofEach = ofEach;
    }

    List<FieldError> rule(long cost, String path) {
        return observed("estimated rule cost", cost, path);
    }

    List<FieldError> message(long cost, String path) {
        return observed("estimated messageExpression cost", cost, path);
    }

    private List<FieldError> observed(String name, long cost, String path) {
        total = SizeRange.sum(total, cost);
        if (cost >= OF_ALL / 100) dear.add(new Dear(path, cost));
        return ofEach == OfEach.LIMITED && cost > OF_ONE
                ? List.of(Reason.FORBIDDEN.at(path, told(name, cost, OF_ONE)))
                : List.of();
    }

    /// What is to be said of all rules together; `path` is that of the schema.
    List<FieldError> exceeded(String path) {
        if (total <= OF_ALL) return List.of();
        var errors = new ArrayList<FieldError>();
        dear.stream()
                .sorted(Comparator.comparingLong(Dear::cost).reversed())
                .limit(NAMED)
                .forEach(rule -> errors.add(Reason.FORBIDDEN.at(
                        rule.path(),
                        "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema")));
        var name = "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema";
        errors.add(Reason.FORBIDDEN.at(path, told(name, total, OF_ALL)));
        return errors;
    }

    private static String told(String name, long cost, long limit) {
        double times = (double) cost / limit;
        var factor = times > 100
                ? "more than 100x"
                : times < 1.5 ? String.format(Locale.ROOT, "%fx", times) : String.format(Locale.ROOT, "%.1fx", times);
        return name + " exceeds budget by factor of " + factor + " (try simplifying the rule, or adding maxItems,"
                + " maxProperties, and maxLength where arrays, maps, and strings are declared)";
    }

    /// How many values a value of this schema holds at most, by its own bounds; empty where it has none.
    static Optional<Long> inside(Mapping schema) {
        return switch (schema.text("type").orElse("")) {
            case "object" ->
                schema.get("additionalProperties") instanceof Mapping
                        ? bound(schema, "maxProperties")
                        : Optional.of(1L);
            case "array" -> bound(schema, "maxItems");
            default -> Optional.of(1L);
        };
    }

    private static Optional<Long> bound(Mapping schema, String key) {
        return schema.get(key) instanceof Value.Whole(var number, var _)
                ? Optional.of(Math.max(0, number))
                : Optional.empty();
    }
}
