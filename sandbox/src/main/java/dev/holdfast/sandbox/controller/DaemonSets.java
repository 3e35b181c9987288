package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.controller.Acts.Told;
import dev.holdfast.sandbox.controller.Replicas.Rounding;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Keeps one Pod of a DaemonSet on every node that takes it, and replaces those of an old template within the
/// bounds of the strategy.
final class DaemonSets implements Controller {

    private static final String SHELF = "daemonsets.apps";
    private static final String COMPONENT = "daemonset-controller";
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(5);

    private final Acts acts;
    private final Revisions revisions;

    DaemonSets(Acts acts) {
        this.acts = acts;
        this.revisions = new Revisions(acts);
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        if (shelf.name().equals(SHELF)) look.accept(change.item().key());
        if (shelf.name().equals(Pods.SHELF))
            Acts.controllerKey(change.item(), "DaemonSet").ifPresent(look);
        if (shelf.name().equals("nodes")) {
            for (var set : acts.shelf(SHELF).items().after("")) look.accept(set.key());
        }
    }

    /// The Pods per node that is to have one, and those on nodes that are to have none.
    private record Sight(Item item, String hash, Map<String, List<Item>> nodes, List<Item> misplaced) {
        long minReady() {
            return item.tree().whole("spec", "minReadySeconds").orElse(0L);
        }
    }

    @Override
    public Optional<Instant> look(String key) {
        var item = acts.find(SHELF, key);
        if (item == null || Meta.terminating(item.tree())) return Optional.empty();
        var revision = revisions.current(item);
        var hash = Revisions.hash(revision);
        boolean refused = adjust(sight(item, hash));
        var rolling =
                !item.tree().text("spec", "updateStrategy", "type").orElse("").equals("OnDelete");
        if (rolling) roll(sight(item, hash));
        var next = status(sight(item, hash));
        revisions.forget(item, List.of(hash));
        return refused ? Times.earlier(next, Optional.of(acts.now().plus(AFTER_REFUSAL))) : next;
    }

    private Sight sight(Item item, String hash) {
        var probe = Mapping.of("spec", tolerant(item.tree().mapping("spec", "template", "spec")));
        var nodes = new TreeMap<String, List<Item>>();
        for (var node : acts.shelf("nodes").items().after("")) {
            boolean takes = Nodes.selected(node.tree(), probe)
                    && Nodes.tolerated(node.tree(), probe)
                    && !Nodes.cordoned(node.tree(), probe);
            if (takes) nodes.put(node.name(), new ArrayList<>());
        }
        var misplaced = new ArrayList<Item>();
        for (var pod : acts.claimed(Pods.SHELF, item)) {
            var home = nodes.get(target(pod));
            if (home == null) misplaced.add(pod);
            else home.add(pod);
        }
        return new Sight(item, hash, nodes, misplaced);
    }

    /// Its node, or the one that it is bound for.
    private static String target(Item pod) {
        return pod.tree()
                .text("spec", "nodeName")
                .or(() -> pod
                        .tree()
                        .mapping("spec", "affinity", "nodeAffinity")
                        .mapping("requiredDuringSchedulingIgnoredDuringExecution")
                        .sequence("nodeSelectorTerms")
                        .mappings()
                        .stream()
                        .flatMap(term -> term.sequence("matchFields").mappings().stream())
                        .flatMap(field -> field.sequence("values").items().stream())
                        .flatMap(name -> name.asText().stream())
                        .findFirst())
                .orElse("");
    }

    /// Pods of DaemonSets stay on nodes that are cordoned or not ready.
    private static Mapping tolerant(Mapping spec) {
        var tolerations = new ArrayList<Value>(spec.sequence("tolerations").items());
        for (var key : List.of("not-ready", "unreachable")) tolerations.add(toleration(key, "NoExecute"));
        for (var key : List.of("disk-pressure", "memory-pressure", "pid-pressure", "unschedulable")) {
            tolerations.add(toleration(key, "NoSchedule"));
        }
        return spec.with("tolerations", Value.of(tolerations));
    }

    private static Mapping toleration(String key, String effect) {
        return Mapping.builder()
                .put("effect", effect)
                .put("key", "node.kubernetes.io/" + key)
                .put("operator", "Exists")
                .build();
    }

    /// Whether the server refused a Pod.
    private boolean adjust(Sight sight) {
        for (var pod : sight.misplaced()) delete(sight, pod);
        for (var node : sight.nodes().entrySet()) {
            var pods = node.getValue();
            for (var pod : pods) {
                var phase = pod.tree().text("status", "phase").orElse("");
                if (phase.equals("Failed") || phase.equals("Succeeded")) delete(sight, pod);
            }
            if (pods.isEmpty() && !make(sight, node.getKey())) return true;
        }
        return false;
    }

