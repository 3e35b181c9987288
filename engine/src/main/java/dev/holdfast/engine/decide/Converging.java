package dev.holdfast.engine.decide;

import dev.holdfast.engine.desired.KindRanks;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Operation.Cause;
import dev.holdfast.model.Operation.Phase;
import dev.holdfast.model.Placement.Policy;
import dev.holdfast.model.Plan;
import dev.holdfast.model.Plan.Held;
import dev.holdfast.model.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Keeping a placement equal to Git: operations for what changed there, healing beside them for what changed in the
/// cluster.
final class Converging {

    private final Observation seen;
    private final Inventory inventory;
    private final Wanted.Known wanted;
    private final Policy policy;
    private final Instant now;
    private final Operations operations;
    private final Draft draft;
    private final Leaving leaving;

    private Converging(Observation seen, Inventory inventory, Wanted.Known wanted) {
        this.seen = seen;
        this.inventory = inventory;
        this.wanted = wanted;
        this.policy = seen.placement().policy();
        this.now = seen.now();
        this.operations = new Operations(seen, inventory);
        this.draft = Drafting.of(seen, inventory, wanted.good());
        this.leaving = Leaving.of(seen, inventory, wanted, draft);
    }

    static Decision on(Observation seen, Inventory inventory, Wanted.Known wanted) {
        return new Converging(seen, inventory, wanted).decide();
    }

    private Decision decide() {
        if (!draft.unknown().isEmpty()) return new Decision.Ask(draft.unknown());
        var desired = wanted.good().digest();
        var cause = operations.trigger(desired);
        if (cause.isPresent()) return active(operations.start(cause.get(), wanted.revisions(), desired));
        var running = operations.running();
        if (running.isEmpty()) return idle();
        var operation = running.get();
        if (!operation.desired().equals(desired)) {
            // only where a person starts operations: what they asked for is not what Git holds now
            var over = operation.in(Phase.SUPERSEDED, now, "Git changed before it ended; it waits for a new sync");
            return new Decision.Conclude(over, Ledger.Keep.LATER, everything());
        }
        if (operation.phase() == Phase.SETTLING) return settling(operation);
        return operation.notBefore().filter(now::isBefore).isPresent() ? pausing(operation) : active(operation);
    }

    /// An operation that is due: all that differs is done, first what applies, then what leaves.
    private Decision active(Operation operation) {
        var confirmed = leaving.confirmed()
                .filter(word -> !operation.confirmed().equals(Optional.of(word)))
                .map(operation::confirming)
                .orElse(operation);
        var heals = heals(operation.cause());
        var plan = plan(
                Stream.concat(draft.changes().stream(), heals.stream())
                        .distinct()
                        .toList(),
                leaving.steps(),
                leaving.confirmation());
        if (!plan.empty()) return new Decision.Act(plan, confirmed.in(Phase.RUNNING, now, ""));
        if (blocked(plan)) {
            boolean known = inventory.operation().filter(confirmed::equals).isPresent();
            return known ? hold(plan) : new Decision.Conclude(confirmed, Ledger.Keep.LATER, plan);
        }
        var settling = confirmed.in(Phase.SETTLING, now, "").until(now.plus(policy.timeout()));
        if (unsettled().isEmpty()) {
            boolean first = inventory
                    .operation()
                    .filter(last -> last.id().equals(operation.id()))
                    .isEmpty();
            return new Decision.Conclude(
                    settling.in(Phase.SUCCEEDED, now, ""), first ? Ledger.Keep.NOW : Ledger.Keep.LATER, plan);
        }
        return new Decision.Conclude(settling, Ledger.Keep.LATER, plan);
    }

    /// Between two attempts; drift is healed all the same.
    private Decision pausing(Operation operation) {
        return beside().orElseGet(() -> {
            var again = operation.notBefore().orElse(now);
            var fault = Fault.temporary(
                    "Retrying", operation.message(), "Attempt %d follows".formatted(operation.attempt()));
            return new Decision.Hold(faults(List.of(fault)), Optional.of(again), everything());
        });
    }

    private Decision settling(Operation operation) {
        if (!draft.changes().isEmpty() || !leaving.steps().isEmpty()) return active(operation);
        return beside().orElseGet(() -> {
            var unsettled = unsettled();
            if (unsettled.isEmpty()) {
                return new Decision.Conclude(operation.in(Phase.SUCCEEDED, now, ""), Ledger.Keep.LATER, everything());
            }
            if (now.isBefore(operation.deadline())) {
                return new Decision.Await(unsettled, operation.deadline(), everything());
            }
            var first = unsettled.getFirst();
            var more = unsettled.size() == 1 ? "" : " (and %d more)".formatted(unsettled.size() - 1);
            var why = "%s is not healthy in time: %s%s".formatted(first.ref().words(), words(first), more);
            return new Decision.Conclude(operation.in(Phase.FAILED, now, why), Ledger.Keep.LATER, everything());
        });
    }

    private static String words(Decision.Unsettled unsettled) {
        var health = unsettled.health();
        return health.message().isEmpty() ? health.reason() : health.message();
    }

    private List<Decision.Unsettled> unsettled() {
        var unsettled = new ArrayList<Decision.Unsettled>();
        for (var desired : wanted.good().objects()) {
            LiveObject live = seen.world().live().get(desired.ref());
            if (live != null && !live.health().current()) {
                unsettled.add(new Decision.Unsettled(desired.ref(), live.health()));
            }
        }
        return unsettled;
    }

