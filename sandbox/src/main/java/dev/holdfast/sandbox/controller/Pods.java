package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.controller.Controllers.Pace;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Stands for scheduler and kubelet: Pods get the one node, become ready a little later, or fail in the way that
/// the tag of their image names (`fail-pull`, `fail-crash`, `fail-ready`). Pods of Jobs end.
final class Pods implements Controller {

    static final String SHELF = "pods";
    static final String NODE = "sandbox-node";
    private static final String KUBELET = "kubelet";

    private final Acts acts;
    private final Pace pace;
    /// When a Pod was first seen to be started or ended, by uid.
    private final Map<String, Instant> since = new HashMap<>();

    Pods(Acts acts, Pace pace) {
        this.acts = acts;
        this.pace = pace;
    }

    /// What becomes of a Pod.
    private enum Fate {
        RUNS,
        ENDS,
        CANNOT_PULL,
        CRASHES,
        NEVER_READY
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        if (!shelf.name().equals(SHELF)) return;
        if (change.type() == Change.Type.DELETED) {
            since.remove("start " + change.item().uid());
            since.remove("stop " + change.item().uid());
        } else {
            look.accept(change.item().key());
        }
    }

    @Override
    public Optional<Instant> look(String key) {
        var pod = acts.find(SHELF, key);
        if (pod == null) return Optional.empty();
        if (Meta.terminating(pod.tree())) return stop(pod);
        var phase = pod.tree().text("status", "phase").orElse("");
        if (pod.tree().text("spec", "nodeName").orElse("").isEmpty()) schedule(pod);
        if (!phase.equals("Pending") && !phase.isEmpty()) return finish(pod);
        return after("start " + pod.uid(), pace.podStart(), () -> start(pod));
    }

    private Optional<Instant> after(String step, Duration delay, Runnable act) {
        var due = since.computeIfAbsent(step, _ -> acts.now()).plus(delay);
        if (acts.now().isBefore(due)) return Optional.of(due);
        act.run();
        return Optional.empty();
    }

    private Optional<Instant> stop(Item pod) {
        if (!Meta.finalizers(pod.tree()).isEmpty()) return Optional.empty();
        var grace = pod.tree().whole("metadata", "deletionGracePeriodSeconds").orElse(0L);
        var delay =
                pace.podStop().compareTo(Duration.ofSeconds(grace)) < 0 ? pace.podStop() : Duration.ofSeconds(grace);
        return after("stop " + pod.uid(), delay, () -> acts.deleteNow(pod));
    }

    private void schedule(Item pod) {
        acts.changeAs("kube-scheduler", pod, object -> object.with(List.of("spec", "nodeName"), Value.of(NODE)));
        acts.changeStatusAs("kube-scheduler", pod, object -> with(object, condition("PodScheduled", "True")));
    }

    private static Fate fate(Mapping pod) {
        for (var container : pod.sequence("spec", "containers").mappings()) {
            var image = container.text("image").orElse("");
            if (image.endsWith(":fail-pull")) return Fate.CANNOT_PULL;
            if (image.endsWith(":fail-crash")) return Fate.CRASHES;
            if (image.endsWith(":fail-ready")) return Fate.NEVER_READY;
        }
        return pod.text("spec", "restartPolicy").orElse("Always").equals("Always") ? Fate.RUNS : Fate.ENDS;
    }

    private void start(Item pod) {
        var time = acts.realm().timestamp();
        var fate = fate(pod.tree());
        acts.changeStatusAs(KUBELET, pod, object -> {
            boolean ready = fate == Fate.RUNS || fate == Fate.ENDS;
            var phase = fate == Fate.CANNOT_PULL ? "Pending" : "Running";
            var changed = with(object, condition("Initialized", "True"));
            changed = with(changed, condition("ContainersReady", ready ? "True" : "False"));
            changed = with(changed, condition("Ready", ready ? "True" : "False"));
            var status = changed.mapping("status")
                    .with("phase", Value.of(phase))
                    .with("startTime", Value.of(time))
                    .with("hostIP", Value.of("10.0.0.1"))
                    .with("podIP", Value.of(address(pod)))
                    .with("podIPs", Value.of(List.of(Mapping.of("ip", Value.of(address(pod))))))
                    .with("containerStatuses", containers(object, fate, time));
            return changed.with("status", status);
        });
    }

    /// Stable for a Pod, and rarely the same for two.
    private static String address(Item pod) {
        int hash = pod.uid().hashCode() & 0xffff;
        return "10.244." + (hash >> 8) + "." + (hash & 0xff);
    }

    private static Value containers(Mapping pod, Fate fate, String time) {
        var statuses = new ArrayList<Value>();
        for (var container : pod.sequence("spec", "containers").mappings()) {
            boolean runs = fate == Fate.RUNS || fate == Fate.ENDS;
            boolean started = fate != Fate.CANNOT_PULL && fate != Fate.CRASHES;
            var image = container.text("image").orElse("");
            statuses.add(Mapping.builder()
                    .put("name", container.text("name").orElse(""))
                    .put("state", state(fate, image, time))
                    .put("lastState", Mapping.EMPTY)
                    .put("ready", runs ? Value.TRUE : Value.FALSE)
                    .put("restartCount", fate == Fate.CRASHES ? 3 : 0)
                    .put("image", image)
                    .put("imageID", "")
                    .put("started", started ? Value.TRUE : Value.FALSE)
                    .build());
        }
        return Value.of(statuses);
    }

    private static Mapping state(Fate fate, String image, String time) {
        return switch (fate) {
            case RUNS, ENDS, NEVER_READY -> Mapping.of("running", Mapping.of("startedAt", Value.of(time)));
            case CANNOT_PULL -> waiting("ImagePullBackOff", "Back-off pulling image \"" + image + "\"");
            case CRASHES -> waiting("CrashLoopBackOff", "the container ends again and again");
        };
    }

    private static Mapping waiting(String reason, String message) {
        return Mapping.of(
                "waiting",
                Mapping.builder().put("reason", reason).put("message", message).build());
    }

    /// Pods that are not restarted end a little after they started.
    private Optional<Instant> finish(Item pod) {
        boolean runs = pod.tree().text("status", "phase").orElse("").equals("Running");
        if (!runs || fate(pod.tree()) != Fate.ENDS) return Optional.empty();
        var due = since.computeIfAbsent("end " + pod.uid(), _ -> acts.now()).plus(pace.podStart());
        if (acts.now().isBefore(due)) return Optional.of(due);
        since.remove("end " + pod.uid());
        acts.changeStatusAs(KUBELET, pod, object -> {
            var ended = with(object, condition("Ready", "False"));
            return ended.with("status", ended.mapping("status").with("phase", Value.of("Succeeded")));
        });
        return Optional.empty();
    }

    private static Mapping condition(String type, String status) {
        return Mapping.builder().put("type", type).put("status", status).build();
    }

    private Mapping with(Mapping pod, Mapping condition) {
        var list = new ArrayList<Value>();
        var type = condition.text("type").orElse("");
        var time = acts.realm().timestamp();
        for (var each : pod.sequence("status", "conditions").mappings()) {
            if (!each.text("type").orElse("").equals(type)) {
                list.add(each);
            } else if (each.text("status").equals(condition.text("status"))) {
                time = each.text("lastTransitionTime").orElse(time);
            }
        }
        list.add(Mapping.builder()
                .put("type", type)
                .put("status", condition.text("status").orElse(""))
                .put("lastProbeTime", Value.none())
                .put("lastTransitionTime", time)
                .build());
        return pod.with("status", pod.mapping("status").with("conditions", Value.of(list)));
    }
}
