package dev.holdfast.engine.decide;

import dev.holdfast.engine.apply.Outcome;
import dev.holdfast.engine.apply.Outcome.Change;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.DeletionPolicy;
import dev.holdfast.model.Inventory.Entry;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Operation.Cause;
import dev.holdfast.model.Operation.Phase;
import dev.holdfast.model.Placement.Policy;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is written into the inventory, before the first effect of an {@link Decision.Act} and after the last one:
/// two writes at most.
public final class Ledger {

    private Ledger() {}

    /// How urgent a write is. What is kept for later lives in memory, and goes along with the next write; losing it
    /// in a crash costs a few requests that change nothing.
    public enum Keep {
        NOW,
        /// As soon as nothing more urgent is to be done: it adds only what the marks on the live objects tell after a
        /// crash as well (the uids of intended entries), or what is found out anew (digests).
        SOON,
        LATER
    }

    /// The inventory as it is from now on, and whether it is written at once. Its generation has grown by one
    /// exactly where it must be.
    public record Written(Inventory inventory, Keep keep) {}

    /// What a pass ends with, besides the outcomes: the clock, and chance (0 to 1) for the backoff.
    public record Closing(Policy policy, Instant now, double jitter) {}

    /// What must be written before the first step: the operation, and an entry without uid for every object that is
    /// about to become ours. Empty: nothing, because the inventory says so already.
    public static Optional<Inventory> ahead(Inventory inventory, Decision.Act act) {
        var intended = new ArrayList<Entry>();
        for (var step : act.plan().steps()) {
            if (step instanceof Step.Apply apply && inventory.find(apply.ref()).isEmpty()) {
                intended.add(Entry.intended(apply.ref(), apply.desired().gvk()));
            }
        }
        var operation = act.operation();
        if (operation.cause() == Cause.DRIFT) {
            return intended.isEmpty() ? Optional.empty() : Optional.of(inventory.with(intended, inventory.operation()));
        }
        boolean known = inventory.operation().filter(operation::equals).isPresent();
        if (known && intended.isEmpty()) return Optional.empty();
        return Optional.of(superseding(inventory, operation).with(intended, Optional.of(operation)));
    }

    /// An operation that has not ended gives way to another one: it becomes history.
    private static Inventory superseding(Inventory inventory, Operation next) {
        var earlier =
                inventory.operation().filter(last -> !last.ended() && !last.id().equals(next.id()));
        if (earlier.isEmpty()) return inventory;
        var over = earlier.get().in(Phase.SUPERSEDED, next.startedAt(), "superseded by " + next.id());
        return remembering(inventory, over, Integer.MAX_VALUE);
    }

    /// The inventory after the steps of a pass. `now` is the inventory that `ahead` returned, or the one that was
    /// decided on. A step without outcome was not tried.
    public static Written after(Inventory now, Decision.Act act, SortedMap<Ref, Outcome> outcomes, Closing closing) {
        var entries = new TreeMap<>(now.entries());
        for (var step : act.plan().steps()) {
            var outcome = outcomes.get(step.ref());
            if (outcome != null) record(entries, step, outcome, act.operation().cause());
        }
        var operation = act.operation();
        var changed = withEntries(now, entries);
        if (operation.cause() == Cause.DRIFT) return drift(now, changed, act, outcomes, closing);
        var next = Progress.of(act, outcomes, closing);
        if (next.phase() == Phase.SETTLING && onlyGained(now, changed)) {
            return new Written(withRevisions(withOperation(changed, next), next), Keep.SOON);
        }
        var inventory = changed.with(List.of(), Optional.of(next));
        if (next.phase() == Phase.SETTLING) inventory = withRevisions(inventory, next);
        if (next.ended()) inventory = inventory.ended(next, closing.policy().history());
        return new Written(inventory, Keep.NOW);
    }

    /// Drift is healed beside operations: it enters history, and leaves the last operation as it is.
    private static Written drift(
            Inventory before, Inventory after, Decision.Act act, SortedMap<Ref, Outcome> outcomes, Closing closing) {
        var told = new ArrayList<String>();
        boolean failed = false;
        for (var outcome : outcomes.values()) {
            if (outcome instanceof Outcome.Applied(var live, var _, var change, var drift)
                    && (change != Change.UNCHANGED || drift.isPresent())) {
                told.add(drift.orElse(live.ref().words() + " was put back"));
            }
            if (outcome instanceof Outcome.Failed(var fault)) {
                failed = true;
                told.add(fault.sentence());
            }
        }
        var inventory = after;
        if (!told.isEmpty()) {
            var more = told.size() > 3 ? " and " + (told.size() - 3) + " more" : "";
            var message = String.join("; ", told.subList(0, Math.min(3, told.size()))) + more;
            var over = act.operation().in(failed ? Phase.FAILED : Phase.SUCCEEDED, closing.now(), message);
            inventory = remembering(after, over, closing.policy().history());
        }
        boolean same = before.entries().equals(after.entries()) || sameIdentities(before, after);
        return same
                ? new Written(inventory, Keep.LATER)
                : new Written(inventory.with(List.of(), inventory.operation()), Keep.NOW);
    }

