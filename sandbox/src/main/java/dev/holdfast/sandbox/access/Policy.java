package dev.holdfast.sandbox.access;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import java.util.ArrayList;
import java.util.List;

/// One rule of a role.
public record Policy(
        List<String> verbs, List<String> groups, List<String> resources, List<String> names, List<String> paths) {

    public static List<Policy> of(Mapping role) {
        var policies = new ArrayList<Policy>();
        for (var rule : role.sequence("rules").mappings()) {
            policies.add(new Policy(
                    texts(rule.sequence("verbs")),
                    texts(rule.sequence("apiGroups")),
                    texts(rule.sequence("resources")),
                    texts(rule.sequence("resourceNames")),
                    texts(rule.sequence("nonResourceURLs"))));
        }
        return policies;
    }

    private static List<String> texts(Sequence list) {
        var texts = new ArrayList<String>();
        for (var value : list) value.asText().ifPresent(texts::add);
        return texts;
    }

    public boolean allows(Attributes wanted) {
        if (!verbs.contains("*") && !verbs.contains(wanted.verb())) return false;
        if (!wanted.aboutResource()) return paths.stream().anyMatch(path -> covers(path, wanted.path()));
        if (!groups.contains("*") && !groups.contains(wanted.group())) return false;
        if (!coversResource(wanted)) return false;
        return names.isEmpty() || names.contains(wanted.name());
    }

    private boolean coversResource(Attributes wanted) {
        if (resources.contains("*") || resources.contains(wanted.fullResource())) return true;
        return !wanted.subresource().isEmpty() && resources.contains("*/" + wanted.subresource());
    }

    private static boolean covers(String pattern, String path) {
        return pattern.endsWith("*")
                ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(path);
    }

    /// Whether everything that `other` allows is allowed by one of `policies`: the test for escalation.
    public static boolean covered(Policy other, List<Policy> policies) {
        for (var verb : other.verbs()) {
            for (var path : other.paths()) {
                if (policies.stream()
                        .noneMatch(mine -> mine.has(mine.verbs, verb)
                                && mine.paths.stream().anyMatch(own -> covers(own, path)))) return false;
            }
            for (var group : other.groups()) {
                for (var resource : other.resources()) {
                    var names = other.names().isEmpty() ? List.of("") : other.names();
                    for (var name : names) {
                        if (policies.stream().noneMatch(mine -> mine.covers(verb, group, resource, name))) return false;
                    }
                }
            }
        }
        return true;
    }

    private boolean covers(String verb, String group, String resource, String name) {
        int slash = resource.indexOf('/');
        boolean resourceCovered =
                has(resources, resource) || slash > 0 && resources.contains("*/" + resource.substring(slash + 1));
        return has(verbs, verb)
                && has(groups, group)
                && resourceCovered
                && (names.isEmpty() || !name.isEmpty() && names.contains(name));
    }

    private boolean has(List<String> list, String wanted) {
        return list.contains("*") || list.contains(wanted);
    }
}
