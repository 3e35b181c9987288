package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.List;

/// Roles and their bindings.
final class AccessRules {

    private static final String GROUP = "rbac.authorization.k8s.io";

    /// Whether rights hold in one namespace or everywhere.
    enum Reach {
        NAMESPACE,
        CLUSTER
    }

    private AccessRules() {}

    static void role(Mapping role, Reach reach, Problems problems) {
        var rules = role.sequence("rules");
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i) instanceof Mapping rule) rule(rule, item("rules", i), reach, problems);
        }
    }

    private static void rule(Mapping rule, String path, Reach reach, Problems problems) {
        if (rule.sequence("verbs").isEmpty()) {
            problems.required(child(path, "verbs"), "verbs must contain at least one value");
        }
        var urls = rule.sequence("nonResourceURLs");
        boolean resources = List.of("apiGroups", "resources", "resourceNames").stream()
                .anyMatch(field -> !rule.sequence(field).isEmpty());
        if (!urls.isEmpty()) {
            if (reach == Reach.NAMESPACE) {
                problems.invalid(
                        child(path, "nonResourceURLs"), urls, "namespaced rules cannot apply to non-resource URLs");
            }
            if (resources) {
                problems.invalid(
                        child(path, "nonResourceURLs"),
                        urls,
                        "rules cannot apply to both regular resources and non-resource URLs");
            }
            return;
        }
        if (rule.sequence("apiGroups").isEmpty()) {
            problems.required(child(path, "apiGroups"), "resource rules must supply at least one api group");
        }
        if (rule.sequence("resources").isEmpty()) {
            problems.required(child(path, "resources"), "resource rules must supply at least one resource");
        }
    }

    static void binding(Mapping binding, Reach reach, Problems problems) {
        var role = binding.mapping("roleRef");
        problems.oneOf(role, "roleRef", "apiGroup", List.of(GROUP));
        var kinds = reach == Reach.CLUSTER ? List.of("ClusterRole") : List.of("Role", "ClusterRole");
        var kind = role.text("kind").orElse("");
        if (!kinds.contains(kind)) problems.notSupported("roleRef.kind", Value.of(kind), kinds);
        var name = role.text("name").orElse("");
        if (name.isEmpty()) problems.required("roleRef.name", "");
        for (var wrong : Names.pathSegment(name)) problems.invalid("roleRef.name", name, wrong);
        var subjects = binding.sequence("subjects");
        for (int i = 0; i < subjects.size(); i++) {
            if (subjects.get(i) instanceof Mapping subject) subject(subject, item("subjects", i), reach, problems);
        }
    }

    private static void subject(Mapping subject, String path, Reach reach, Problems problems) {
        var name = subject.text("name").orElse("");
        if (name.isEmpty()) problems.required(child(path, "name"), "");
        var group = subject.text("apiGroup").orElse("");
        switch (subject.text("kind").orElse("")) {
            case "ServiceAccount" -> {
                if (!name.isEmpty()) {
                    for (var wrong : Names.subdomain(name)) problems.invalid(child(path, "name"), name, wrong);
                }
                if (!group.isEmpty()) problems.notSupported(child(path, "apiGroup"), Value.of(group), List.of(""));
                if (reach == Reach.CLUSTER
                        && subject.text("namespace").orElse("").isEmpty()) {
                    problems.required(child(path, "namespace"), "");
                }
            }
            case "User" -> person(name, group, path, "user", problems);
            case "Group" -> person(name, group, path, "group", problems);
            default ->
                problems.notSupported(
                        child(path, "kind"), subject.get("kind"), List.of("ServiceAccount", "User", "Group"));
        }
    }

    private static void person(String name, String group, String path, String what, Problems problems) {
        if (name.isEmpty()) problems.invalid(child(path, "name"), name, what + " name cannot be empty");
        if (!group.equals(GROUP)) problems.notSupported(child(path, "apiGroup"), Value.of(group), List.of(GROUP));
    }

    static void bindingChange(Mapping binding, Mapping old, Problems problems) {
        if (!binding.mapping("roleRef").equals(old.mapping("roleRef"))) {
            problems.invalid("roleRef", GoForm.of("rbac.RoleRef", binding.mapping("roleRef")), "cannot change roleRef");
        }
    }
}
