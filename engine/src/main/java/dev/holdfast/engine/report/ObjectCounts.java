package dev.holdfast.engine.report;

import dev.holdfast.engine.decide.Holdings;
import dev.holdfast.engine.decide.Observation;
import dev.holdfast.engine.decide.Wanted;
import dev.holdfast.model.Health;
import dev.holdfast.model.Health.State;
import dev.holdfast.model.Plan;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Step;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Objects of one placement, counted: wanted ones where they are known, owned ones otherwise.
record ObjectCounts(int total, int synced, int healthy, int failing, State worst) {

    static ObjectCounts of(Observation seen, Optional<Plan> plan) {
        var refs = refs(seen);
        var different = new TreeSet<Ref>();
        plan.ifPresent(known -> {
            for (var step : known.steps()) {
                if (step instanceof Step.Apply || step instanceof Step.Inspect) different.add(step.ref());
            }
            for (var held : known.held()) different.add(held.ref());
        });
        int synced = 0;
        int healthy = 0;
        int failing = 0;
        var worst = State.CURRENT;
        for (var ref : refs) {
            var live = seen.world().live().get(ref);
            if (live != null && !different.contains(ref)) synced++;
            var state = state(seen, ref, live == null ? Optional.empty() : Optional.of(live.health()));
            if (state == State.CURRENT) healthy++;
            if (state == State.FAILED) failing++;
            if (state.compareTo(worst) > 0) worst = state;
        }
        boolean known = seen.wanted() instanceof Wanted.Known || !refs.isEmpty();
        return new ObjectCounts(refs.size(), synced, healthy, failing, known ? worst : State.UNKNOWN);
    }

    /// Of an object that is not there, or whose kind was not listed yet, nothing is known.
    private static State state(Observation seen, Ref ref, Optional<Health> health) {
        if (health.isPresent()) return health.get().state();
        return seen.world().listed().contains(ref.groupKind()) ? State.IN_PROGRESS : State.UNKNOWN;
    }

    private static SortedSet<Ref> refs(Observation seen) {
        var refs = new TreeSet<Ref>();
        if (seen.wanted() instanceof Wanted.Known known) {
            known.good().objects().forEach(object -> refs.add(object.ref()));
            known.good().held().forEach(held -> refs.add(held.ref()));
        } else if (seen.holdings() instanceof Holdings.Loaded(var inventory)) {
            refs.addAll(inventory.entries().keySet());
        }
        return refs;
    }
}
