package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.List;

/// Label selectors inside objects: whether they are well formed, and what they select.
public final class Selectors {

    private Selectors() {}

    /// Whether a selector (`matchLabels`, `matchExpressions`) selects these labels. An empty one selects
    /// everything.
    public static boolean selects(Mapping selector, Mapping labels) {
        for (var wanted : selector.mapping("matchLabels")) {
            if (!wanted.value().equals(labels.get(wanted.key()))) return false;
        }
        for (var requirement : selector.sequence("matchExpressions").mappings()) {
            if (!holds(requirement, labels)) return false;
        }
        return true;
    }

    private static boolean holds(Mapping requirement, Mapping labels) {
        var value = labels.get(requirement.text("key").orElse(""));
        var values = requirement.sequence("values").items();
        return switch (requirement.text("operator").orElse("")) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }

    static void check(Mapping selector, String path, Problems problems) {
        MetadataRules.labels(selector.mapping("matchLabels"), child(path, "matchLabels"), problems);
        var requirements = selector.sequence("matchExpressions");
        for (int i = 0; i < requirements.size(); i++) {
            if (requirements.get(i) instanceof Mapping requirement) {
                requirement(requirement, item(child(path, "matchExpressions"), i), problems);
            }
        }
    }

    private static void requirement(Mapping requirement, String path, Problems problems) {
        var values = requirement.sequence("values");
        var operator = requirement.text("operator").orElse("");
        if (List.of("In", "NotIn").contains(operator)) {
            if (values.isEmpty()) {
                problems.required(child(path, "values"), "must be specified when `operator` is 'In' or 'NotIn'");
            }
        } else if (List.of("Exists", "DoesNotExist").contains(operator)) {
            if (!values.isEmpty()) {
                problems.forbidden(
                        child(path, "values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
            }
        } else {
            problems.invalid(child(path, "operator"), operator, "not a valid selector operator");
        }
        var key = requirement.text("key").orElse("");
        for (var wrong : Names.qualified(key)) problems.invalid(child(path, "key"), key, wrong);
        for (int i = 0; i < values.size(); i++) {
            if (!(values.get(i) instanceof Value.Text(var value, var _))) continue;
            for (var wrong : Names.labelValue(value)) problems.invalid(item(child(path, "values"), i), value, wrong);
        }
    }

    /// A selector that must be there and select something; then the template's labels must be selected.
    static void ofWorkload(Mapping spec, String kind, Problems problems) {
        if (!(spec.get("selector") instanceof Mapping selector)) {
            problems.required("spec.selector", "");
            return;
        }
        check(selector, "spec.selector", problems);
        if (selector.mapping("matchLabels").isEmpty()
                && selector.sequence("matchExpressions").isEmpty()) {
            problems.invalid("spec.selector", selector, "empty selector is invalid for " + kind);
            return;
        }
        var labels = spec.mapping("template", "metadata", "labels");
        if (!selects(selector, labels)) {
            problems.invalid(
                    "spec.template.metadata.labels",
                    spec.at("template", "metadata", "labels"),
                    "`selector` does not match template `labels`");
        }
    }
}
