package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.controller.Acts.Told;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Keeps as many Pods as a ReplicaSet wants.
final class ReplicaSets implements Controller {

    static final String SHELF = "replicasets.apps";
    private static final String COMPONENT = "replicaset-controller";
    /// Pods that are made or deleted in one look; the changes bring the rest.
    private static final int AT_ONCE = 500;
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(5);

    private final Acts acts;

    ReplicaSets(Acts acts) {
        this.acts = acts;
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        if (shelf.name().equals(SHELF)) look.accept(change.item().key());
        if (shelf.name().equals(Pods.SHELF)) {
            var owner = Acts.controllerKey(change.item(), "ReplicaSet");
            owner.ifPresent(look);
            if (owner.isEmpty() && change.type() != Change.Type.DELETED) orphan(change.item(), look);
        }
    }

    /// A Pod that nobody controls may be what a ReplicaSet looks for.
    private void orphan(Item pod, Consumer<String> look) {
        if (pod.labels().isEmpty() || !Meta.owners(pod.tree()).isEmpty()) return;
        for (var set : acts.in(SHELF, pod.namespace())) look.accept(set.key());
    }

    @Override
    public Optional<Instant> look(String key) {
        var item = acts.find(SHELF, key);
        if (item == null) return Optional.empty();
        var all = acts.claimed(Pods.SHELF, item);
        var pods = all.stream().filter(Replicas::active).toList();
        var failure = Optional.<String>empty();
        if (!Meta.terminating(item.tree()) && pods.size() != Replicas.wanted(item.tree())) {
            failure = adjust(item, pods);
            all = acts.controlled(Pods.SHELF, item);
            pods = all.stream().filter(Replicas::active).toList();
        }
        var tally = Replicas.tally(
                pods, item.tree().whole("spec", "minReadySeconds").orElse(0L), acts.now());
        long ending = all.stream()
                .filter(pod -> Meta.terminating(pod.tree()) && !ended(pod))
                .count();
        status(item, new Counts(pods.size(), ending, tally), failure);
        if (failure.isPresent())
            return Times.earlier(tally.next(), Optional.of(acts.now().plus(AFTER_REFUSAL)));
        return tally.next();
    }

    private static boolean ended(Item pod) {
        var phase = pod.tree().text("status", "phase").orElse("");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /// Why Pods could not be made, where they could not.
    private Optional<String> adjust(Item item, List<Item> pods) {
        long missing = Replicas.wanted(item.tree()) - pods.size();
        for (int i = 0; i < Math.min(missing, AT_ONCE); i++) {
            var template = item.tree().mapping("spec", "template");
            var named = Mapping.of("generateName", Value.of(item.name() + "-"));
            try {
                var pod = acts.create(Replicas.pod(template, item.tree(), named));
                acts.tell(COMPONENT, item, Told.normal("SuccessfulCreate", "Created pod: " + pod.name()));
            } catch (Refusal refused) {
                if (refused.code() == 404) return Optional.empty();
                var why = String.valueOf(refused.getMessage());
                acts.tell(COMPONENT, item, Told.warning("FailedCreate", "Error creating: " + why));
                return Optional.of(why);
            }
        }
        if (missing < 0) {
            for (var pod : Replicas.leastFirst(pods).subList(0, (int) Math.min(-missing, AT_ONCE))) {
                acts.delete(pod);
                acts.tell(COMPONENT, item, Told.normal("SuccessfulDelete", "Deleted pod: " + pod.name()));
            }
        }
        return Optional.empty();
    }

    private record Counts(long pods, long ending, Replicas.Tally tally) {}

    private void status(Item item, Counts counts, Optional<String> failure) {
        var conditions = item.tree().sequence("status", "conditions");
        var settled = failure.isEmpty()
                ? Conditions.without(conditions, "ReplicaFailure")
                : failed(conditions, failure.get());
        acts.changeStatus(item, object -> {
            var status = object.mapping("status")
                    .with("replicas", Value.of(counts.pods()))
                    .with("observedGeneration", Value.of(Meta.generation(object)));
            status = Replicas.counters(status, "fullyLabeledReplicas", counts.pods());
            status = Replicas.counters(status, "readyReplicas", counts.tally().ready());
            status = Replicas.counters(
                    status, "availableReplicas", counts.tally().available());
            status = status.with("terminatingReplicas", Value.of(counts.ending()));
            status = settled.isEmpty() ? status.without("conditions") : status.with("conditions", settled);
            return object.with("status", status);
        });
    }

    private Sequence failed(Sequence conditions, String why) {
        if (Conditions.find(conditions, "ReplicaFailure").isPresent()) return conditions;
        return conditions.plus(Mapping.builder()
                .put("type", "ReplicaFailure")
                .put("status", "True")
                .put("lastTransitionTime", acts.realm().timestamp())
                .put("reason", "FailedCreate")
                .put("message", why)
                .build());
    }
}
