package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.DefaultTable.set;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;

/// What only pods get, not the templates that they are made from.
final class PodDefaults {

    private static final long TOLERATED_SECONDS = 300;

    private PodDefaults() {}

    static Mapping of(Mapping pod) {
        var spec = set(pod.mapping("spec"), "enableServiceLinks", Value.TRUE);
        boolean hostNetwork = spec.bool("hostNetwork").orElse(false);
        for (var list : List.of("containers", "initContainers")) {
            if (!spec.has(list)) continue;
            var containers = spec.sequence(list)
                    .map(each -> each instanceof Mapping container
                            ? hostNetwork ? onHost(container(container)) : container(container)
                            : each);
            spec = spec.with(list, containers);
        }
        return pod.with("spec", spec);
    }

    private static Mapping container(Mapping container) {
        var filled = container;
        var limits = container.mapping("resources", "limits");
        if (!limits.isEmpty()) {
            var requests = TypeDefaults.merged(container.mapping("resources", "requests"), limits);
            filled = filled.with(List.of("resources", "requests"), requests);
        }
        return filled;
    }

    /// A container on its node's network has its ports there.
    private static Mapping onHost(Mapping container) {
        if (!container.has("ports")) return container;
        return container.with("ports", container.sequence("ports").map(PodDefaults::hostPort));
    }

    private static Value hostPort(Value each) {
        if (!(each instanceof Mapping port) || !(port.get("containerPort") instanceof Value number)) return each;
        return set(port, "hostPort", number);
    }

    /// What the plug-ins of admission add to a new pod: account, priority, tolerations, first status.
    static Mapping admitted(Mapping pod) {
        var spec = pod.mapping("spec");
        spec = set(spec, "serviceAccountName", Value.of("default"));
        spec = spec.with(
                "serviceAccount", Value.of(spec.text("serviceAccountName").orElse("default")));
        if (!spec.has("priorityClassName")) spec = set(spec, "priority", Value.of(0L));
        spec = set(spec, "preemptionPolicy", Value.of("PreemptLowerPriority"));
        spec = spec.with("tolerations", tolerations(spec.sequence("tolerations")));
        var status = Mapping.builder()
                .put("phase", "Pending")
                .put("qosClass", QualityOfService.of(spec))
                .build();
        return pod.with("spec", spec).with("status", status);
    }

    private static Sequence tolerations(Sequence given) {
        var all = new ArrayList<Value>(given.items());
        for (var taint : List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")) {
            boolean tolerated = given.mappings().stream().anyMatch(each -> tolerates(each, taint));
            if (!tolerated) all.add(toleration(taint));
        }
        return Sequence.of(all);
    }

    private static boolean tolerates(Mapping toleration, String taint) {
        var key = toleration.text("key").orElse("");
        var effect = toleration.text("effect").orElse("");
        return (key.isEmpty() || key.equals(taint)) && (effect.isEmpty() || effect.equals("NoExecute"));
    }

    private static Mapping toleration(String taint) {
        return Mapping.builder()
                .put("key", taint)
                .put("operator", "Exists")
                .put("effect", "NoExecute")
                .put("tolerationSeconds", TOLERATED_SECONDS)
                .build();
    }
}
