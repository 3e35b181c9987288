package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.controller.Conditions.Said;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Item;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a Deployment's status says of its ReplicaSets, in the words of the real controller.
final class DeploymentStatus {

    private static final String AVAILABLE = "NewReplicaSetAvailable";
    private static final String LATE = "ProgressDeadlineExceeded";
    private static final String PAUSED = "DeploymentPaused";

    private final Acts acts;

    DeploymentStatus(Acts acts) {
        this.acts = acts;
    }

    /// The ReplicaSets, and the one of the present template where there is one.
    record Seen(List<Item> sets, Optional<Item> newest) {
        private long sum(String field) {
            return sets.stream()
                    .mapToLong(set -> Replicas.count(set.tree(), field))
                    .sum();
        }

        private long updated() {
            return newest.map(set -> Replicas.count(set.tree(), "replicas")).orElse(0L);
        }
    }

    /// Whether the written status says that the rollout is done.
    static boolean complete(Mapping deployment) {
        long wanted = Replicas.wanted(deployment);
        return Replicas.count(deployment, "updatedReplicas") == wanted
                && Replicas.count(deployment, "replicas") == wanted
                && Replicas.count(deployment, "availableReplicas") == wanted
                && Replicas.count(deployment, "observedGeneration") >= Meta.generation(deployment);
    }

    /// The news that a rollout was paused or goes on, where the status has not said so yet. While paused no time
    /// runs against the deadline.
    Optional<Said> pausing(Item item) {
        if (deadlineSeconds(item.tree()).isEmpty()) return Optional.empty();
        boolean paused = new Rollout(item.tree()).paused();
        var reason = progress(item.tree().sequence("status", "conditions"))
                .flatMap(condition -> condition.text("reason"))
                .orElse("");
        if (reason.equals(LATE)) return Optional.empty();
        if (paused && !reason.equals(PAUSED)) {
            return Optional.of(new Said("Progressing", "Unknown", PAUSED, "Deployment is paused"));
        }
        if (!paused && reason.equals(PAUSED)) {
            return Optional.of(new Said("Progressing", "Unknown", "DeploymentResumed", "Deployment is resumed"));
        }
        return Optional.empty();
    }

    private static Optional<Mapping> progress(Sequence conditions) {
        return Conditions.find(conditions, "Progressing");
    }

    private static Optional<Long> deadlineSeconds(Mapping deployment) {
        return deployment.whole("spec", "progressDeadlineSeconds").filter(seconds -> seconds < Integer.MAX_VALUE);
    }

    /// In the middle of a rollout, or at its end. Answers when the deadline passes.
    Optional<Instant> progress(Item item, Seen seen, List<Said> news) {
        if (!news.isEmpty()) return write(item, seen, news);
        return write(item, seen, progressed(item, seen, item.tree().sequence("status", "conditions")));
    }

    /// Says nothing of progress but these news: while paused, and while it is scaled.
    Optional<Instant> write(Item item, Seen seen, List<Said> news) {
        var conditions = item.tree().sequence("status", "conditions");
        for (var said : news)
            conditions = Conditions.with(conditions, said, acts.realm().timestamp());
        return write(item, seen, conditions);
    }

    private Optional<Instant> write(Item item, Seen seen, Sequence before) {
        var deployment = item.tree();
        var time = acts.realm().timestamp();
        var conditions = Conditions.with(before, availability(deployment, seen), time);
        var failure = seen.sets().stream()
                .flatMap(set -> Conditions.find(set.tree().sequence("status", "conditions"), "ReplicaFailure").stream())
                .findFirst();
        conditions = failure.isPresent()
                ? Conditions.with(conditions, Conditions.said(failure.get()), time)
                : Conditions.without(conditions, "ReplicaFailure");
        var settled = conditions;
        acts.changeStatus(item, object -> revised(object, seen).with("status", written(object, seen, settled)));
        return deadline(deployment, settled);
    }

