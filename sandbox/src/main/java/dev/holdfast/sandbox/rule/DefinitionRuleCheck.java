package dev.holdfast.sandbox.rule;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.kind.FieldError;
import dev.holdfast.sandbox.kind.FieldError.Reason;
import dev.holdfast.sandbox.rule.RuleTypes.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whether the rules of a definition are in order: their texts first, then, where those are, what compiling them
/// says.
public final class DefinitionRuleCheck {

    private static final Pattern BREAK = Pattern.compile("[\n\r]");
    private static final List<String> REASONS =
            List.of("FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");

    private final List<FieldError> errors = new ArrayList<>();
    private final RuleBudget budget;

    private DefinitionRuleCheck(RuleBudget budget) {
        this.budget = budget;
    }

    /// Of a schema that is structural; `path` is where it stands in the definition.
    public static List<FieldError> of(Mapping schema, String path) {
        return check(schema, path, new RuleBudget(RuleBudget.OfEach.LIMITED));
    }

    /// Of a schema that a definition has had before: what a single rule costs is not held against it any more.
    public static List<FieldError> ofUnchanged(Mapping schema, String path) {
        return check(schema, path, new RuleBudget(RuleBudget.OfEach.UNLIMITED));
    }

    private static List<FieldError> check(Mapping schema, String path, RuleBudget budget) {
        var check = new DefinitionRuleCheck(budget);
        check.texts(schema, path);
        if (!check.errors.isEmpty()) return check.errors;
        check.compiled(schema, schema, new Where(Place.OBJECT, path, Optional.of(1L)), Optional.empty());
        check.errors.addAll(budget.exceeded(path));
        return check.errors;
    }

    private static String rule(String path, int index, String field) {
        return path + ".x-kubernetes-validations[" + index + "]." + field;
    }

    private void texts(Mapping schema, String path) {
        parts(schema, path).forEach(part -> texts(part.schema(), part.path()));
        var rules = RuleSource.of(schema);
        for (int i = 0; i < rules.size(); i++) text(schema, rules.get(i), path, i);
    }

    private void text(Mapping schema, RuleSource rule, String path, int index) {
        var message = rule.message().strip();
        if (rule.rule().isBlank()) {
            errors.add(Reason.REQUIRED.at(rule(path, index, "rule"), "rule is not specified"));
        } else if (!rule.message().isEmpty() && message.isEmpty()) {
            invalid(path, index, "message", rule.message(), "must be non-empty if specified");
        } else if (BREAK.matcher(message).find()) {
            invalid(path, index, "message", rule.message(), "must not contain line breaks");
        } else if (BREAK.matcher(rule.rule().strip()).find() && message.isEmpty()) {
            errors.add(Reason.REQUIRED.at(
                    rule(path, index, "message"), "message must be specified if rule contains line breaks"));
        }
        if (!rule.messageExpression().isEmpty() && rule.messageExpression().isBlank()) {
            errors.add(Reason.REQUIRED.at(
                    rule(path, index, "messageExpression"), "messageExpression must be non-empty if specified"));
        }
        rule.reason().filter(reason -> !REASONS.contains(reason)).ifPresent(reason -> {
            var supported = REASONS.stream().map(each -> "\"" + each + "\"").toList();
            errors.add(Reason.NOT_SUPPORTED.at(
                    rule(path, index, "reason"),
                    Value.of(reason),
                    "supported values: " + String.join(", ", supported)));
        });
        fieldPath(schema, rule, path, index);
    }

    private void fieldPath(Mapping schema, RuleSource rule, String path, int index) {
        var fieldPath = rule.fieldPath();
        if (fieldPath.isEmpty()) return;
        if (fieldPath.isBlank()) {
            invalid(path, index, "fieldPath", fieldPath, "must be non-empty if specified");
        }
        if (BREAK.matcher(fieldPath).find()) {
            invalid(path, index, "fieldPath", fieldPath, "must not contain line breaks");
        }
        if (!FieldPathText.fits(schema, fieldPath)) {
            invalid(path, index, "fieldPath", fieldPath, "must be a valid path");
        }
    }

