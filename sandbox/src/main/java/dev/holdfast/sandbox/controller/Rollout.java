package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.store.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How large the ReplicaSets of a Deployment are to be: the arithmetic of surge and unavailability, without acting.
/// Source: doc concepts/workloads/controllers/deployment (rolling update, proportional scaling).
final class Rollout {

    private final Mapping deployment;
    private final long wanted;

    Rollout(Mapping deployment) {
        this.deployment = deployment;
        this.wanted = Replicas.wanted(deployment);
    }

    /// A size that a ReplicaSet is to have.
    record Resize(Item set, long replicas) {}

    boolean paused() {
        return deployment.bool("spec", "paused").orElse(false);
    }

    boolean recreates() {
        return deployment
                .text("spec", "strategy", "type")
                .orElse("RollingUpdate")
                .equals("Recreate");
    }

    private long bound(String name, Replicas.Rounding rounding) {
        if (recreates()) return 0;
        return Replicas.share(
                deployment.mapping("spec", "strategy", "rollingUpdate").find(name), wanted, rounding);
    }

    /// How many Pods there may be beyond those that are wanted.
    long surge() {
        return bound("maxSurge", Replicas.Rounding.UP);
    }

    /// How many may be missing. Without surge it is at least one, or nothing could ever move.
    long unavailable() {
        long bound = bound("maxUnavailable", Replicas.Rounding.DOWN);
        if (bound == 0 && surge() == 0 && !recreates()) bound = 1;
        return Math.min(bound, wanted);
    }

    private static long total(List<Item> sets) {
        return sets.stream().mapToLong(set -> Replicas.wanted(set.tree())).sum();
    }

    private static long available(List<Item> sets) {
        return sets.stream()
                .mapToLong(set -> Replicas.count(set.tree(), "availableReplicas"))
                .sum();
    }

    /// The size that a new ReplicaSet begins with.
    long firstSize(List<Item> sets) {
        if (recreates()) return wanted;
        return Math.clamp(wanted + surge() - total(sets), 0, wanted);
    }

    List<Resize> growing(List<Item> sets, Item newest) {
        long has = Replicas.wanted(newest.tree());
        if (has == wanted) return List.of();
        if (has > wanted) return List.of(new Resize(newest, wanted));
        long room = wanted + surge() - total(sets);
        return room <= 0 ? List.of() : List.of(new Resize(newest, has + Math.min(room, wanted - has)));
    }

    /// Pods that are not available go first, then as many as the bounds allow.
    List<Resize> shrinking(List<Item> sets, Item newest) {
        var old = sets.stream()
                .filter(set -> !set.key().equals(newest.key()))
                .sorted(Comparator.comparing(Replicas::created).thenComparing(Item::name))
                .toList();
        if (total(old) == 0) return List.of();
        long least = wanted - unavailable();
        long newUnavailable = Replicas.wanted(newest.tree()) - Replicas.count(newest.tree(), "availableReplicas");
        long most = total(sets) - least - newUnavailable;
        if (most <= 0) return List.of();
        var sizes = new ArrayList<Resize>();
        for (var set : old) {
            long has = Replicas.wanted(set.tree());
            long broken = has - Replicas.count(set.tree(), "availableReplicas");
            long fewer = Math.clamp(broken, 0, Math.min(most, has));
            most -= fewer;
            sizes.add(new Resize(set, has - fewer));
        }
        long spare = Math.max(0, available(sets) - least);
        for (int i = 0; i < sizes.size(); i++) {
            var size = sizes.get(i);
            long fewer = Math.min(spare, size.replicas());
            spare -= fewer;
            sizes.set(i, new Resize(size.set(), size.replicas() - fewer));
        }
        return sizes.stream()
                .filter(size -> size.replicas() != Replicas.wanted(size.set().tree()))
                .toList();
    }

    /// Whether somebody changed the number of replicas since the sets were sized.
    boolean rescaled(List<Item> sets) {
        return sets.stream()
                .filter(set -> Replicas.wanted(set.tree()) > 0)
                .anyMatch(set -> ReplicaSetHistory.number(set, ReplicaSetHistory.DESIRED, wanted) != wanted);
    }

    /// A new number of replicas, given to the sets in proportion to their sizes: also in the middle of a rollout and
    /// while paused.
    List<Resize> proportional(List<Item> sets, @Nullable Item newest) {
        var active =
                sets.stream().filter(set -> Replicas.wanted(set.tree()) > 0).toList();
        var only = active.isEmpty() ? latest(sets, newest) : active.size() == 1 ? active.getFirst() : null;
        if (only != null) {
            return Replicas.wanted(only.tree()) == wanted ? List.of() : List.of(new Resize(only, wanted));
        }
        if (active.isEmpty()) return List.of();
        if (newest != null && saturated(newest)) {
            return active.stream()
                    .filter(set -> !set.key().equals(newest.key()))
                    .map(set -> new Resize(set, 0))
                    .toList();
        }
        return recreates() ? List.of() : shared(active);
    }

    private static @Nullable Item latest(List<Item> sets, @Nullable Item newest) {
        if (newest != null) return newest;
        return sets.stream()
                .max(Comparator.comparing(Replicas::created).thenComparing(Item::name))
                .orElse(null);
    }

    private boolean saturated(Item newest) {
        return Replicas.wanted(newest.tree()) == wanted
                && ReplicaSetHistory.number(newest, ReplicaSetHistory.DESIRED, -1) == wanted
                && Replicas.count(newest.tree(), "availableReplicas") == wanted;
    }

    private List<Resize> shared(List<Item> active) {
        long allowed = wanted > 0 ? wanted + surge() : 0;
        long more = allowed - total(active);
        var bySize = Comparator.comparingLong((Item set) -> Replicas.wanted(set.tree()))
                .reversed();
        Comparator<Item> byAge = Comparator.comparing(Replicas::created);
        if (more > 0) byAge = byAge.reversed();
        var order = active.stream().sorted(bySize.thenComparing(byAge)).toList();
        var sizes = new ArrayList<Resize>();
        long given = 0;
        for (var set : order) {
            long has = Replicas.wanted(set.tree());
            long part = more == 0 ? 0 : part(set, has, allowed, more - given);
            given += part;
            sizes.add(new Resize(set, Math.max(0, has + part)));
        }
        if (!sizes.isEmpty() && given != more) {
            var first = sizes.getFirst();
            sizes.set(0, new Resize(first.set(), Math.max(0, first.replicas() + more - given)));
        }
        return sizes;
    }

    /// The set's part of what is added, or taken away where it is below nothing.
    private static long part(Item set, long has, long allowed, long left) {
        long before = ReplicaSetHistory.number(set, ReplicaSetHistory.MOST, allowed);
        long size = before == 0 ? has : Math.round((double) has * allowed / before);
        long part = size - has;
        return left > 0 ? Math.clamp(part, 0, left) : Math.clamp(part, left, 0);
    }
}