    private Decision idle() {
        var beside = beside();
        if (beside.isPresent()) return beside.get();
        var plan = everything();
        var last = inventory.operation();
        boolean failed =
                last.filter(operation -> operation.phase() == Phase.FAILED).isPresent();
        // what became healthy after its deadline is as it should be, whatever became of the operation
        boolean well = plan.empty() && !blocked(plan) && unsettled().isEmpty();
        if (failed && !well) {
            var fault = Fault.terminal(
                    "SyncFailed", last.get().message(), "Correct it in Git, or run `holdfast sync` to try again");
            return new Decision.Hold(faults(List.of(fault)), healLater(), plan);
        }
        if (wanted.newer().isPresent() || blocked(plan)) return hold(plan);
        if (plan.empty()) return new Decision.Rest(why(plan), healLater(), plan);
        return switch (policy.mode()) {
            case MANUAL ->
                new Decision.Rest(
                        "%d changes wait for a sync".formatted(plan.steps().size()), healLater(), plan);
            // cannot be: an operation that succeeded left nothing to do. If it is all the same, it is done again
            case AUTOMATIC ->
                active(operations.start(
                        Cause.REVISION, wanted.revisions(), wanted.good().digest()));
        };
    }

    private static String why(Plan plan) {
        long drifted = plan.held().stream()
                .filter(one -> one.fault().code().equals(Blocking.DRIFTED))
                .count();
        if (drifted > 0) return drifted == 1 ? "1 object has drifted" : drifted + " objects have drifted";
        return "everything is as Git says";
    }

    /// Healing and inspecting, beside whatever operation there is.
    private Optional<Decision> beside() {
        var steps = Stream.concat(heals(Cause.DRIFT).stream(), inspections().stream())
                .toList();
        if (steps.isEmpty()) return Optional.empty();
        var plan = plan(steps, List.of(), Optional.empty());
        var operation =
                operations.start(Cause.DRIFT, wanted.revisions(), wanted.good().digest());
        return Optional.of(new Decision.Act(plan, operation));
    }

    /// What is put back now. A person who asks for a sync gets everything as Git says, at once.
    private List<Step> heals(Cause cause) {
        if (cause == Cause.PERSON) return draft.drifted();
        if (!heals()) return List.of();
        return draft.drifted().stream()
                .filter(step -> !seen.recall().next(step.ref(), now).isAfter(now))
                .toList();
    }

    private boolean heals() {
        return switch (policy.mode()) {
            case MANUAL -> false;
            case AUTOMATIC ->
                switch (policy.drift()) {
                    case HEAL -> true;
                    case REPORT, IGNORE -> false;
                };
        };
    }

    private boolean reports() {
        return switch (policy.drift()) {
            case IGNORE -> false;
            case HEAL, REPORT -> !heals();
        };
    }

    private List<Step> inspections() {
        if (!reports()) return List.of();
        var steps = new ArrayList<Step>();
        for (var step : draft.drifted()) {
            if (step instanceof Step.Apply(var desired, var live, var _, var _, var why)
                    && live.isPresent()
                    && seen.recall().inspection(live.get()).isEmpty()) {
                steps.add(new Step.Inspect(desired, live.get(), why));
            }
        }
        return steps;
    }

    /// Differences that are known and may not be put back.
    private List<Held> reported() {
        if (!reports()) return List.of();
        var held = new ArrayList<Held>();
        for (var step : draft.drifted()) {
            if (!(step instanceof Step.Apply apply)) continue;
            var drift = apply.live().isEmpty()
                    ? Optional.of(apply.why())
                    : seen.recall().inspection(apply.live().get()).flatMap(Recall.Inspected::drift);
            drift.ifPresent(words -> held.add(new Held(
                    apply.ref(),
                    Fault.waiting(Blocking.DRIFTED, apply.ref().words() + ": " + words, "a sync")
                            .about(apply.ref()))));
        }
        return held;
    }

    private Optional<Instant> healLater() {
        if (!heals()) return Optional.empty();
        return draft.drifted().stream()
                .map(step -> seen.recall().next(step.ref(), now))
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }

    /// All that would be done if it might be: what status and `holdfast plan` show.
    private Plan everything() {
        return plan(draft.changes(), leaving.steps(), leaving.confirmation());
    }

    private Plan plan(List<Step> applies, List<Step> leavers, Optional<Plan.Confirmation> open) {
        var held = Stream.of(draft.held(), leaving.held(), reported())
                .flatMap(List::stream)
                .toList();
        return new Plan(
                seen.placement().key(),
                wanted.revisions(),
                Planning.ranks(applies, leavers, ref -> KindRanks.of(ref.groupKind())),
                Planning.sorted(held),
                open,
                leaving.digest());
    }

    private boolean blocked(Plan plan) {
        return Blocking.any(plan.held()) || plan.confirmation().isPresent();
    }

    private Decision hold(Plan plan) {
        return new Decision.Hold(faults(List.of()), Optional.of(now.plus(policy.interval())), plan);
    }

    private List<Fault> faults(List<Fault> first) {
        var faults = new ArrayList<Fault>(first);
        wanted.newer().ifPresent(faults::addFirst);
        leaving.confirmation().ifPresent(open -> faults.add(confirmationNeeded(open)));
        faults.addAll(Blocking.faults(
                Stream.concat(draft.held().stream(), leaving.held().stream()).toList()));
        return faults;
    }

    static Fault confirmationNeeded(Plan.Confirmation open) {
        return new Fault.Waiting(
                new Fault.Explanation(
                        "ConfirmationNeeded",
                        open.why(),
                        "Look at `holdfast plan`, then run `holdfast confirm`",
                        Optional.empty(),
                        dev.holdfast.model.Origin.NONE),
                "a person's confirmation");
    }
}