    private void invalid(String path, int index, String field, String value, String detail) {
        errors.add(Reason.INVALID.at(rule(path, index, field), Value.of(value), detail));
    }

    private record Part(Mapping schema, String path, String key) {}

    private static List<Part> parts(Mapping schema, String path) {
        var parts = new ArrayList<Part>();
        for (var key : List.of("items", "additionalProperties")) {
            if (schema.get(key) instanceof Mapping inner) parts.add(new Part(inner, path + "." + key, key));
        }
        for (var property : schema.mapping("properties")) {
            if (property.value() instanceof Mapping inner) {
                parts.add(new Part(inner, path + ".properties[" + property.key() + "]", property.key()));
            }
        }
        return parts;
    }

    /// Where a schema stands, and how often its values can occur in one object; empty where nothing bounds that.
    private record Where(Place place, String path, Optional<Long> occurrences) {}

    /// `apart` is the place, if any, under which nothing has a past to compare with.
    private void compiled(Mapping judging, Mapping spine, Where where, Optional<String> apart) {
        var path = where.path();
        var inside = apart.or(() -> hasNoPast(spine) ? Optional.of(path) : Optional.empty());
        var occurrences = where.occurrences()
                .flatMap(times -> RuleBudget.inside(spine).map(most -> SizeRange.product(times, most)));
        for (var part : parts(judging, path)) {
            var there = new Where(Place.of(part.schema()), part.path(), occurrences);
            compiled(part.schema(), part.schema(), there, inside);
        }
        var all = judging.sequence("allOf").mappings();
        for (int i = 0; i < all.size(); i++) {
            var there = new Where(where.place(), path + ".allOf[" + i + "]", where.occurrences());
            compiled(all.get(i), spine, there, apart);
        }
        var sources = RuleSource.of(judging);
        if (sources.isEmpty()) return;
        var types = new RuleTypes();
        var self = types.type(spine, where.place());
        if (self.isEmpty()) return;
        var sizes = SchemaSizes.of(spine, where.place());
        var rules = CompiledRule.of(sources, types, self.get(), sizes);
        long times = where.occurrences().orElse(sizes.mostOccurrences());
        for (int i = 0; i < rules.size(); i++) {
            var costs = rules.get(i).costs();
            var each = new CompiledRule.Costs(SizeRange.product(costs.rule(), times), costs.message());
            compiled(rules.get(i), each, new Entry(path, i), apart);
        }
    }

    /// One of the rules at a path.
    private record Entry(String path, int index) {
        String at(String field) {
            return DefinitionRuleCheck.rule(path, index, field);
        }
    }

    private static boolean hasNoPast(Mapping schema) {
        if (schema.text("type").orElse("").equals("array")) {
            return !schema.text("x-kubernetes-list-type").orElse("").equals("map");
        }
        return schema.text("x-kubernetes-map-type").orElse("").equals("atomic");
    }

    private void compiled(CompiledRule rule, CompiledRule.Costs costs, Entry entry, Optional<String> apart) {
        var printed = rule.source().printed();
        errors.addAll(budget.rule(costs.rule(), entry.at("rule")));
        rule.problems().rule().ifPresent(problem -> errors.add(Reason.INVALID.at(entry.at("rule"), printed, problem)));
        rule.problems()
                .message()
                .ifPresent(problem -> errors.add(Reason.INVALID.at(entry.at("messageExpression"), printed, problem)));
        if (rule.programs().message().isPresent()) {
            errors.addAll(budget.message(costs.message(), entry.at("messageExpression")));
        }
        if (rule.comparesWithBefore()) {
            apart.ifPresent(place -> invalid(
                    entry.path(),
                    entry.index(),
                    "rule",
                    rule.source().rule(),
                    "oldSelf cannot be used on the uncorrelatable portion of the schema within " + place));
        } else if (rule.source().optionalOldSelf().isPresent()) {
            var flag = rule.source().oldSelfMayBeMissing() ? Value.TRUE : Value.FALSE;
            errors.add(Reason.INVALID.at(
                    entry.at("optionalOldSelf"), flag, "may not be set if oldSelf is not used in rule"));
        }
    }
}
