package dev.holdfast.engine.health;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Health;
import dev.holdfast.model.Mapping;
import java.util.Optional;

/// The rules of the kinds that run pods: their counts must have caught up with what was asked for.
final class Workloads {

    /// What Kubernetes takes for "no deadline": then there is no Progressing condition.
    private static final long NO_DEADLINE = Integer.MAX_VALUE;

    private Workloads() {}

    static Optional<Health> health(Gvk gvk, Mapping object) {
        if (!gvk.group().equals("apps")) return Optional.empty();
        return switch (gvk.kind()) {
            case "Deployment" -> Optional.of(deployment(object));
            case "StatefulSet" -> Optional.of(statefulSet(object));
            case "DaemonSet" -> Optional.of(daemonSet(object));
            case "ReplicaSet" -> Optional.of(replicaSet(object));
            default -> Optional.empty();
        };
    }

    private static Health deployment(Mapping object) {
        var progressing = HealthOf.condition(object, "Progressing");
        if (progressing
                .filter(seen -> seen.reasonText().equals("ProgressDeadlineExceeded"))
                .isPresent()) {
            return HealthOf.failed("ProgressDeadlineExceeded", progressing.get().message());
        }
        long wanted = wanted(object);
        long all = count(object, "replicas");
        long updated = count(object, "updatedReplicas");
        if (all < wanted) return fewer("LessReplicas", "replicas exist", all, wanted);
        if (updated < wanted) return fewer("LessUpdated", "replicas are updated", updated, wanted);
        if (all > wanted) return HealthOf.progress("ExtraPods", (all - wanted) + " old replicas are still there");
        long available = count(object, "availableReplicas");
        if (available < updated) return fewer("LessAvailable", "replicas are available", available, updated);
        long ready = count(object, "readyReplicas");
        if (ready < wanted) return fewer("LessReady", "replicas are ready", ready, wanted);
        return deploymentConditions(object, progressing);
    }

    private static Health deploymentConditions(Mapping object, Optional<HealthOf.Seen> progressing) {
        boolean paused = object.bool("spec", "paused").orElse(false);
        boolean unlimited = object.whole("spec", "progressDeadlineSeconds")
                .filter(seconds -> seconds == NO_DEADLINE)
                .isPresent();
        boolean done = progressing
                .filter(seen -> seen.holds() && seen.reasonText().equals("NewReplicaSetAvailable"))
                .isPresent();
        if (!paused && !unlimited && !done) {
            return HealthOf.progress("ReplicaSetNotAvailable", "its new ReplicaSet is not available yet");
        }
        return HealthOf.condition(object, "Available")
                        .filter(HealthOf.Seen::holds)
                        .isPresent()
                ? Health.CURRENT
                : HealthOf.progress("DeploymentNotAvailable", "it has not the minimum of available replicas");
    }

    private static Health statefulSet(Mapping object) {
        var strategy = object.text("spec", "updateStrategy", "type").orElse("");
        if (strategy.equals("OnDelete")) return Health.CURRENT;
        if (object.whole("status", "observedGeneration").isEmpty()) return unobserved();
        long wanted = wanted(object);
        long all = count(object, "replicas");
        if (all < wanted) return fewer("LessReplicas", "replicas exist", all, wanted);
        long ready = count(object, "readyReplicas");
        if (ready < wanted) return fewer("LessReady", "replicas are ready", ready, wanted);
        if (all > wanted) return HealthOf.progress("ExtraPods", (all - wanted) + " replicas too many are still there");
        long updated = count(object, "updatedReplicas");
        var partition = object.whole("spec", "updateStrategy", "rollingUpdate", "partition")
                .orElse(0L);
        if (partition > 0) {
            long needed = Math.max(0, wanted - partition);
            return updated < needed
                    ? fewer("PartitionRollout", "replicas of the partition are updated", updated, needed)
                    : Health.CURRENT;
        }
        long current = count(object, "currentReplicas");
        if (current < wanted) return fewer("LessCurrent", "replicas are of the current revision", current, wanted);
        boolean same = object.text("status", "currentRevision").equals(object.text("status", "updateRevision"));
        return same
                ? Health.CURRENT
                : HealthOf.progress("RolloutInProgress", "%d of %d replicas are updated".formatted(updated, wanted));
    }

    private static Health daemonSet(Mapping object) {
        if (object.whole("status", "observedGeneration").isEmpty()) return unobserved();
        if (object.whole("status", "desiredNumberScheduled").isEmpty()) {
            return HealthOf.progress("NoDesiredNumber", "its controller has not counted the nodes yet");
        }
        long wanted = count(object, "desiredNumberScheduled");
        long current = count(object, "currentNumberScheduled");
        if (current < wanted) return fewer("LessCurrent", "pods are scheduled", current, wanted);
        long updated = count(object, "updatedNumberScheduled");
        boolean onDelete = object.text("spec", "updateStrategy", "type")
                .filter("OnDelete"::equals)
                .isPresent();
        if (!onDelete && updated < wanted) return fewer("LessUpdated", "pods are updated", updated, wanted);
        long available = count(object, "numberAvailable");
        if (available < wanted) return fewer("LessAvailable", "pods are available", available, wanted);
        long ready = count(object, "numberReady");
        return ready < wanted ? fewer("LessReady", "pods are ready", ready, wanted) : Health.CURRENT;
    }

    private static Health replicaSet(Mapping object) {
        var failure = HealthOf.condition(object, "ReplicaFailure").filter(HealthOf.Seen::holds);
        if (failure.isPresent()) {
            return HealthOf.progress(
                    failure.get().reason("ReplicaFailure"), failure.get().message());
        }
        long wanted = wanted(object);
        long all = count(object, "replicas");
        if (count(object, "fullyLabeledReplicas") < wanted) {
            return fewer("LessLabelled", "replicas have all labels", count(object, "fullyLabeledReplicas"), wanted);
        }
        long available = count(object, "availableReplicas");
        if (available < wanted) return fewer("LessAvailable", "replicas are available", available, wanted);
        long ready = count(object, "readyReplicas");
        if (ready < wanted) return fewer("LessReady", "replicas are ready", ready, wanted);
        return all > wanted
                ? HealthOf.progress("ExtraPods", (all - wanted) + " replicas too many are still there")
                : Health.CURRENT;
    }

    private static Health unobserved() {
        return HealthOf.progress("NoObservedGeneration", "its controller has not seen it yet");
    }

    private static Health fewer(String reason, String what, long have, long wanted) {
        return HealthOf.progress(reason, "%d of %d %s".formatted(have, wanted, what));
    }

    /// Absent means one, as the API server defaults it.
    private static long wanted(Mapping object) {
        return object.whole("spec", "replicas").orElse(1L);
    }

    private static long count(Mapping object, String field) {
        return object.whole("status", field).orElse(0L);
    }
}
