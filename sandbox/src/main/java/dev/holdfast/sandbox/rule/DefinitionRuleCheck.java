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

    private DefinitionRuleCheck() {}

    /// Of a schema that is structural; `path` is where it stands in the definition.
    public static List<FieldError> of(Mapping schema, String path) {
        var texts = new DefinitionRuleCheck();
        texts.texts(schema, path);
        if (!texts.errors.isEmpty()) return texts.errors;
        var compiled = new DefinitionRuleCheck();
        compiled.compiled(schema, schema, Place.OBJECT, path, Optional.empty());
        return compiled.errors;
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

    /// `apart` is the place, if any, under which nothing has a past to compare with.
    private void compiled(Mapping judging, Mapping spine, Place place, String path, Optional<String> apart) {
        var inside = apart.or(() -> hasNoPast(spine) ? Optional.of(path) : Optional.empty());
        for (var part : parts(judging, path))
            compiled(part.schema(), part.schema(), Place.of(part.schema()), part.path(), inside);
        var all = judging.sequence("allOf").mappings();
        for (int i = 0; i < all.size(); i++) compiled(all.get(i), spine, place, path + ".allOf[" + i + "]", apart);
        var sources = RuleSource.of(judging);
        if (sources.isEmpty()) return;
        var types = new RuleTypes();
        var self = types.type(spine, place);
        if (self.isEmpty()) return;
        var rules = CompiledRule.of(sources, types, self.get());
        for (int i = 0; i < rules.size(); i++) compiled(rules.get(i), path, i, apart);
    }

    private static boolean hasNoPast(Mapping schema) {
        if (schema.text("type").orElse("").equals("array")) {
            return !schema.text("x-kubernetes-list-type").orElse("").equals("map");
        }
        return schema.text("x-kubernetes-map-type").orElse("").equals("atomic");
    }

    private void compiled(CompiledRule rule, String path, int index, Optional<String> apart) {
        var printed = rule.source().printed();
        rule.problems()
                .rule()
                .ifPresent(problem -> errors.add(Reason.INVALID.at(rule(path, index, "rule"), printed, problem)));
        rule.problems()
                .message()
                .ifPresent(problem ->
                        errors.add(Reason.INVALID.at(rule(path, index, "messageExpression"), printed, problem)));
        if (rule.comparesWithBefore()) {
            apart.ifPresent(place -> invalid(
                    path,
                    index,
                    "rule",
                    rule.source().rule(),
                    "oldSelf cannot be used on the uncorrelatable portion of the schema within " + place));
        } else if (rule.source().optionalOldSelf().isPresent()
                && rule.problems().rule().isEmpty()) {
            var flag = rule.source().oldSelfMayBeMissing() ? Value.TRUE : Value.FALSE;
            errors.add(Reason.INVALID.at(
                    rule(path, index, "optionalOldSelf"), flag, "may not be set if oldSelf is not used in rule"));
        }
    }
}