    /// No entry went, and none has another uid than before: an object that came back under another uid must be known
    /// by it, or it could never be deleted.
    private static boolean onlyGained(Inventory before, Inventory after) {
        if (!before.entries().keySet().equals(after.entries().keySet())) return false;
        return before.entries().values().stream()
                .allMatch(entry -> entry.uid().isEmpty()
                        || after.find(entry.ref())
                                .filter(later -> later.uid().equals(entry.uid()))
                                .isPresent());
    }

    private static boolean sameIdentities(Inventory before, Inventory after) {
        if (!before.entries().keySet().equals(after.entries().keySet())) return false;
        return before.entries().values().stream()
                .allMatch(entry -> after.find(entry.ref())
                        .filter(later -> later.uid().equals(entry.uid()))
                        .isPresent());
    }

    /// The inventory with an operation that moved on without any step. Not a write: the generation stays.
    public static Inventory concluded(Inventory inventory, Operation operation, int history) {
        var earlier = superseding(inventory, operation);
        if (operation.ended()) return earlier.ended(operation, history);
        var moved = withOperation(earlier, operation);
        return operation.phase() == Phase.SETTLING ? withRevisions(moved, operation) : moved;
    }

    private static void record(TreeMap<Ref, Entry> entries, Step step, Outcome outcome, Cause cause) {
        switch (outcome) {
            case Outcome.Applied(var live, var base, var _, var _) -> {
                if (step instanceof Step.Apply apply) {
                    var before = Optional.ofNullable(entries.get(step.ref()));
                    boolean adopted = apply.reason() == Step.Reason.ADOPT
                            || before.map(Entry::adopted).orElse(false);
                    entries.put(
                            step.ref(),
                            new Entry(
                                    step.ref(),
                                    apply.desired().gvk(),
                                    Optional.of(live.uid()),
                                    0,
                                    Optional.of(apply.desired().digest()),
                                    Optional.of(base.values()),
                                    Optional.of(base.owned()),
                                    adopted,
                                    before.map(Entry::deletion).orElse(DeletionPolicy.DELETE)));
                }
            }
            case Outcome.Inspected(var drift, var _) -> {
                if (drift.isEmpty() && step instanceof Step.Inspect(var _, var live, var _)) {
                    entries.computeIfPresent(step.ref(), (_, entry) -> rebased(entry, live.hints()));
                }
            }
            // the digest that a person confirmed for a deletion is taken of the entries: they stay to the end
            case Outcome.Deleted _, Outcome.Released _, Outcome.Gone _ -> {
                if (cause != Cause.DELETION) entries.remove(step.ref());
            }
            case Outcome.Ensured _, Outcome.Failed _, Outcome.Skipped _ -> {}
        }
    }

    private static Entry rebased(Entry entry, dev.holdfast.model.LiveObject.Hints hints) {
        return new Entry(
                entry.ref(),
                entry.gvk(),
                entry.uid(),
                entry.wave(),
                entry.desired(),
                Optional.of(hints.values()),
                Optional.of(hints.owned()),
                entry.adopted(),
                entry.deletion());
    }

    private static Inventory withEntries(Inventory inventory, TreeMap<Ref, Entry> entries) {
        return new Inventory(
                inventory.placement(),
                inventory.generation(),
                entries,
                inventory.revisions(),
                inventory.operation(),
                inventory.history());
    }

    private static Inventory withOperation(Inventory inventory, Operation operation) {
        return new Inventory(
                inventory.placement(),
                inventory.generation(),
                inventory.entries(),
                inventory.revisions(),
                Optional.of(operation),
                inventory.history());
    }

    private static Inventory withRevisions(Inventory inventory, Operation operation) {
        return new Inventory(
                inventory.placement(),
                inventory.generation(),
                inventory.entries(),
                operation.revisions(),
                inventory.operation(),
                inventory.history());
    }

    private static Inventory remembering(Inventory inventory, Operation over, int limit) {
        var history = new ArrayList<Operation>();
        history.add(over);
        for (var earlier : inventory.history()) {
            if (history.size() < limit) history.add(earlier);
        }
        return new Inventory(
                inventory.placement(),
                inventory.generation(),
                inventory.entries(),
                inventory.revisions(),
                inventory.operation(),
                history);
    }

    /// The faults of a pass, the worst handling last.
    static List<Fault> faults(SortedMap<Ref, Outcome> outcomes) {
        var faults = new ArrayList<Fault>();
        for (var outcome : outcomes.values()) {
            if (outcome instanceof Outcome.Failed(var fault)) faults.add(fault);
        }
        return faults;
    }
}
