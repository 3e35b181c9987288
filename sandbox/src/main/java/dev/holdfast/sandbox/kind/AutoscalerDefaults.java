package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.DefaultTable.set;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;

/// What a HorizontalPodAutoscaler scales on, and how fast, when it doesn't say.
final class AutoscalerDefaults {

    private AutoscalerDefaults() {}

    static Mapping of(Mapping autoscaler) {
        var spec = autoscaler.mapping("spec");
        if (spec.sequence("metrics").isEmpty()) spec = spec.with("metrics", Sequence.of(cpu()));
        if (spec.get("behavior") instanceof Mapping behavior) {
            behavior = behavior.with("scaleUp", scaleUp(behavior.mapping("scaleUp")));
            behavior = behavior.with("scaleDown", scaleDown(behavior.mapping("scaleDown")));
            spec = spec.with("behavior", behavior);
        }
        return autoscaler.with("spec", spec);
    }

    private static Mapping cpu() {
        var target = Mapping.builder()
                .put("type", "Utilization")
                .put("averageUtilization", 80)
                .build();
        var resource =
                Mapping.builder().put("name", "cpu").put("target", target).build();
        return Mapping.builder()
                .put("type", "Resource")
                .put("resource", resource)
                .build();
    }

    private static Mapping scaleUp(Mapping rules) {
        var filled = set(rules, "stabilizationWindowSeconds", Value.of(0L));
        filled = set(filled, "selectPolicy", Value.of("Max"));
        return set(filled, "policies", Sequence.of(policy("Pods", 4), policy("Percent", 100)));
    }

    /// The window for scaling down is left open: the controller's own setting holds.
    private static Mapping scaleDown(Mapping rules) {
        var filled = set(rules, "selectPolicy", Value.of("Max"));
        return set(filled, "policies", Sequence.of(policy("Percent", 100)));
    }

    private static Mapping policy(String type, long amount) {
        return Mapping.builder()
                .put("type", type)
                .put("value", amount)
                .put("periodSeconds", 15)
                .build();
    }
}
