package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.request.LabelSelector;
import java.util.List;

/// Whether a node and a Pod go together: labels, affinity, taints. Source: doc concepts/scheduling-eviction.
final class Nodes {

    private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

    private Nodes() {}

    /// Whether the node has the labels that the Pod selects, and what its required affinity asks for.
    static boolean selected(Mapping node, Mapping pod) {
        var labels = node.mapping("metadata", "labels");
        var wanted = LabelSelector.ofLabels(pod.mapping("spec", "nodeSelector").texts());
        if (!wanted.matches(labels)) return false;
        var terms = pod.mapping("spec", "affinity", "nodeAffinity")
                .mapping("requiredDuringSchedulingIgnoredDuringExecution")
                .sequence("nodeSelectorTerms")
                .mappings();
        return terms.isEmpty() || terms.stream().anyMatch(term -> fits(term, node));
    }

    private static boolean fits(Mapping term, Mapping node) {
        var name = Mapping.of(
                "metadata.name", Value.of(node.text("metadata", "name").orElse("")));
        var labels = Mapping.of("matchExpressions", term.sequence("matchExpressions"));
        var fields = Mapping.of("matchExpressions", term.sequence("matchFields"));
        return LabelSelector.of(labels).matches(node.mapping("metadata", "labels"))
                && LabelSelector.of(fields).matches(name);
    }

    static boolean cordoned(Mapping node, Mapping pod) {
        var taint = Mapping.builder()
                .put("key", UNSCHEDULABLE)
                .put("effect", "NoSchedule")
                .build();
        return node.bool("spec", "unschedulable").orElse(false) && !tolerates(pod, taint);
    }

    static boolean tolerated(Mapping node, Mapping pod) {
        return node.sequence("spec", "taints").mappings().stream()
                .filter(taint -> List.of("NoSchedule", "NoExecute")
                        .contains(taint.text("effect").orElse("")))
                .allMatch(taint -> tolerates(pod, taint));
    }

    private static boolean tolerates(Mapping pod, Mapping taint) {
        return pod.sequence("spec", "tolerations").mappings().stream().anyMatch(toleration -> {
            var key = toleration.text("key").orElse("");
            var effect = toleration.text("effect").orElse("");
            if (!key.isEmpty() && !key.equals(taint.text("key").orElse(""))) return false;
            if (!effect.isEmpty() && !effect.equals(taint.text("effect").orElse(""))) return false;
            if (toleration.text("operator").orElse("Equal").equals("Exists")) return true;
            return !key.isEmpty()
                    && toleration
                            .text("value")
                            .orElse("")
                            .equals(taint.text("value").orElse(""));
        });
    }
}
