package dev.holdfast.sandbox.controller;

import dev.holdfast.sandbox.controller.Acts.Told;
import dev.holdfast.sandbox.controller.Conditions.Said;
import dev.holdfast.sandbox.controller.Rollout.Resize;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Rolls Deployments out: a ReplicaSet per template, sizes as {@link Rollout} says, and a status that says how far
/// it is. One kind of change per look, as the real controller does: what it changed brings it back.
final class Deployments implements Controller {

    static final String SHELF = "deployments.apps";
    private static final String COMPONENT = "deployment-controller";

    private final Acts acts;
    private final ReplicaSetHistory history;
    private final DeploymentStatus statuses;

    Deployments(Acts acts) {
        this.acts = acts;
        this.history = new ReplicaSetHistory(acts);
        this.statuses = new DeploymentStatus(acts);
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
        if (item == null) return Optional.empty();
        var sets = acts.claimed(ReplicaSets.SHELF, item);
        var newest = newest(item, sets);
        if (Meta.terminating(item.tree())) return statuses.write(item, seen(sets, newest), List.of());
        var pausing = statuses.pausing(item);
        if (pausing.isPresent()) return statuses.write(item, seen(sets, newest), List.of(pausing.get()));
        var rollout = new Rollout(item.tree());
        if (rollout.paused() || rollout.rescaled(sets)) {
            if (newest != null) history.number(item, newest, sets);
            resize(item, rollout.proportional(sets, newest));
            return statuses.write(item, seen(refreshed(sets), newest), List.of());
        }
        return rollout.recreates() ? recreate(item, rollout, sets, newest) : roll(item, rollout, sets, newest);
    }

    private record Made(Item set, Optional<Said> news) {}

    private Optional<Instant> roll(Item item, Rollout rollout, List<Item> sets, @Nullable Item newest) {
        var made = made(item, rollout, sets, newest);
        var all = with(sets, made.set());
        var news = made.news().stream().toList();
        if (resize(item, rollout.growing(all, made.set()))) return settle(item, all, made.set(), news);
        if (resize(item, rollout.shrinking(all, made.set()))) return settle(item, all, made.set(), news);
        if (DeploymentStatus.complete(item.tree())) history.forget(item, others(all, made.set()));
        return settle(item, all, made.set(), news);
    }

    private Optional<Instant> recreate(Item item, Rollout rollout, List<Item> sets, @Nullable Item newest) {
        var old = newest == null ? sets : others(sets, newest);
        var ending = old.stream()
                .filter(set -> Replicas.wanted(set.tree()) > 0)
                .map(set -> new Resize(set, 0))
                .toList();
        if (resize(item, ending) || old.stream().anyMatch(this::hasPods)) return settle(item, sets, newest, List.of());
        var made = made(item, rollout, sets, newest);
        var all = with(sets, made.set());
        resize(item, List.of(new Resize(made.set(), Replicas.wanted(item.tree()))));
        if (DeploymentStatus.complete(item.tree())) history.forget(item, others(all, made.set()));
        return settle(item, all, made.set(), made.news().stream().toList());
    }

    /// Also those that are on their way out.
    private boolean hasPods(Item set) {
        return acts.controlled(Pods.SHELF, set).stream().anyMatch(pod -> {
            var phase = pod.tree().text("status", "phase").orElse("");
            return !phase.equals("Succeeded") && !phase.equals("Failed");
        });
    }

    private Made made(Item item, Rollout rollout, List<Item> sets, @Nullable Item newest) {
        if (newest != null) {
            history.number(item, newest, sets);
            boolean known = Conditions.find(item.tree().sequence("status", "conditions"), "Progressing")
                    .isPresent();
            var found = new Said(
                    "Progressing", "True", "FoundNewReplicaSet", "Found new replica set \"" + newest.name() + "\"");
            return new Made(newest, known ? Optional.empty() : Optional.of(found));
        }
        long first = rollout.firstSize(sets);
        var set = history.make(item, sets, first);
        if (first > 0) scaled(item, "up", set, 0, first);
        return new Made(
                set,
                Optional.of(new Said(
                        "Progressing",
                        "True",
                        "NewReplicaSetCreated",
                        "Created new replica set \"" + set.name() + "\"")));
    }

    /// Whether anything was resized.
    private boolean resize(Item item, List<Resize> sizes) {
        boolean any = false;
        for (var size : sizes) {
            long had = Replicas.wanted(size.set().tree());
            if (history.sized(item, size) && had != size.replicas()) {
                scaled(item, size.replicas() > had ? "up" : "down", size.set(), had, size.replicas());
                any = true;
            }
        }
        return any;
    }

    private void scaled(Item item, String way, Item set, long from, long to) {
        acts.tell(
                COMPONENT,
                item,
                Told.normal(
                        "ScalingReplicaSet",
                        "Scaled " + way + " replica set " + set.name() + " from " + from + " to " + to));
    }

    /// The status of what is there now.
    private Optional<Instant> settle(Item item, List<Item> sets, @Nullable Item newest, List<Said> news) {
        return statuses.progress(item, seen(refreshed(sets), newest), news);
    }

    private List<Item> refreshed(List<Item> sets) {
        var refreshed = new ArrayList<Item>();
        for (var set : sets) {
            var found = acts.find(ReplicaSets.SHELF, set.key());
            if (found != null) refreshed.add(found);
        }
        return refreshed;
    }

    private static DeploymentStatus.Seen seen(List<Item> sets, @Nullable Item newest) {
        var found = newest == null
                ? Optional.<Item>empty()
                : sets.stream().filter(set -> set.key().equals(newest.key())).findFirst();
        return new DeploymentStatus.Seen(sets, found);
    }

    private static @Nullable Item newest(Item item, List<Item> sets) {
        var template = item.tree().mapping("spec", "template");
        return sets.stream()
                .filter(set -> ReplicaSetHistory.template(set).equals(template))
                .min(Comparator.comparing(Replicas::created).thenComparing(Item::name))
                .orElse(null);
    }

    private static List<Item> others(List<Item> sets, Item newest) {
        return sets.stream().filter(set -> !set.key().equals(newest.key())).toList();
    }

    private static List<Item> with(List<Item> sets, Item made) {
        if (sets.stream().anyMatch(set -> set.key().equals(made.key()))) return sets;
        var more = new ArrayList<>(sets);
        more.add(made);
        return more;
    }
}
