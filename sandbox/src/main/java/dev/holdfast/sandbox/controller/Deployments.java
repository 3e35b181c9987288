package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.controller.Conditions.Said;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Rolls Deployments out: a ReplicaSet per template, the newest grown and the others shrunk within the bounds of
/// the strategy, and a status that says how far it is.
final class Deployments implements Controller {

    static final String SHELF = "deployments.apps";
    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String HASH = "pod-template-hash";

    private final Acts acts;

    Deployments(Acts acts) {
        this.acts = acts;
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        if (shelf.name().equals(SHELF)) look.accept(change.item().key());
        if (shelf.name().equals(ReplicaSets.SHELF)) {
            Acts.controllerKey(change.item(), "Deployment").ifPresent(look);
        }
    }

    @Override
    public Optional<Instant> look(String key) {
        var item = acts.find(SHELF, key);
        if (item == null || Meta.terminating(item.tree())) return Optional.empty();
        var deployment = item.tree();
        var sets = acts.controlled(ReplicaSets.SHELF, item);
        var template = deployment.mapping("spec", "template");
        var newest = sets.stream()
                .filter(set -> template(set).equals(template))
                .min(Comparator.comparingLong(Item::version));
        boolean paused = deployment.bool("spec", "paused").orElse(false);
        if (newest.isEmpty() && !paused) {
            var made = make(item, sets);
            // its own change brings this back
            status(
                    item,
                    append(sets, made),
                    made,
                    Optional.of(new Said(
                            "Progressing",
                            "True",
                            "NewReplicaSetCreated",
                            "Created new replica set \"" + made.name() + "\"")));
            return Optional.of(acts.now());
        }
        if (newest.isPresent()) {
            number(newest.get(), sets);
            var others = sets.stream().filter(set -> set != newest.get()).toList();
            if (!paused) roll(deployment, newest.get(), others);
            forgetOld(deployment, others);
        }
        var current = newest.orElse(null);
        if (current == null) return Optional.empty();
        return status(item, acts.controlled(ReplicaSets.SHELF, item), refreshed(current), Optional.empty());
    }

    private Item refreshed(Item item) {
        var found = acts.find(ReplicaSets.SHELF, item.key());
        return found == null ? item : found;
    }

    private static List<Item> append(List<Item> sets, Item made) {
        var more = new java.util.ArrayList<>(sets);
        more.add(made);
        return more;
    }

    /// The template that a ReplicaSet was made from.
    private static Mapping template(Item set) {
        var template = set.tree().mapping("spec", "template");
        return template.without(List.of("metadata", "labels", HASH));
    }

    private Item make(Item item, List<Item> sets) {
        var deployment = item.tree();
        var template = deployment.mapping("spec", "template");
        var hash = Replicas.hash(template);
        var label = List.of("metadata", "labels", HASH);
        var labels = template.mapping("metadata", "labels").with(HASH, Value.of(hash));
        var selector = deployment.mapping("spec", "selector");
        var metadata = Mapping.builder()
                .put("name", item.name() + "-" + hash)
                .put("namespace", item.namespace())
                .put("labels", labels)
                .put("annotations", Mapping.of(REVISION, Value.of(Long.toString(revision(sets) + 1))))
                .put("ownerReferences", Acts.ownedBy(deployment))
                .build();
        long first = strategy(deployment).equals("Recreate") && total(sets) > 0
                ? 0
                : Math.max(0, Math.min(Replicas.wanted(deployment), room(deployment, sets)));
        var spec = Mapping.builder()
                .put("replicas", first)
                .put("selector", selector.with(List.of("matchLabels", HASH), Value.of(hash)))
                .put("template", template.with(label, Value.of(hash)));
        deployment.whole("spec", "minReadySeconds").ifPresent(seconds -> spec.put("minReadySeconds", seconds));
        return acts.create(Mapping.builder()
                .put("kind", "ReplicaSet")
                .put("apiVersion", "apps/v1")
                .put("metadata", metadata)
                .put("spec", spec.build())
                .build());
    }

