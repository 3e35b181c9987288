package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Pods, and the templates that they are made from.
final class PodRules {

    private static final String CHANGEABLE =
            "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
                    + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
                    + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    private PodRules() {}

    static void pod(Mapping pod, Problems problems) {
        spec(pod.mapping("spec"), "spec", problems);
    }

    /// `owner` is what holds the template, `path` where it is.
    static void template(Mapping owner, String path, Problems problems) {
        var template = owner.mapping("template");
        MetadataRules.labels(template.mapping("metadata", "labels"), child(path, "labels"), problems);
        MetadataRules.annotations(template.mapping("metadata", "annotations"), child(path, "annotations"), problems);
        spec(template.mapping("spec"), child(path, "spec"), problems);
    }

    private static void spec(Mapping spec, String path, Problems problems) {
        var volumes = VolumeRules.check(spec.sequence("volumes"), child(path, "volumes"), problems);
        var names = new HashSet<String>();
        if (spec.sequence("containers").isEmpty()) problems.required(child(path, "containers"), "");
        for (var list : List.of("containers", "initContainers", "ephemeralContainers")) {
            containers(spec.sequence(list), child(path, list), names, volumes, problems);
        }
        problems.oneOf(spec, path, "restartPolicy", List.of("Always", "OnFailure", "Never"));
        problems.oneOf(spec, path, "dnsPolicy", List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"));
        problems.notNegative(spec, path, "terminationGracePeriodSeconds");
        if (spec.get("activeDeadlineSeconds") instanceof Value.Whole(var seconds, var _)
                && (seconds < 1 || seconds > Integer.MAX_VALUE)) {
            problems.invalid(
                    child(path, "activeDeadlineSeconds"),
                    Value.of(seconds),
                    "must be between 1 and 2147483647, inclusive");
        }
        MetadataRules.labels(spec.mapping("nodeSelector"), child(path, "nodeSelector"), problems);
        for (var field : List.of("serviceAccountName", "nodeName", "priorityClassName", "runtimeClassName")) {
            var name = spec.text(field).orElse("");
            if (name.isEmpty()) continue;
            for (var wrong : Names.subdomain(name)) problems.invalid(child(path, field), name, wrong);
        }
        for (var field : List.of("hostname", "subdomain")) {
            var name = spec.text(field).orElse("");
            if (name.isEmpty()) continue;
            for (var wrong : Names.label(name)) problems.invalid(child(path, field), name, wrong);
        }
        tolerations(spec.sequence("tolerations"), child(path, "tolerations"), problems);
    }

    private static void containers(
            Sequence containers, String path, Set<String> names, Set<String> volumes, Problems problems) {
        for (int i = 0; i < containers.size(); i++) {
            if (!(containers.get(i) instanceof Mapping container)) continue;
            var place = item(path, i);
            ContainerRules.check(container, place, volumes, problems);
            var name = container.text("name").orElse("");
            if (!name.isEmpty() && !names.add(name)) problems.duplicate(child(place, "name"), Value.of(name));
        }
    }

    private static void tolerations(Sequence tolerations, String path, Problems problems) {
        for (int i = 0; i < tolerations.size(); i++) {
            if (!(tolerations.get(i) instanceof Mapping toleration)) continue;
            var place = item(path, i);
            var key = toleration.text("key").orElse("");
            var operator = toleration.text("operator").orElse("");
            if (!key.isEmpty()) {
                for (var wrong : Names.qualified(key)) problems.invalid(child(place, "key"), key, wrong);
            } else if (!operator.equals("Exists")) {
                problems.invalid(
                        child(place, "operator"),
                        operator,
                        "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
            }
            var value = toleration.text("value").orElse("");
            if (operator.equals("Exists") && !value.isEmpty()) {
                problems.invalid(
                        child(place, "operator"), toleration, "value must be empty when `operator` is 'Exists'");
            }
            problems.oneOf(toleration, place, "operator", List.of("Equal", "Exists", "Gt", "Lt"));
            problems.oneOf(toleration, place, "effect", List.of("NoExecute", "NoSchedule", "PreferNoSchedule"));
        }
    }

    /// Of a pod hardly anything changes after it was made; controllers bind it to a node, and grow its scheduling
    /// gates less.
    static void podChange(Mapping pod, Mapping old, Problems problems) {
        if (!comparable(pod.mapping("spec")).equals(comparable(old.mapping("spec")))) {
            problems.forbidden("spec", CHANGEABLE);
        }
        var before = old.sequence("spec", "tolerations");
        var now = pod.sequence("spec", "tolerations");
        if (!now.items().containsAll(before.items()))
            problems.forbidden(
                    "spec.tolerations", "existing toleration can not be modified except its tolerationSeconds");
    }

    private static Mapping comparable(Mapping spec) {
        var rest = spec;
        for (var open : List.of(
                "activeDeadlineSeconds",
                "tolerations",
                "terminationGracePeriodSeconds",
                "schedulingGates",
                "nodeName",
                "ephemeralContainers")) {
            rest = rest.without(open);
        }
        for (var list : List.of("containers", "initContainers")) {
            if (!rest.has(list)) continue;
            rest = rest.with(
                    list,
                    rest.sequence(list)
                            .map(each -> each instanceof Mapping container
                                    ? container.without("image").without("resources")
                                    : each));
        }
        return rest;
    }
}
