package dev.holdfast.engine.decide;

import dev.holdfast.engine.desired.DesiredSet;
import dev.holdfast.engine.guard.PlanDigest;
import dev.holdfast.engine.guard.PruneGuard;
import dev.holdfast.engine.guard.PruneGuard.Render;
import dev.holdfast.model.Inventory.Entry;
import dev.holdfast.model.PlacementKey;
import dev.holdfast.model.Plan;
import dev.holdfast.model.Plan.Confirmation;
import dev.holdfast.model.Plan.Held;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Revision;
import dev.holdfast.model.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/// Steps put in order: applies rank by rank, then what leaves in reverse, then what is only forgotten.
final class Planning {

    private Planning() {}

    static Plan nothing(PlacementKey placement, List<Revision> revisions, List<Held> held) {
        return new Plan(
                placement,
                revisions,
                List.of(),
                sorted(held),
                Optional.empty(),
                PlanDigest.of(placement, revisions, List.of()));
    }

    static List<List<Step>> ranks(List<Step> applies, List<Step> leaving, ToIntFunction<Ref> rank) {
        var ranks = new ArrayList<List<Step>>();
        ranks.addAll(byRank(applies, rank).values());
        ranks.addAll(byRank(leaving, rank).descendingMap().values());
        return ranks;
    }

    private static TreeMap<Integer, List<Step>> byRank(List<Step> steps, ToIntFunction<Ref> rank) {
        var sorted = new ArrayList<>(steps);
        sorted.sort(Comparator.comparing(Step::ref));
        var byRank = new TreeMap<Integer, List<Step>>();
        for (var step : sorted) {
            byRank.computeIfAbsent(rank.applyAsInt(step.ref()), _ -> new ArrayList<>())
                    .add(step);
        }
        return byRank;
    }

    static List<Held> sorted(List<Held> held) {
        var sorted = new ArrayList<>(held);
        sorted.sort(Comparator.comparing(Held::ref));
        return sorted;
    }

    static Confirmation confirmation(PruneGuard guard, World world) {
        var refs = guard.waiting().stream().map(Entry::ref).sorted().toList();
        var lost = new ArrayList<String>();
        for (var ref : refs) lost.addAll(world.inside().getOrDefault(ref, List.of()));
        return new Confirmation(guard.why(), refs, lost);
    }

    static Render render(DesiredSet set) {
        return set.empty() ? Render.EMPTY : Render.FILLED;
    }
}
