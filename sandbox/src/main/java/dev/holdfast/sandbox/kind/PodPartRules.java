package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import java.util.List;

/// What holds for pods that are given another container for a look, or other resources, while they run.
final class PodPartRules {

    private static final List<String> SIZES = List.of("cpu", "memory");

    private PodPartRules() {}

    /// Such containers come, and stay as they are.
    static void ephemeral(Mapping pod, Mapping old, Problems problems) {
        var path = "spec.ephemeralContainers";
        var now = pod.sequence("spec", "ephemeralContainers").mappings();
        for (var container : old.sequence("spec", "ephemeralContainers").mappings()) {
            var name = container.text("name").orElse("");
            var same = now.stream()
                    .filter(each -> each.text("name").orElse("").equals(name))
                    .findFirst();
            var shown = "existing ephemeral containers " + Problems.quoted(name);
            if (same.isEmpty()) problems.forbidden(path, shown + " may not be removed\n");
            else if (!same.get().equals(container)) problems.forbidden(path, shown + " may not be changed\n");
        }
    }

    static void resized(Mapping spec, Mapping old, Problems problems) {
        if (!QualityOfService.of(spec).equals(QualityOfService.of(old))) {
            problems.invalid("spec", QualityOfService.of(old), "Pod QOS Class may not change as a result of resizing");
        }
        var containers = spec.sequence("containers").mappings();
        var before = old.sequence("containers").mappings();
        for (int i = 0; i < Math.min(containers.size(), before.size()); i++) {
            var path = child(item("spec.containers", i), "resources");
            resources(containers.get(i), before.get(i), path, problems);
        }
        for (int i = 0; i < Math.min(containers.size(), before.size()); i++) {
            if (others(containers.get(i)).equals(others(before.get(i)))) continue;
            problems.forbidden("spec", "only cpu and memory resources are mutable");
        }
    }

    private static void resources(Mapping container, Mapping before, String path, Problems problems) {
        for (var kind : List.of("requests", "limits")) {
            var left = container.mapping("resources", kind);
            boolean removed = before.mapping("resources", kind).keys().stream().anyMatch(name -> !left.has(name));
            if (!removed) continue;
            var what = kind.equals("requests") ? "resource requests" : "resource limits";
            problems.forbidden(child(path, kind), what + " cannot be removed");
        }
    }

    private static Mapping others(Mapping container) {
        var rest = container.without("resizePolicy");
        for (var kind : List.of("requests", "limits")) {
            for (var size : SIZES) rest = rest.without(List.of("resources", kind, size));
            if (rest.mapping("resources", kind).isEmpty()) rest = rest.without(List.of("resources", kind));
        }
        return rest;
    }
}
