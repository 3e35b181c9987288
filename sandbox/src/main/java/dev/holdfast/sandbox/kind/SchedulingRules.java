package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.HashSet;
import java.util.List;

/// Where a pod may run: affinity, tolerations, spreading, gates.
final class SchedulingRules {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
    private static final List<String> EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    private SchedulingRules() {}

    static void affinity(Mapping affinity, String path, Problems problems) {
        if (affinity.get("nodeAffinity") instanceof Mapping nodes) {
            nodes(nodes, child(path, "nodeAffinity"), problems);
        }
        for (var kind : List.of("podAffinity", "podAntiAffinity")) {
            if (!(affinity.get(kind) instanceof Mapping pods)) continue;
            var place = child(path, kind);
            var needed = pods.sequence(REQUIRED);
            for (int i = 0; i < needed.size(); i++) {
                if (needed.get(i) instanceof Mapping term) {
                    term(term, item(child(place, REQUIRED), i), problems);
                }
            }
            var wanted = pods.sequence(PREFERRED);
            for (int i = 0; i < wanted.size(); i++) {
                if (!(wanted.get(i) instanceof Mapping term)) continue;
                var where = item(child(place, PREFERRED), i);
                weight(term, where, problems);
                term(term.mapping("podAffinityTerm"), child(where, "podAffinityTerm"), problems);
            }
        }
    }

    private static void weight(Mapping term, String path, Problems problems) {
        long weight = term.whole("weight").orElse(0L);
        if (weight < 1 || weight > 100) {
            problems.invalid(child(path, "weight"), Value.of(weight), "must be in the range 1-100");
        }
    }

    private static void term(Mapping term, String path, Problems problems) {
        for (var selector : List.of("labelSelector", "namespaceSelector")) {
            Selectors.check(term.mapping(selector), child(path, selector), problems);
        }
        for (var namespace : term.sequence("namespaces")) {
            var name = namespace.toString();
            for (var wrong : Names.label(name)) problems.invalid(child(path, "namespace"), name, wrong);
        }
        var key = term.text("topologyKey").orElse("");
        if (key.isEmpty()) problems.required(child(path, "topologyKey"), "can not be empty");
        for (var wrong : Names.qualified(key)) problems.invalid(child(path, "topologyKey"), key, wrong);
    }

    private static void nodes(Mapping affinity, String path, Problems problems) {
        if (affinity.get(REQUIRED) instanceof Mapping selector) {
            var place = child(child(path, REQUIRED), "nodeSelectorTerms");
            var terms = selector.sequence("nodeSelectorTerms");
            if (terms.isEmpty()) problems.required(place, "must have at least one node selector term");
            for (int i = 0; i < terms.size(); i++) {
                if (!(terms.get(i) instanceof Mapping term)) continue;
                nodeTerm(term, item(place, i), problems);
                values(term, item(place, i), problems);
            }
        }
        var wanted = affinity.sequence(PREFERRED);
        for (int i = 0; i < wanted.size(); i++) {
            if (!(wanted.get(i) instanceof Mapping term)) continue;
            var where = item(child(path, PREFERRED), i);
            weight(term, where, problems);
            nodeTerm(term.mapping("preference"), child(where, "preference"), problems);
        }
    }

    /// Values are looked at in what must hold only; a wish that no node can grant does no harm.
    private static void values(Mapping term, String path, Problems problems) {
        var requirements = term.sequence("matchExpressions");
        for (int i = 0; i < requirements.size(); i++) {
            if (!(requirements.get(i) instanceof Mapping requirement)) continue;
            var values = requirement.sequence("values");
            for (int k = 0; k < values.size(); k++) {
                var value = values.get(k).asText().orElse("");
                var place = item(child(item(child(path, "matchExpressions"), i), "values"), k);
                for (var wrong : Names.labelValue(value)) problems.invalid(place, value, wrong);
            }
        }
    }

