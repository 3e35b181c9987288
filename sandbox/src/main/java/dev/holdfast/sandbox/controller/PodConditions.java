package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.controller.Conditions.Said;
import java.util.ArrayList;
import java.util.List;

/// The conditions of Pods: in a fixed order, with a time of probing that nobody fills.
final class PodConditions {

    private static final List<String> ORDER =
            List.of("PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled");

    private PodConditions() {}

    static Mapping with(Mapping pod, String type, String status, String time) {
        return with(pod, new Said(type, status, "", ""), time);
    }

    /// The Pod with a condition set; its time of transition stays while its status stays.
    static Mapping with(Mapping pod, Said said, String time) {
        var list = new ArrayList<Mapping>();
        var since = time;
        for (var each : pod.sequence("status", "conditions").mappings()) {
            if (!type(each).equals(said.type())) list.add(each);
            else if (each.text("status").orElse("").equals(said.status())) {
                since = each.text("lastTransitionTime").orElse(time);
            }
        }
        var condition = Mapping.builder()
                .put("type", said.type())
                .put("status", said.status())
                .put("lastProbeTime", Value.none())
                .put("lastTransitionTime", since);
        if (!said.reason().isEmpty()) condition.put("reason", said.reason());
        if (!said.message().isEmpty()) condition.put("message", said.message());
        list.add(condition.build());
        list.sort((left, right) -> Integer.compare(place(left), place(right)));
        return pod.with("status", pod.mapping("status").with("conditions", Value.of(list)));
    }

    private static String type(Mapping condition) {
        return condition.text("type").orElse("");
    }

    private static int place(Mapping condition) {
        int at = ORDER.indexOf(type(condition));
        return at < 0 ? ORDER.size() : at;
    }
}