    private static Mapping revised(Mapping object, Seen seen) {
        var revision = seen.newest()
                .map(ReplicaSetHistory::revision)
                .filter(number -> number > 0)
                .map(number -> Long.toString(number));
        if (revision.isEmpty()) return object;
        return object.with(List.of("metadata", "annotations", ReplicaSetHistory.REVISION), Value.of(revision.get()));
    }

    private static Said availability(Mapping deployment, Seen seen) {
        long least = Replicas.wanted(deployment) - new Rollout(deployment).unavailable();
        return seen.sum("availableReplicas") >= least
                ? new Said("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.")
                : new Said(
                        "Available",
                        "False",
                        "MinimumReplicasUnavailable",
                        "Deployment does not have minimum availability.");
    }

    private static Mapping written(Mapping object, Seen seen, Sequence conditions) {
        long available = seen.sum("availableReplicas");
        long sized = seen.sets().stream()
                .mapToLong(set -> Replicas.wanted(set.tree()))
                .sum();
        var status = object.mapping("status").with("observedGeneration", Value.of(Meta.generation(object)));
        status = Replicas.counters(status, "replicas", seen.sum("replicas"));
        status = Replicas.counters(status, "updatedReplicas", seen.updated());
        status = Replicas.counters(status, "readyReplicas", seen.sum("readyReplicas"));
        status = Replicas.counters(status, "availableReplicas", available);
        status = Replicas.counters(status, "unavailableReplicas", Math.max(0, sized - available));
        return status.with("terminatingReplicas", Value.of(seen.sum("terminatingReplicas")))
                .with("conditions", conditions);
    }

    private Sequence progressed(Item item, Seen seen, Sequence conditions) {
        var deployment = item.tree();
        if (deadlineSeconds(deployment).isEmpty()) return Conditions.without(conditions, "Progressing");
        var time = acts.realm().timestamp();
        var subject = seen.newest()
                .map(set -> "ReplicaSet \"" + set.name() + "\"")
                .orElse("Deployment \"" + item.name() + "\"");
        long wanted = Replicas.wanted(deployment);
        long replicas = seen.sum("replicas");
        var reason = progress(conditions).flatMap(found -> found.text("reason")).orElse("");
        // a rollout that is done stays done while it is scaled and while Pods come and go
        if (replicas == seen.updated() && reason.equals(AVAILABLE)) return conditions;
        boolean complete = seen.updated() == wanted && replicas == wanted && seen.sum("availableReplicas") == wanted;
        if (complete) {
            return Conditions.with(
                    conditions,
                    new Said("Progressing", "True", AVAILABLE, subject + " has successfully progressed."),
                    time);
        }
        if (moved(deployment, seen)) {
            var said = new Said("Progressing", "True", "ReplicaSetUpdated", subject + " is progressing.");
            return Conditions.renewed(conditions, said, time);
        }
        var deadline = deadline(deployment, conditions);
        if (deadline.isEmpty() || acts.now().isBefore(deadline.get())) return conditions;
        return Conditions.with(
                conditions, new Said("Progressing", "False", LATE, subject + " has timed out progressing."), time);
    }

    private static boolean moved(Mapping deployment, Seen seen) {
        long oldOnes = Replicas.count(deployment, "replicas") - Replicas.count(deployment, "updatedReplicas");
        return seen.updated() > Replicas.count(deployment, "updatedReplicas")
                || seen.sum("replicas") - seen.updated() < oldOnes
                || seen.sum("readyReplicas") > Replicas.count(deployment, "readyReplicas")
                || seen.sum("availableReplicas") > Replicas.count(deployment, "availableReplicas");
    }

    /// When a rollout that makes no progress counts as failed.
    private static Optional<Instant> deadline(Mapping deployment, Sequence conditions) {
        var condition = progress(conditions);
        var seconds = deadlineSeconds(deployment);
        if (condition.isEmpty() || seconds.isEmpty()) return Optional.empty();
        var reason = condition.get().text("reason").orElse("");
        if (reason.equals(AVAILABLE) || reason.equals(LATE) || reason.equals(PAUSED)) return Optional.empty();
        return Times.of(condition.get(), "lastUpdateTime").map(time -> time.plusSeconds(seconds.get()));
    }
}