    private boolean make(Sight sight, String node) {
        var template = sight.item().tree().mapping("spec", "template");
        var generation = sight.item()
                .tree()
                .text("metadata", "annotations", "deprecated.daemonset.template.generation")
                .orElse("1");
        var labels = template.mapping("metadata", "labels")
                .with(Revisions.HASH, Value.of(sight.hash()))
                .with("pod-template-generation", Value.of(generation));
        var metadata = Mapping.builder()
                .put("generateName", sight.item().name() + "-")
                .put("labels", labels)
                .build();
        var pod = Replicas.pod(template, sight.item().tree(), metadata);
        try {
            var made = acts.create(pod.with("spec", bound(tolerant(pod.mapping("spec")), node)));
            tell(sight, Told.normal("SuccessfulCreate", "Created pod: " + made.name()));
            return true;
        } catch (Refusal refused) {
            tell(sight, Told.warning("FailedCreate", "Error creating: " + refused.getMessage()));
            return false;
        }
    }

    private static Mapping bound(Mapping spec, String node) {
        var field = Mapping.builder()
                .put("key", "metadata.name")
                .put("operator", "In")
                .put("values", Value.texts(List.of(node)))
                .build();
        var term = Mapping.of("matchFields", Value.of(List.of(field)));
        return spec.with(
                List.of(
                        "affinity",
                        "nodeAffinity",
                        "requiredDuringSchedulingIgnoredDuringExecution",
                        "nodeSelectorTerms"),
                Value.of(List.of(term)));
    }

    /// Without surge old Pods go while enough others are available; with it a new one comes beside the old first.
    private void roll(Sight sight) {
        var bounds = sight.item().tree().mapping("spec", "updateStrategy", "rollingUpdate");
        long nodes = sight.nodes().size();
        long surge = Replicas.share(bounds.find("maxSurge"), nodes, Rounding.UP);
        long most = surge > 0 ? 0 : Math.max(1, Replicas.share(bounds.find("maxUnavailable"), nodes, Rounding.UP));
        long missing = sight.nodes().values().stream()
                .filter(pods -> pods.stream().noneMatch(pod -> available(sight, pod)))
                .count();
        long surging =
                sight.nodes().values().stream().filter(pods -> pods.size() > 1).count();
        for (var node : sight.nodes().entrySet()) {
            var old = node.getValue().stream()
                    .filter(pod -> !updated(sight, pod) && !Meta.terminating(pod.tree()))
                    .findFirst();
            if (old.isEmpty()) continue;
            var next =
                    node.getValue().stream().filter(pod -> updated(sight, pod)).findFirst();
            if (!available(sight, old.get())) {
                delete(sight, old.get());
            } else if (surge > 0 && next.isPresent()) {
                if (available(sight, next.get())) delete(sight, old.get());
            } else if (surge > 0 && surging < surge) {
                if (make(sight, node.getKey())) surging++;
            } else if (surge == 0 && missing < most) {
                delete(sight, old.get());
                missing++;
            }
        }
    }

    private boolean available(Sight sight, Item pod) {
        return !Meta.terminating(pod.tree())
                && Replicas.availableFrom(pod, sight.minReady())
                        .filter(from -> sight.minReady() == 0 || !from.isAfter(acts.now()))
                        .isPresent();
    }

    private static boolean updated(Sight sight, Item pod) {
        return pod.labels().text(Revisions.HASH).orElse("").equals(sight.hash());
    }

    private void delete(Sight sight, Item pod) {
        if (Meta.terminating(pod.tree())) return;
        acts.delete(pod);
        tell(sight, Told.normal("SuccessfulDelete", "Deleted pod: " + pod.name()));
    }

    private void tell(Sight sight, Told told) {
        acts.tell(COMPONENT, sight.item(), told);
    }

    private Optional<Instant> status(Sight sight) {
        long wanted = sight.nodes().size();
        var first = new ArrayList<Item>();
        for (var pods : sight.nodes().values()) {
            pods.stream()
                    .filter(Replicas::active)
                    .max((left, right) -> Boolean.compare(Replicas.ready(left), Replicas.ready(right)))
                    .ifPresent(first::add);
        }
        var tally = Replicas.tally(first, sight.minReady(), acts.now());
        long updated = first.stream().filter(pod -> updated(sight, pod)).count();
        acts.changeStatus(sight.item(), object -> {
            var status = object.mapping("status")
                    .with("currentNumberScheduled", Value.of(first.size()))
                    .with("numberMisscheduled", Value.of(sight.misplaced().size()))
                    .with("desiredNumberScheduled", Value.of(wanted))
                    .with("numberReady", Value.of(tally.ready()))
                    .with("observedGeneration", Value.of(Meta.generation(object)));
            status = Replicas.counters(status, "updatedNumberScheduled", updated);
            status = Replicas.counters(status, "numberAvailable", tally.available());
            return object.with("status", Replicas.counters(status, "numberUnavailable", wanted - tally.available()));
        });
        return tally.next();
    }
}