    private static void nodeTerm(Mapping term, String path, Problems problems) {
        var labels = term.sequence("matchExpressions");
        for (int i = 0; i < labels.size(); i++) {
            if (labels.get(i) instanceof Mapping requirement) {
                ofLabels(requirement, item(child(path, "matchExpressions"), i), problems);
            }
        }
        var fields = term.sequence("matchFields");
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i) instanceof Mapping requirement) {
                ofFields(requirement, item(child(path, "matchFields"), i), problems);
            }
        }
    }

    private static void ofLabels(Mapping requirement, String path, Problems problems) {
        var operator = requirement.text("operator").orElse("");
        int values = requirement.sequence("values").size();
        switch (operator) {
            case "In", "NotIn" -> {
                if (values == 0) {
                    problems.required(child(path, "values"), "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (values > 0) {
                    problems.forbidden(
                            child(path, "values"),
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            case "Gt", "Lt" -> {
                if (values != 1) {
                    problems.required(
                            child(path, "values"), "must be specified single value when `operator` is 'Lt' or 'Gt'");
                }
            }
            default -> problems.invalid(child(path, "operator"), operator, "not a valid selector operator");
        }
        var key = requirement.text("key").orElse("");
        for (var wrong : Names.qualified(key)) problems.invalid(child(path, "key"), key, wrong);
    }

    private static void ofFields(Mapping requirement, String path, Problems problems) {
        var operator = requirement.text("operator").orElse("");
        var values = requirement.sequence("values");
        if (!List.of("In", "NotIn").contains(operator)) {
            problems.invalid(child(path, "operator"), operator, "not a valid selector operator");
        } else if (values.size() != 1) {
            problems.required(
                    child(path, "values"),
                    "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        }
        var key = requirement.text("key").orElse("");
        if (!key.equals("metadata.name")) {
            problems.invalid(child(path, "key"), key, "not a valid field selector key");
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            var name = values.get(i).asText().orElse("");
            for (var wrong : Names.subdomain(name)) problems.invalid(item(child(path, "values"), i), name, wrong);
        }
    }

    static void tolerations(Sequence tolerations, String path, Problems problems) {
        for (int i = 0; i < tolerations.size(); i++) {
            if (!(tolerations.get(i) instanceof Mapping toleration)) continue;
            var place = item(path, i);
            var key = toleration.text("key").orElse("");
            var operator = toleration.text("operator").orElse("");
            for (var wrong : key.isEmpty() ? List.<String>of() : Names.qualified(key)) {
                problems.invalid(child(place, "key"), key, wrong);
            }
            if (key.isEmpty() && !operator.equals("Exists")) {
                problems.invalid(
                        child(place, "operator"),
                        operator,
                        "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
            }
            var effect = toleration.text("effect").orElse("");
            if (toleration.has("tolerationSeconds") && !effect.equals("NoExecute")) {
                problems.invalid(
                        child(place, "effect"), effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
            }
            tolerated(toleration.text("value").orElse(""), operator, child(place, "operator"), problems);
            if (!effect.isEmpty()) problems.oneOf(toleration, place, "effect", EFFECTS);
        }
    }

    private static void tolerated(String value, String operator, String path, Problems problems) {
        switch (operator) {
            case "", "Equal" -> {
                var wrong = Names.labelValue(value);
                if (!wrong.isEmpty()) problems.invalid(path, value, String.join(";", wrong));
            }
            case "Exists" -> {
                if (!value.isEmpty()) {
                    problems.invalid(path, value, "value must be empty when `operator` is 'Exists'");
                }
            }
            default -> problems.notSupported(path, Value.of(operator), List.of("Equal", "Exists"));
        }
    }

    static void gates(Mapping spec, String path, Problems problems) {
        var ready = spec.sequence("readinessGates");
        for (int i = 0; i < ready.size(); i++) {
            if (!(ready.get(i) instanceof Mapping gate)) continue;
            var type = gate.text("conditionType").orElse("");
            for (var wrong : Names.qualified(type)) {
                problems.invalid(child(item(child(path, "readinessGates"), i), "conditionType"), type, wrong);
            }
        }
        var seen = new HashSet<String>();
        var gates = spec.sequence("schedulingGates");
        for (int i = 0; i < gates.size(); i++) {
            if (!(gates.get(i) instanceof Mapping gate)) continue;
            var place = item(child(path, "schedulingGates"), i);
            var name = gate.text("name").orElse("");
            for (var wrong : Names.qualified(name)) problems.invalid(place, name, wrong);
            if (!seen.add(name)) problems.duplicate(place, Value.of(name));
        }
    }

    static void spread(Sequence constraints, String path, Problems problems) {
        for (int i = 0; i < constraints.size(); i++) {
            if (!(constraints.get(i) instanceof Mapping constraint)) continue;
            var place = item(path, i);
            long skew = constraint.whole("maxSkew").orElse(0L);
            if (skew <= 0) problems.invalid(child(place, "maxSkew"), Value.of(skew), "must be greater than zero");
            var key = constraint.text("topologyKey").orElse("");
            if (key.isEmpty()) problems.required(child(place, "topologyKey"), "can not be empty");
            else for (var wrong : Names.qualified(key)) problems.invalid(child(place, "topologyKey"), key, wrong);
            var action = constraint.text("whenUnsatisfiable").orElse("");
            if (!List.of("DoNotSchedule", "ScheduleAnyway").contains(action)) {
                problems.notSupported(
                        child(place, "whenUnsatisfiable"),
                        Value.of(action),
                        List.of("DoNotSchedule", "ScheduleAnyway"));
            }
            for (int k = i + 1; k < constraints.size(); k++) {
                if (!(constraints.get(k) instanceof Mapping later)) continue;
                if (key.equals(later.text("topologyKey").orElse(""))
                        && action.equals(later.text("whenUnsatisfiable").orElse(""))) {
                    problems.duplicate(
                            child(place, "{topologyKey, whenUnsatisfiable}"),
                            Value.of("{" + key + ", " + action + "}"));
                    break;
                }
            }
            domains(constraint, action, place, problems);
            Selectors.check(constraint.mapping("labelSelector"), child(place, "labelSelector"), problems);
        }
    }

    private static void domains(Mapping constraint, String action, String path, Problems problems) {
        if (constraint.get("minDomains") instanceof Value.Whole(var domains, var _)) {
            var place = child(path, "minDomains");
            if (domains <= 0) problems.invalid(place, Value.of(domains), "must be greater than zero");
            if (!action.equals("DoNotSchedule")) {
                problems.invalid(
                        place,
                        Value.of(domains),
                        "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + action);
            }
        }
        for (var policy : List.of("nodeAffinityPolicy", "nodeTaintsPolicy")) {
            problems.oneOf(constraint, path, policy, List.of("Honor", "Ignore"));
        }
    }
}
