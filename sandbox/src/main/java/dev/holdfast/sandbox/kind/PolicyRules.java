package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.keyed;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Budgets, quotas, priorities and leases.
final class PolicyRules {

    private static final long HIGHEST_PRIORITY = 1_000_000_000;

    private static final List<String> SCOPES = List.of(
            "BestEffort",
            "CrossNamespacePodAffinity",
            "NotBestEffort",
            "NotTerminating",
            "PriorityClass",
            "Terminating",
            "VolumeAttributesClass");

    private static final List<String> OF_QUOTAS = List.of(
            "cpu",
            "memory",
            "ephemeral-storage",
            "requests.cpu",
            "requests.memory",
            "requests.storage",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage",
            "pods",
            "resourcequotas",
            "services",
            "replicationcontrollers",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "services.nodeports",
            "services.loadbalancers");

    private PolicyRules() {}

    static void disruption(Mapping spec, Problems problems) {
        if (spec.has("minAvailable") && spec.has("maxUnavailable")) {
            problems.invalid(
                    "spec",
                    GoForm.of("policy.PodDisruptionBudgetSpec", spec),
                    "minAvailable and maxUnavailable cannot be both set");
        }
        Ports.countOrShare(spec, "spec", "minAvailable", problems);
        Ports.countOrShare(spec, "spec", "maxUnavailable", problems);
        Selectors.check(spec.mapping("selector"), "spec.selector", problems);
        problems.oneOf(spec, "spec", "unhealthyPodEvictionPolicy", List.of("AlwaysAllow", "IfHealthyBudget"));
    }

    static void quota(Mapping quota, Problems problems) {
        for (var limit : quota.mapping("spec", "hard")) amount(limit, "spec.hard", problems);
        var scopes = quota.sequence("spec", "scopes");
        for (var scope : scopes) {
            if (!SCOPES.contains(scope.asText().orElse(""))) {
                problems.invalid("spec.scopes", scopes, "unsupported scope");
            }
        }
        for (var pair : List.of(List.of("BestEffort", "NotBestEffort"), List.of("NotTerminating", "Terminating"))) {
            if (scopes.items().containsAll(pair.stream().map(Value::of).toList())) {
                problems.invalid("spec.scopes", scopes, "conflicting scopes");
            }
        }
    }

    /// What a quota counts is settled when it is made.
    static void quotaChange(Mapping quota, Mapping old, Problems problems) {
        var now = texts(quota);
        if (!now.equals(texts(old))) problems.invalid("spec.scopes", quota.at("spec", "scopes"), "field is immutable");
    }

    private static Set<String> texts(Mapping quota) {
        var texts = new TreeSet<String>();
        for (var scope : quota.sequence("spec", "scopes")) texts.add(scope.toString());
        return texts;
    }

    private static void amount(Mapping.Field amount, String path, Problems problems) {
        var name = amount.key();
        var place = keyed(path, name);
        ResourceRules.name(name, place, problems);
        boolean counted = OF_QUOTAS.contains(name) || name.startsWith("requests.hugepages-");
        if (!name.contains("/") && !counted && !name.startsWith("hugepages-")) {
            problems.invalid(place, name, "must be a standard resource for quota");
        }
        ResourceRules.value(name, amount.value(), place, problems);
    }

    static void priority(Mapping priorityClass, Problems problems) {
        var name = priorityClass.text("metadata", "name").orElse("");
        if (name.startsWith("system-")) {
            problems.forbidden(
                    "metadata.name", "priority class names with 'system-' prefix are reserved for system use only");
        } else if (priorityClass.whole("value").orElse(0L) > HIGHEST_PRIORITY) {
            problems.forbidden("value", "maximum allowed value of a user defined priority is " + HIGHEST_PRIORITY);
        }
        problems.oneOf(priorityClass, "", "preemptionPolicy", List.of("PreemptLowerPriority", "Never"));
    }

    static void priorityChange(Mapping priorityClass, Mapping old, Problems problems) {
        for (var field : List.of("value", "preemptionPolicy")) {
            if (priorityClass.find(field).equals(old.find(field))) continue;
            if (field.equals("value")) problems.forbidden("value", "may not be changed in an update.");
            else problems.immutable(field, priorityClass.get(field), old.get(field));
        }
    }

    static void lease(Mapping spec, Problems problems) {
        if (spec.get("leaseDurationSeconds") instanceof Value.Whole(var seconds, var _) && seconds <= 0) {
            problems.invalid("spec.leaseDurationSeconds", Value.of(seconds), "must be greater than 0");
        }
        if (spec.get("holderIdentity") instanceof Value.Text(var holder, var _) && holder.isEmpty()) {
            problems.invalid("spec.holderIdentity", holder, "must not be empty");
        }
        problems.notNegative(spec, "spec", "leaseTransitions");
    }
}
