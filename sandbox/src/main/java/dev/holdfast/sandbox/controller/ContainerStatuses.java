package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Digest;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;

/// What a Pod's status says of its containers. All containers of a Pod share one state.
final class ContainerStatuses {

    private ContainerStatuses() {}

    /// Where the containers of a Pod are.
    enum Stage {
        ABSENT,
        CREATING,
        PULL_FAILED,
        PULL_WAITS,
        RUNNING,
        CRASHED,
        ENDED
    }

    static Stage stage(Mapping pod) {
        var statuses = pod.sequence("status", "containerStatuses").mappings();
        if (statuses.isEmpty()) return Stage.ABSENT;
        var state = statuses.getFirst().mapping("state");
        if (state.has("running")) return Stage.RUNNING;
        if (state.has("terminated")) return Stage.ENDED;
        return switch (state.text("waiting", "reason").orElse("")) {
            case "ErrImagePull" -> Stage.PULL_FAILED;
            case "ImagePullBackOff" -> Stage.PULL_WAITS;
            case "CrashLoopBackOff" -> Stage.CRASHED;
            default -> Stage.CREATING;
        };
    }

    static boolean ready(Mapping pod) {
        return pod.sequence("status", "containerStatuses").mappings().stream()
                .allMatch(status -> status.bool("ready").orElse(false));
    }

    static long restarts(Mapping pod) {
        return pod.sequence("status", "containerStatuses").mappings().stream()
                .mapToLong(status -> status.whole("restartCount").orElse(0L))
                .max()
                .orElse(0);
    }

    /// How all containers are from now on.
    record Now(Mapping state, Mapping last, boolean ready, boolean started, long restarts) {}

    static Value of(Mapping pod, Now now) {
        return of(pod, "containers", now);
    }

    /// Init containers ended well before the others began.
    static Value initial(Mapping pod, String time) {
        var ended = Mapping.of("terminated", ended(0, "Completed", time, time));
        return of(pod, "initContainers", new Now(ended, Mapping.EMPTY, true, false, 0));
    }

    private static Sequence of(Mapping pod, String list, Now now) {
        var statuses = new ArrayList<Value>();
        for (var container : pod.sequence("spec", list).mappings()) {
            var name = container.text("name").orElse("");
            var image = container.text("image").orElse("");
            boolean pulled = now.started() || now.restarts() > 0 || now.state().has("terminated");
            var status = Mapping.builder();
            if (pulled) status.put("containerID", "containerd://" + id(pod, name, now.restarts()));
            status.put("image", image)
                    .put(
                            "imageID",
                            pulled
                                    ? image + "@sha256:"
                                            + Digest.of(Value.of(image)).hex()
                                    : "")
                    .put("lastState", now.last())
                    .put("name", name)
                    .put("ready", now.ready() ? Value.TRUE : Value.FALSE)
                    .put("restartCount", now.restarts())
                    .put("started", now.started() ? Value.TRUE : Value.FALSE)
                    .put("state", now.state());
            statuses.add(status.build());
        }
        return Sequence.of(statuses);
    }

    private static String id(Mapping pod, String container, long restarts) {
        var uid = pod.text("metadata", "uid").orElse("");
        return Digest.of(Value.texts(List.of(uid, container, Long.toString(restarts))))
                .hex();
    }

    static Mapping waiting(String reason, String message) {
        var waiting = Mapping.builder();
        if (!message.isEmpty()) waiting.put("message", message);
        return Mapping.of("waiting", waiting.put("reason", reason).build());
    }

    static Mapping running(String time) {
        return Mapping.of("running", Mapping.of("startedAt", Value.of(time)));
    }

    static Mapping ended(int code, String reason, String from, String to) {
        return Mapping.builder()
                .put("exitCode", code)
                .put("finishedAt", to)
                .put("reason", reason)
                .put("startedAt", from)
                .build();
    }

    /// When the containers began to run, or to be what they are.
    static String since(Mapping pod, String otherwise) {
        return pod.sequence("status", "containerStatuses").mappings().stream()
                .flatMap(status -> status.text("state", "running", "startedAt").stream())
                .findFirst()
                .orElse(otherwise);
    }
}
