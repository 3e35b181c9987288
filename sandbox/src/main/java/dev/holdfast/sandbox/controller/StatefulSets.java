package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Keeps the numbered Pods of a StatefulSet, one after the other unless it says `Parallel`.
final class StatefulSets implements Controller {

    private static final String SHELF = "statefulsets.apps";
    private static final String REVISION = "controller-revision-hash";

    private final Acts acts;

    StatefulSets(Acts acts) {
        this.acts = acts;
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        if (shelf.name().equals(SHELF)) look.accept(change.item().key());
        if (shelf.name().equals(Pods.SHELF))
            Acts.controllerKey(change.item(), "StatefulSet").ifPresent(look);
    }

    @Override
    public Optional<Instant> look(String key) {
        var item = acts.find(SHELF, key);
        if (item == null || Meta.terminating(item.tree())) return Optional.empty();
        var set = item.tree();
        var revision = item.name() + "-" + Replicas.hash(set.mapping("spec", "template"));
        long wanted = Replicas.wanted(set);
        boolean parallel = set.text("spec", "podManagementPolicy").orElse("").equals("Parallel");
        boolean settled = true;
        for (long i = 0; i < wanted && (settled || parallel); i++) {
            var pod = acts.find(Pods.SHELF, item.namespace() + "/" + item.name() + "-" + i);
            if (pod == null) make(item, i, revision);
            settled &= pod != null && Replicas.ready(pod) && !Meta.terminating(pod.tree());
        }
        if (settled) shrink(item, wanted);
        if (settled) update(item, wanted, revision);
        status(item, revision);
        return Optional.empty();
    }

    private void make(Item item, long number, String revision) {
        var set = item.tree();
        var name = item.name() + "-" + number;
        var labels = set.mapping("spec", "template", "metadata", "labels")
                .with("statefulset.kubernetes.io/pod-name", Value.of(name))
                .with("apps.kubernetes.io/pod-index", Value.of(Long.toString(number)))
                .with(REVISION, Value.of(revision));
        var metadata = Mapping.builder().put("name", name).put("labels", labels).build();
        acts.ensure(Replicas.pod(set.mapping("spec", "template"), set, metadata));
    }

    private List<Item> pods(Item item) {
        return acts.controlled(Pods.SHELF, item);
    }

    /// From the highest number down, one at a time.
    private void shrink(Item item, long wanted) {
        pods(item).stream()
                .filter(pod -> number(pod) >= wanted && Replicas.active(pod))
                .max((left, right) -> Long.compare(number(left), number(right)))
                .ifPresent(acts::delete);
    }

    private void update(Item item, long wanted, String revision) {
        var strategy = item.tree().mapping("spec", "updateStrategy");
        if (strategy.text("type").orElse("").equals("OnDelete")) return;
        long partition = strategy.whole("rollingUpdate", "partition").orElse(0L);
        pods(item).stream()
                .filter(pod -> number(pod) < wanted && number(pod) >= partition && Replicas.active(pod))
                .filter(pod -> !pod.labels().text(REVISION).orElse("").equals(revision))
                .max((left, right) -> Long.compare(number(left), number(right)))
                .ifPresent(acts::delete);
    }

    private static long number(Item pod) {
        try {
            return Long.parseLong(pod.name().substring(pod.name().lastIndexOf('-') + 1));
        } catch (NumberFormatException foreign) {
            return -1;
        }
    }

    private void status(Item item, String revision) {
        var pods = pods(item).stream().filter(Replicas::active).toList();
        long ready = pods.stream().filter(Replicas::ready).count();
        long updated = pods.stream()
                .filter(pod -> pod.labels().text(REVISION).orElse("").equals(revision))
                .count();
        acts.changeStatus(item, object -> {
            boolean done = updated == pods.size();
            var current =
                    done ? revision : object.text("status", "currentRevision").orElse(revision);
            var status = object.mapping("status")
                    .with("observedGeneration", Value.of(Meta.generation(object)))
                    .with("replicas", Value.of(pods.size()))
                    .with("availableReplicas", Value.of(ready))
                    .with("currentRevision", Value.of(current))
                    .with("updateRevision", Value.of(revision))
                    .with("collisionCount", Value.of(0));
            status = Replicas.counters(status, "readyReplicas", ready);
            status = Replicas.counters(status, "currentReplicas", done ? pods.size() : pods.size() - updated);
            status = Replicas.counters(status, "updatedReplicas", updated);
            return object.with("status", status);
        });
    }
}
