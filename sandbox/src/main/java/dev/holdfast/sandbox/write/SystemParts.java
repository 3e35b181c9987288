package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.List;

/// Parts of objects of the system itself that are written through a place of their own: a namespace's finalizers
/// through `finalize`, a signing request's approval through `approval` (the strategies in the API server's
/// `registry/core/namespace` and `registry/certificates`). Everything else that is sent there is ignored, and they
/// are ignored everywhere else.
final class SystemParts {

    private static final String NAMESPACES = "namespaces";
    private static final String REQUESTS = "certificatesigningrequests.certificates.k8s.io";
    private static final List<String> VERDICTS = List.of("Approved", "Denied");

    private SystemParts() {}

    static boolean concerns(Target target) {
        return target.subresource().equals("finalize") || target.subresource().equals("approval");
    }

    /// Through the part's own place.
    static Mapping confined(Target target, Mapping sent, Mapping live) {
        var kept = live;
        for (var field : List.of("managedFields", "resourceVersion")) {
            var value = sent.at("metadata", field);
            var path = List.of("metadata", field);
            kept = value == null ? kept.without(path) : kept.with(path, value);
        }
        var part = target.subresource().equals("finalize")
                ? List.of("spec", "finalizers")
                : List.of("status", "conditions");
        var value = sent.at(part.toArray(String[]::new));
        return value == null ? kept.without(part) : kept.with(part, value);
    }

    /// Through every other place.
    static Mapping kept(Target target, Mapping sent, Mapping live) {
        return switch (target.type().qualified()) {
            case NAMESPACES -> sent.with("spec", live.mapping("spec"));
            case REQUESTS -> requested(target, sent, live);
            default -> sent;
        };
    }

    private static Mapping requested(Target target, Mapping sent, Mapping live) {
        if (!target.status()) return sent.with("spec", live.mapping("spec"));
        var conditions = sent.sequence("status", "conditions").mappings().stream()
                .filter(each -> !verdict(each))
                .toList();
        var verdicts = live.sequence("status", "conditions").mappings().stream()
                .filter(SystemParts::verdict)
                .toList();
        if (verdicts.isEmpty()
                && conditions.size() == sent.sequence("status", "conditions").size()) return sent;
        var all = new java.util.ArrayList<Mapping>(verdicts);
        all.addAll(conditions);
        return sent.with(List.of("status", "conditions"), Value.of(all));
    }

    private static boolean verdict(Mapping condition) {
        return VERDICTS.contains(condition.text("type").orElse(""));
    }
}
