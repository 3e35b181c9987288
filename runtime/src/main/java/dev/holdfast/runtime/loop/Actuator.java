package dev.holdfast.runtime.loop;

import dev.holdfast.engine.apply.Outcome;
import dev.holdfast.engine.decide.Decision;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Step;
import dev.holdfast.port.Tasks;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// Carries out plans: rank by rank, the steps of a rank in parallel. An object that fails does not stop its rank;
/// later ranks, and with them all deletes, wait. Before every write it is asked again whether this process is still
/// in charge and the App still wants what was decided.
final class Actuator {

    private static final int WIDTH = 8;

    private final Tasks tasks;
    private final Writes writes;
    private final BooleanSupplier inCharge;
    private final Fan fan;

    Actuator(Tasks tasks, Writes writes, BooleanSupplier inCharge) {
        this.tasks = tasks;
        this.writes = writes;
        this.inCharge = inCharge;
        this.fan = new Fan(tasks, WIDTH);
    }

    /// `decided` is the placement as it was when the plan was made.
    SortedMap<Ref, Outcome> carryOut(Decision.Act act, PlacementMemory memory, Placement decided) {
        var outcomes = new TreeMap<Ref, Outcome>();
        var monitor = tasks.monitor();
        boolean healing = act.operation().cause() == Operation.Cause.DRIFT;
        boolean going = true;
        for (var rank : act.plan().ranks()) {
            if (!going && !healing) {
                for (var step : rank) outcomes.put(step.ref(), new Outcome.Skipped("waits for what comes before it"));
                continue;
            }
            fan.out("apply for " + decided.key(), List.copyOf(rank), step -> {
                var outcome = carryOut(step, act.operation(), memory, decided);
                monitor.run(() -> outcomes.put(step.ref(), outcome));
            });
            going &= rank.stream().map(step -> outcomes.get(step.ref())).noneMatch(Actuator::holdsUp);
        }
        return outcomes;
    }

    private static boolean holdsUp(Outcome outcome) {
        return outcome instanceof Outcome.Failed || outcome instanceof Outcome.Skipped;
    }

    private Outcome carryOut(Step step, Operation operation, PlacementMemory memory, Placement decided) {
        var stop = stopped(operation, memory.placement(), decided);
        if (stop.isPresent()) return new Outcome.Skipped(stop.get());
        try {
            return writes.write(step, memory, decided);
        } catch (FaultException failed) {
            return new Outcome.Failed(failed.fault().about(step.ref()));
        }
    }

    /// Why nothing more is written, if so.
    private Optional<String> stopped(Operation operation, Placement now, Placement decided) {
        if (!inCharge.getAsBoolean()) return Optional.of("another Holdfast is in charge");
        if (now.policy().suspended()) return Optional.of("the app was suspended");
        if (operation.cause() == Operation.Cause.DELETION) return Optional.empty();
        boolean same = now.identity().appUid().equals(decided.identity().appUid())
                && now.identity().deletedAt().equals(decided.identity().deletedAt())
                && now.sources().equals(decided.sources())
                && now.destination().equals(decided.destination())
                && now.policy().equals(decided.policy());
        return same ? Optional.empty() : Optional.of("the app was changed meanwhile");
    }
}
