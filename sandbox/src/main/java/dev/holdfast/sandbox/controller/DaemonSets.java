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

/// Keeps one Pod of a DaemonSet on every node.
final class DaemonSets implements Controller {

    private static final String SHELF = "daemonsets.apps";
    private static final String HASH = "controller-revision-hash";

    private final Acts acts;

    DaemonSets(Acts acts) {
        this.acts = acts;
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        if (shelf.name().equals(SHELF)) look.accept(change.item().key());
        if (shelf.name().equals(Pods.SHELF))
            Acts.controllerKey(change.item(), "DaemonSet").ifPresent(look);
    }

    @Override
    public Optional<Instant> look(String key) {
        var item = acts.find(SHELF, key);
        if (item == null || Meta.terminating(item.tree())) return Optional.empty();
        var hash = Replicas.hash(item.tree().mapping("spec", "template"));
        var pods = acts.controlled(Pods.SHELF, item).stream()
                .filter(Replicas::active)
                .toList();
        long nodes = acts.shelf("nodes").items().size();
        if (pods.size() < nodes) {
            var template = item.tree().mapping("spec", "template");
            var labels = template.mapping("metadata", "labels").with(HASH, Value.of(hash));
            var metadata = Mapping.builder()
                    .put("generateName", item.name() + "-")
                    .put("labels", labels)
                    .build();
            acts.create(Replicas.pod(template, item.tree(), metadata));
        }
        boolean rolling =
                !item.tree().text("spec", "updateStrategy", "type").orElse("").equals("OnDelete");
        if (rolling)
            pods.stream().filter(pod -> !updated(pod, hash)).findFirst().ifPresent(acts::delete);
        status(item, nodes, hash);
        return Optional.empty();
    }

    private static boolean updated(Item pod, String hash) {
        return pod.labels().text(HASH).orElse("").equals(hash);
    }

    private void status(Item item, long nodes, String hash) {
        List<Item> pods = acts.controlled(Pods.SHELF, item).stream()
                .filter(Replicas::active)
                .toList();
        long ready = pods.stream().filter(Replicas::ready).count();
        long updated = pods.stream().filter(pod -> updated(pod, hash)).count();
        acts.changeStatus(item, object -> {
            var status = object.mapping("status")
                    .with("currentNumberScheduled", Value.of(pods.size()))
                    .with("numberMisscheduled", Value.of(0))
                    .with("desiredNumberScheduled", Value.of(nodes))
                    .with("numberReady", Value.of(ready))
                    .with("observedGeneration", Value.of(Meta.generation(object)));
            status = Replicas.counters(status, "updatedNumberScheduled", updated);
            status = Replicas.counters(status, "numberAvailable", ready);
            return object.with("status", Replicas.counters(status, "numberUnavailable", nodes - ready));
        });
    }
}
