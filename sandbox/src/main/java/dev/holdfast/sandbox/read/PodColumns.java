package dev.holdfast.sandbox.read;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.read.Columns.Column;
import java.util.List;

/// The columns of Pods: how many containers are ready, and the one word that says most about the Pod.
final class PodColumns {

    private PodColumns() {}

    static List<Column> of(Column age) {
        return List.of(
                Column.text("Ready", PodColumns::ready),
                Column.text("Status", PodColumns::status),
                Column.text("Restarts", pod -> Long.toString(restarts(pod))),
                age,
                Column.wide("IP", pod -> pod.text("status", "podIP").orElse("<none>")),
                Column.wide("Node", pod -> pod.text("spec", "nodeName").orElse("<none>")),
                Column.wide(
                        "Nominated Node",
                        pod -> pod.text("status", "nominatedNodeName").orElse("<none>")),
                Column.wide("Readiness Gates", _ -> "<none>"));
    }

    private static String ready(Mapping pod) {
        long ready = pod.sequence("status", "containerStatuses").mappings().stream()
                .filter(status -> status.bool("ready").orElse(false))
                .count();
        return ready + "/" + pod.sequence("spec", "containers").size();
    }

    private static String status(Mapping pod) {
        if (pod.mapping("metadata").has("deletionTimestamp")) return "Terminating";
        for (var status : pod.sequence("status", "containerStatuses").mappings()) {
            var waiting = status.text("state", "waiting", "reason");
            if (waiting.isPresent()) return waiting.get();
            var ended = status.text("state", "terminated", "reason");
            if (ended.isPresent()) return ended.get();
        }
        return pod.text("status", "reason")
                .or(() -> pod.text("status", "phase"))
                .orElse("Unknown");
    }

    private static long restarts(Mapping pod) {
        return pod.sequence("status", "containerStatuses").mappings().stream()
                .mapToLong(status -> status.whole("restartCount").orElse(0L))
                .sum();
    }
}
