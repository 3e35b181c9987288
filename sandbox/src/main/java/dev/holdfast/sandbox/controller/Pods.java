package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.controller.Acts.Told;
import dev.holdfast.sandbox.controller.Conditions.Said;
import dev.holdfast.sandbox.controller.ContainerStatuses.Now;
import dev.holdfast.sandbox.controller.ContainerStatuses.Stage;
import dev.holdfast.sandbox.controller.Controllers.Pace;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Stands for the kubelets: Pods that have a node are created, become ready, fail or end as their {@link Fate} says.
/// Everything is read off the Pod's status, so that a Pod whose image is mended goes on from where it is.
final class Pods implements Controller {

    static final String SHELF = "pods";
    private static final String KUBELET = "kubelet";
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(10);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);

    private final Acts acts;
    private final Pace pace;
    /// When a Pod was first seen in a step, by uid and step.
    private final Map<String, Instant> since = new HashMap<>();
    private final Map<String, String> step = new HashMap<>();

    Pods(Acts acts, Pace pace) {
        this.acts = acts;
        this.pace = pace;
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        if (!shelf.name().equals(SHELF)) return;
        if (change.type() == Change.Type.DELETED) {
            since.remove(change.item().uid());
            step.remove(change.item().uid());
        } else {
            look.accept(change.item().key());
        }
    }

    @Override
    public Optional<Instant> look(String key) {
        var pod = acts.find(SHELF, key);
        if (pod == null) return Optional.empty();
        if (Meta.terminating(pod.tree())) return stop(pod);
        if (pod.tree().text("spec", "nodeName").orElse("").isEmpty()) return Optional.empty();
        var phase = pod.tree().text("status", "phase").orElse("");
        if (phase.equals("Succeeded") || phase.equals("Failed")) return Optional.empty();
        var fate = Fate.of(pod.tree());
        var stage = ContainerStatuses.stage(pod.tree());
        return switch (stage) {
            case ABSENT -> {
                create(pod);
                yield Optional.empty();
            }
            case CREATING -> after(pod, stage, fate.start(pod.tree(), pace.podStart()), () -> begin(pod, fate));
            case PULL_FAILED -> after(pod, stage, pace.podStart(), () -> pullAgain(pod, fate));
            case PULL_WAITS ->
                fate == Fate.CANNOT_PULL
                        ? Optional.empty()
                        : after(pod, stage, pace.podStart(), () -> begin(pod, fate));
            case RUNNING -> running(pod, fate);
            case CRASHED -> after(pod, stage, backoff(pod), () -> restart(pod));
            case ENDED -> Optional.empty();
        };
    }

    /// Acts when a Pod has been in a step for so long.
    private Optional<Instant> after(Item pod, Stage stage, Duration delay, Runnable act) {
        return after(pod, stage + " " + ContainerStatuses.restarts(pod.tree()), delay, act);
    }

    private Optional<Instant> after(Item pod, String now, Duration delay, Runnable act) {
        if (!now.equals(step.put(pod.uid(), now))) since.put(pod.uid(), acts.now());
        var due = since.computeIfAbsent(pod.uid(), _ -> acts.now()).plus(delay);
        if (acts.now().isBefore(due)) return Optional.of(due);
        act.run();
        return Optional.empty();
    }

    private Optional<Instant> stop(Item pod) {
        if (!Meta.finalizers(pod.tree()).isEmpty()) return Optional.empty();
        var grace = Duration.ofSeconds(
                pod.tree().whole("metadata", "deletionGracePeriodSeconds").orElse(0L));
        boolean ran = ContainerStatuses.stage(pod.tree()) == Stage.RUNNING;
        if (ran && !"stop".equals(step.get(pod.uid()))) {
            for (var container : pod.tree().sequence("spec", "containers").mappings()) {
                tell(pod, Told.normal("Killing", "Stopping container " + name(container)));
            }
        }
        var delay = pace.podStop().compareTo(grace) < 0 ? pace.podStop() : grace;
        return after(pod, "stop", delay, () -> acts.deleteNow(pod));
    }

    private static Duration backoff(Item pod) {
        long restarts = Math.min(10, ContainerStatuses.restarts(pod.tree()));
        var delay = FIRST_BACKOFF.multipliedBy(1L << restarts);
        return delay.compareTo(LONGEST_BACKOFF) < 0 ? delay : LONGEST_BACKOFF;
    }

    private void create(Item pod) {
        var time = acts.realm().timestamp();
        var creating = new Now(ContainerStatuses.waiting("ContainerCreating", ""), Mapping.EMPTY, false, false, 0);
        acts.changeStatusAs(KUBELET, pod, object -> {
            var status = object.mapping("status")
                    .with("phase", Value.of("Pending"))
                    .with("startTime", Value.of(time))
                    .with("hostIP", Value.of("10.0.0.1"))
                    .with("hostIPs", Value.of(List.of(Mapping.of("ip", Value.of("10.0.0.1")))));
            var changed = conditions(object.with("status", status), "False", time);
            return changed.with(
                    "status",
                    changed.mapping("status").with("containerStatuses", ContainerStatuses.of(object, creating)));
        });
    }

    /// Readiness in both its conditions; everything before it is done.
    private static Mapping conditions(Mapping pod, String ready, String time) {
        var names = pod.sequence("spec", "containers").mappings().stream()
                .map(Pods::name)
                .toList();
        var why = ready.equals("True") ? "" : "ContainersNotReady";
        var words = ready.equals("True") ? "" : "containers with unready status: [" + String.join(" ", names) + "]";
        var changed = PodConditions.with(pod, "PodReadyToStartContainers", "True", time);
        changed = PodConditions.with(changed, "Initialized", "True", time);
        changed = PodConditions.with(changed, new Said("Ready", ready, why, words), time);
        return PodConditions.with(changed, new Said("ContainersReady", ready, why, words), time);
    }

    private static String name(Mapping container) {
        return container.text("name").orElse("");
    }

    private void begin(Item pod, Fate fate) {
        if (fate == Fate.CANNOT_PULL) {
            pull(pod, "ErrImagePull", "failed to pull and unpack image: not found");
            return;
        }
        for (var container : pod.tree().sequence("spec", "containers").mappings()) {
            var image = container.text("image").orElse("");
            tell(pod, Told.normal("Pulled", "Container image \"" + image + "\" already present on machine"));
            tell(pod, Told.normal("Created", "Container created"));
            tell(pod, Told.normal("Started", "Container started"));
        }
        run(pod, fate, 0);
        if (fate == Fate.NEVER_READY) {
            tell(pod, Told.warning("Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503"));
        }
    }

    private void run(Item pod, Fate fate, long restarts) {
        var time = acts.realm().timestamp();
        acts.changeStatusAs(KUBELET, pod, object -> {
            var last = object.sequence("status", "containerStatuses").mappings().stream()
                    .map(status -> status.mapping("lastState"))
                    .findFirst()
                    .orElse(Mapping.EMPTY);
            var now = new Now(ContainerStatuses.running(time), last, fate.ready(), true, restarts);
            var changed = conditions(object, fate.ready() ? "True" : "False", time);
            var status = changed.mapping("status")
                    .with("phase", Value.of("Running"))
                    .with("podIP", Value.of(address(pod)))
                    .with("podIPs", Value.of(List.of(Mapping.of("ip", Value.of(address(pod))))))
                    .with("containerStatuses", ContainerStatuses.of(object, now));
            if (!object.sequence("spec", "initContainers").isEmpty()) {
                status = status.with("initContainerStatuses", ContainerStatuses.initial(object, time));
            }
            return changed.with("status", status);
        });
    }

    /// Stable for a Pod, and rarely the same for two.
    private static String address(Item pod) {
        int hash = pod.uid().hashCode() & 0xffff;
        return "10.244." + (hash >> 8) + "." + (hash & 0xff);
    }

    private void pull(Item pod, String reason, String message) {
        tell(pod, Told.normal("Pulling", "Pulling image \"" + image(pod) + "\""));
        tell(pod, Told.warning("Failed", "Failed to pull image \"" + image(pod) + "\": not found"));
        tell(pod, Told.warning("Failed", "Error: " + reason));
        wait(pod, reason, message);
    }

    private void pullAgain(Item pod, Fate fate) {
        if (fate != Fate.CANNOT_PULL) {
            begin(pod, fate);
            return;
        }
        var words = "Back-off pulling image \"" + image(pod) + "\"";
        tell(pod, Told.normal("BackOff", words));
        tell(pod, Told.warning("Failed", "Error: ImagePullBackOff"));
        wait(pod, "ImagePullBackOff", words + ": ErrImagePull: failed to pull and unpack image: not found");
    }

    private void wait(Item pod, String reason, String message) {
        var waiting = new Now(ContainerStatuses.waiting(reason, message), Mapping.EMPTY, false, false, 0);
        acts.changeStatusAs(
                KUBELET,
                pod,
                object -> object.with(List.of("status", "containerStatuses"), ContainerStatuses.of(object, waiting)));
    }

    private static String image(Item pod) {
        return pod.tree().sequence("spec", "containers").mappings().stream()
                .flatMap(container -> container.text("image").stream())
                .findFirst()
                .orElse("");
    }

    private Optional<Instant> running(Item pod, Fate fate) {
        var stage = Stage.RUNNING;
        return switch (fate) {
            case CRASHES -> after(pod, stage, pace.podStart(), () -> crash(pod));
            case ENDS -> after(pod, stage, pace.podStart(), () -> end(pod, "Succeeded", 0, "Completed"));
            case RUNS, STARTS_SLOWLY -> {
                if (ContainerStatuses.ready(pod.tree())) yield Optional.empty();
                yield after(
                        pod, "mended", pace.podStart(), () -> run(pod, fate, ContainerStatuses.restarts(pod.tree())));
            }
            case CANNOT_PULL, NEVER_READY, UNSCHEDULABLE -> Optional.empty();
        };
    }

    private void crash(Item pod) {
        if (pod.tree().text("spec", "restartPolicy").orElse("Always").equals("Never")) {
            end(pod, "Failed", 1, "Error");
            return;
        }
        var time = acts.realm().timestamp();
        var container = pod.tree().sequence("spec", "containers").mappings().stream()
                .map(Pods::name)
                .findFirst()
                .orElse("");
        var words = "back-off " + backoff(pod).toSeconds() + "s restarting failed container=" + container + " pod="
                + pod.name() + "_" + pod.namespace() + "(" + pod.uid() + ")";
        acts.changeStatusAs(KUBELET, pod, object -> {
            var ended = ContainerStatuses.ended(1, "Error", ContainerStatuses.since(object, time), time);
            var now = new Now(
                    ContainerStatuses.waiting("CrashLoopBackOff", words),
                    Mapping.of("terminated", ended),
                    false,
                    false,
                    ContainerStatuses.restarts(object));
            var changed = conditions(object, "False", time);
            return changed.with(List.of("status", "containerStatuses"), ContainerStatuses.of(object, now));
        });
        tell(
                pod,
                Told.warning(
                        "BackOff",
                        "Back-off restarting failed container " + container + " in pod " + pod.name() + "_"
                                + pod.namespace() + "(" + pod.uid() + ")"));
    }

    private void restart(Item pod) {
        run(pod, Fate.of(pod.tree()), ContainerStatuses.restarts(pod.tree()) + 1);
    }

    private void end(Item pod, String phase, int code, String reason) {
        var time = acts.realm().timestamp();
        var why = phase.equals("Succeeded") ? "PodCompleted" : "PodFailed";
        acts.changeStatusAs(KUBELET, pod, object -> {
            var ended = ContainerStatuses.ended(code, reason, ContainerStatuses.since(object, time), time);
            var now = new Now(
                    Mapping.of("terminated", ended), Mapping.EMPTY, false, false, ContainerStatuses.restarts(object));
            var changed = PodConditions.with(object, new Said("Ready", "False", why, ""), time);
            changed = PodConditions.with(changed, new Said("ContainersReady", "False", why, ""), time);
            return changed.with(
                    "status",
                    changed.mapping("status")
                            .with("phase", Value.of(phase))
                            .with("containerStatuses", ContainerStatuses.of(object, now)));
        });
    }

    private void tell(Item pod, Told told) {
        acts.tell(KUBELET, pod, told);
    }
}