    private static long revision(Item set) {
        try {
            return Long.parseLong(
                    set.tree().text("metadata", "annotations", REVISION).orElse("0"));
        } catch (NumberFormatException edited) {
            return 0;
        }
    }

    private static long revision(List<Item> sets) {
        return sets.stream().mapToLong(Deployments::revision).max().orElse(0);
    }

    /// A template that comes back gets the newest number again.
    private void number(Item newest, List<Item> sets) {
        long highest = sets.stream()
                .filter(set -> set != newest)
                .mapToLong(Deployments::revision)
                .max()
                .orElse(0);
        if (revision(newest) > highest) return;
        acts.change(
                newest,
                set -> set.with(List.of("metadata", "annotations", REVISION), Value.of(Long.toString(highest + 1))));
    }

    private static String strategy(Mapping deployment) {
        return deployment.text("spec", "strategy", "type").orElse("RollingUpdate");
    }

    private static long total(List<Item> sets) {
        return sets.stream().mapToLong(set -> Replicas.wanted(set.tree())).sum();
    }

    /// How many more Pods there may be.
    private static long room(Mapping deployment, List<Item> sets) {
        long wanted = Replicas.wanted(deployment);
        long surge = Replicas.share(
                deployment.mapping("spec", "strategy", "rollingUpdate").find("maxSurge"), wanted, Replicas.Rounding.UP);
        return wanted + surge - total(sets);
    }

    private void roll(Mapping deployment, Item newest, List<Item> others) {
        long wanted = Replicas.wanted(deployment);
        var sets = append(others, newest);
        long now = Replicas.wanted(newest.tree());
        if (strategy(deployment).equals("Recreate")) {
            for (var other : others) scale(other, 0);
            boolean gone = others.stream().allMatch(other -> Replicas.count(other.tree(), "replicas") == 0);
            if (gone) scale(newest, wanted);
            return;
        }
        if (now > wanted) scale(newest, wanted);
        else if (now < wanted) scale(newest, now + Math.max(0, Math.min(wanted - now, room(deployment, sets))));
        long missing = Replicas.share(
                deployment.mapping("spec", "strategy", "rollingUpdate").find("maxUnavailable"),
                wanted,
                Replicas.Rounding.DOWN);
        boolean noSurge = room(deployment, List.of()) == wanted;
        if (missing == 0 && noSurge) missing = 1;
        long available = sets.stream()
                .mapToLong(set -> Replicas.count(set.tree(), "availableReplicas"))
                .sum();
        long spare = available - Math.max(0, wanted - missing);
        for (var other : others) {
            long has = Replicas.wanted(other.tree());
            long broken = Math.max(0, has - Replicas.count(other.tree(), "availableReplicas"));
            long fewer = Math.min(has, broken + Math.max(0, spare));
            spare -= Math.max(0, fewer - broken);
            if (fewer > 0) scale(other, has - fewer);
        }
    }

    private void scale(Item set, long replicas) {
        if (Replicas.wanted(set.tree()) == replicas) return;
        acts.change(set, object -> object.with(List.of("spec", "replicas"), Value.of(replicas)));
    }

    private void forgetOld(Mapping deployment, List<Item> others) {
        long limit = deployment.whole("spec", "revisionHistoryLimit").orElse(10L);
        var idle = others.stream()
                .filter(set -> Replicas.wanted(set.tree()) == 0 && Replicas.count(set.tree(), "replicas") == 0)
                .sorted(Comparator.comparingLong(Deployments::revision))
                .toList();
        for (int i = 0; i < idle.size() - limit; i++) acts.delete(idle.get(i));
    }

