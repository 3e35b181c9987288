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

/// Keeps as many Pods as a ReplicaSet wants.
final class ReplicaSets implements Controller {

    static final String SHELF = "replicasets.apps";
    /// Pods that are made or deleted in one look; the changes bring the rest.
    private static final int AT_ONCE = 500;

    private final Acts acts;

    ReplicaSets(Acts acts) {
        this.acts = acts;
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        if (shelf.name().equals(SHELF)) look.accept(change.item().key());
        if (shelf.name().equals(Pods.SHELF))
            Acts.controllerKey(change.item(), "ReplicaSet").ifPresent(look);
    }

    @Override
    public Optional<Instant> look(String key) {
        var item = acts.find(SHELF, key);
        if (item == null) return Optional.empty();
        var pods = acts.controlled(Pods.SHELF, item).stream()
                .filter(Replicas::active)
                .toList();
        if (!Meta.terminating(item.tree())) pods = adjusted(item, pods);
        status(item, pods);
        return Optional.empty();
    }

    private List<Item> adjusted(Item item, List<Item> pods) {
        long missing = Replicas.wanted(item.tree()) - pods.size();
        if (missing == 0) return pods;
        if (missing > 0) {
            for (int i = 0; i < Math.min(missing, AT_ONCE); i++) {
                var template = item.tree().mapping("spec", "template");
                var named = Mapping.of("generateName", Value.of(item.name() + "-"));
                acts.create(Replicas.pod(template, item.tree(), named));
            }
        } else {
            Replicas.leastFirst(pods).stream()
                    .limit(Math.min(-missing, AT_ONCE))
                    .forEach(acts::delete);
        }
        return acts.controlled(Pods.SHELF, item).stream()
                .filter(Replicas::active)
                .toList();
    }

    private void status(Item item, List<Item> pods) {
        long ready = pods.stream().filter(Replicas::ready).count();
        acts.changeStatus(item, object -> {
            var status = object.mapping("status")
                    .with("replicas", Value.of(pods.size()))
                    .with("observedGeneration", Value.of(Meta.generation(object)));
            status = Replicas.counters(status, "fullyLabeledReplicas", pods.size());
            status = Replicas.counters(status, "readyReplicas", ready);
            status = Replicas.counters(status, "availableReplicas", ready);
            return object.with("status", status.with("terminatingReplicas", Value.of(0)));
        });
    }
}