    private Optional<Instant> status(Item item, List<Item> sets, Item newest, Optional<Said> news) {
        var deployment = item.tree();
        long wanted = Replicas.wanted(deployment);
        long replicas = sum(sets, "replicas");
        long available = sum(sets, "availableReplicas");
        long updated = Replicas.count(newest.tree(), "replicas");
        boolean complete = updated == wanted && replicas == wanted && available == wanted;
        long missing = Replicas.share(
                deployment.mapping("spec", "strategy", "rollingUpdate").find("maxUnavailable"),
                wanted,
                Replicas.Rounding.DOWN);
        var enough = available >= wanted - missing
                ? new Said("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.")
                : new Said(
                        "Available",
                        "False",
                        "MinimumReplicasUnavailable",
                        "Deployment does not have minimum availability.");
        var time = acts.realm().timestamp();
        var before = deployment.sequence("status", "conditions");
        var conditions = news.isPresent() ? Conditions.with(before, news.get(), time) : before;
        conditions = Conditions.with(conditions, enough, time);
        boolean growing = updated > Replicas.count(deployment, "updatedReplicas")
                || available > Replicas.count(deployment, "availableReplicas");
        if (news.isEmpty()) conditions = progress(deployment, conditions, newest, new Progress(complete, growing));
        var settled = conditions;
        acts.changeStatus(
                item,
                object -> object.with(
                                List.of("metadata", "annotations", REVISION), Value.of(Long.toString(revision(newest))))
                        .with("status", written(object, sets, newest, settled)));
        return deadline(deployment, settled);
    }

    private static Mapping written(Mapping object, List<Item> sets, Item newest, Sequence conditions) {
        long wanted = Replicas.wanted(object);
        long available = sum(sets, "availableReplicas");
        var status = object.mapping("status").with("observedGeneration", Value.of(Meta.generation(object)));
        status = Replicas.counters(status, "replicas", sum(sets, "replicas"));
        status = Replicas.counters(status, "updatedReplicas", Replicas.count(newest.tree(), "replicas"));
        status = Replicas.counters(status, "readyReplicas", sum(sets, "readyReplicas"));
        status = Replicas.counters(status, "availableReplicas", available);
        long surplus = Math.max(wanted, sum(sets, "replicas")) - available;
        status = Replicas.counters(status, "unavailableReplicas", Math.max(0, surplus));
        return status.with("terminatingReplicas", Value.of(0)).with("conditions", conditions);
    }

    private static long sum(List<Item> sets, String field) {
        return sets.stream().mapToLong(set -> Replicas.count(set.tree(), field)).sum();
    }

    private record Progress(boolean complete, boolean growing) {}

    private Sequence progress(Mapping deployment, Sequence conditions, Item newest, Progress progress) {
        var time = acts.realm().timestamp();
        var set = "ReplicaSet \"" + newest.name() + "\"";
        if (progress.complete()) {
            return Conditions.with(
                    conditions,
                    new Said("Progressing", "True", "NewReplicaSetAvailable", set + " has successfully progressed."),
                    time);
        }
        var before = Conditions.find(conditions, "Progressing");
        boolean done =
                before.isPresent() && before.get().text("reason").orElse("").equals("NewReplicaSetAvailable");
        if (done || progress.growing() || before.isEmpty()) {
            return Conditions.with(
                    conditions, new Said("Progressing", "True", "ReplicaSetUpdated", set + " is progressing."), time);
        }
        var deadline = deadline(deployment, conditions);
        if (deadline.isEmpty() || acts.now().isBefore(deadline.get())) return conditions;
        return Conditions.with(
                conditions,
                new Said("Progressing", "False", "ProgressDeadlineExceeded", set + " has timed out progressing."),
                time);
    }

    /// When a rollout that makes no progress counts as failed.
    private static Optional<Instant> deadline(Mapping deployment, Sequence conditions) {
        var condition = Conditions.find(conditions, "Progressing");
        if (condition.isEmpty()
                || !condition.get().text("status").orElse("").equals("True")
                || condition.get().text("reason").orElse("").equals("NewReplicaSetAvailable")) return Optional.empty();
        long seconds = deployment.whole("spec", "progressDeadlineSeconds").orElse(600L);
        if (seconds >= Integer.MAX_VALUE) return Optional.empty();
        try {
            return condition.get().text("lastUpdateTime").map(Instant::parse).map(time -> time.plusSeconds(seconds));
        } catch (DateTimeException edited) {
            return Optional.empty();
        }
    }
}
