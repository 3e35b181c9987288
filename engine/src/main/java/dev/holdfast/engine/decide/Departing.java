package dev.holdfast.engine.decide;

import dev.holdfast.engine.desired.KindRanks;
import dev.holdfast.engine.gate.WriteGate.Verb;
import dev.holdfast.engine.guard.PlanDigest;
import dev.holdfast.engine.guard.PruneGuard;
import dev.holdfast.engine.guard.PruneGuard.Render;
import dev.holdfast.engine.prune.Fate;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Health;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Entry;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Operation.Cause;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Placement.Ending;
import dev.holdfast.model.Plan;
import dev.holdfast.model.Plan.Confirmation;
import dev.holdfast.model.Plan.Held;
import dev.holdfast.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The app goes: what it owns is deleted, or released where it shall stay. Needs the inventory only, neither Git
/// nor a render. Entries stay until all is over, because a person's word names them all.
final class Departing {

    static final String DESIRED = "deletion";

    private final Observation seen;
    private final Inventory inventory;
    private final Placement placement;
    private final Operations operations;
    private final List<Step> steps = new ArrayList<>();
    private final List<Entry> deletes = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final List<Decision.Unsettled> ending = new ArrayList<>();

    private Departing(Observation seen, Inventory inventory) {
        this.seen = seen;
        this.inventory = inventory;
        this.placement = seen.placement();
        this.operations = new Operations(seen, inventory);
    }

    static Decision on(Observation seen, Inventory inventory) {
        return new Departing(seen, inventory).decide();
    }

    private Decision decide() {
        var word = word();
        var adopted = adopted(word);
        for (var entry : inventory.entries().values()) sort(entry, adopted);
        if (unmatched() && word.isEmpty()) return unconfirmed();
        int owned = inventory.entries().size();
        var guard = PruneGuard.of(placement.policy().guard(), deletes, owned, Render.FILLED, seen.siblings());
        var free = new ArrayList<>(guard.free());
        if (word.isPresent()) free.addAll(guard.waiting());
        for (var entry : free)
            steps.add(new Step.Prune(entry, unmatched() ? "its target is gone" : "the app is deleted"));
        boolean open = word.isEmpty() && !guard.waiting().isEmpty();
        var plan = plan(steps, open ? Optional.of(Planning.confirmation(guard, seen.world())) : Optional.empty());
        return plan.empty() ? waiting(plan) : acting(plan, word);
    }

    private boolean unmatched() {
        var identity = placement.identity();
        return identity.ending() == Ending.UNMATCHED && identity.deletedAt().isEmpty();
    }

    /// A target that the App no longer has may have been renamed by mistake: everything stays until a person says
    /// otherwise.
    private Decision unconfirmed() {
        if (deletes.isEmpty() && steps.isEmpty()) return waiting(plan(List.of(), Optional.empty()));
        var refs = deletes.stream().map(Entry::ref).sorted().toList();
        var lost = refs.stream()
                .flatMap(ref -> seen.world().inside().getOrDefault(ref, List.of()).stream())
                .toList();
        var key = placement.key();
        var why =
                "the app has no target %s any more; %d objects that it owns there stay until they are confirmed to be %s"
                        .formatted(key.target(), deletes.size() + steps.size(), refs.isEmpty() ? "let go" : "deleted");
        return waiting(plan(List.of(), Optional.of(new Confirmation(why, refs, lost))));
    }

    private Plan plan(List<Step> doing, Optional<Confirmation> open) {
        return new Plan(
                placement.key(),
                inventory.revisions(),
                Planning.ranks(List.of(), doing, ref -> KindRanks.of(ref.groupKind())),
                Planning.sorted(held),
                open,
                PlanDigest.ofDeletion(inventory));
    }

    /// A person's word for this deletion, now or when it began.
    private Optional<String> word() {
        var digests = List.of(
                PlanDigest.ofDeletion(inventory).hex(),
                PlanDigest.ofWholeDeletion(inventory).hex());
        var given = placement.requests().confirm().filter(digests::contains);
        return given.or(() -> last().flatMap(Operation::confirmed).filter(digests::contains));
    }

    /// What becomes of adopted Namespaces, definitions and claims.
    private enum Adopted {
        KEPT,
        DELETED
    }

    private Adopted adopted(Optional<String> word) {
        return word.filter(PlanDigest.ofWholeDeletion(inventory).hex()::equals).isPresent()
                ? Adopted.DELETED
                : Adopted.KEPT;
    }

    private Optional<Operation> last() {
        return inventory.operation().filter(operation -> operation.cause() == Cause.DELETION);
    }

    private void sort(Entry entry, Adopted adopted) {
        var ref = entry.ref();
        var unseen = Drafting.unseen(seen.world(), ref.groupKind());
        if (unseen.isPresent()) {
            held.add(new Held(ref, unseen.get().about(ref)));
            return;
        }
        var live = Optional.ofNullable(seen.world().live().get(ref));
        switch (Fate.of(entry, live, placement.ownership())) {
            case Fate.Forgotten _ -> {}
            case Fate.Ending _ -> {
                if (!orphans())
                    ending.add(new Decision.Unsettled(
                            ref, live.map(found -> found.health()).orElse(Health.CURRENT)));
            }
            case Fate.Orphaned(var kept, var why) -> release(kept, why);
            case Fate.Deleted(var leaving) -> {
                if (orphans()) release(leaving, why());
                else if (PlanDigest.keptWhenAdopted(leaving) && adopted == Adopted.KEPT)
                    release(leaving, "it existed before the app");
                else if (allowed(leaving, Verb.DELETE)) deletes.add(leaving);
            }
        }
    }

    private boolean orphans() {
        return switch (placement.identity().ending()) {
            case NAMESPACE, DEFINITION, UNREADABLE -> true;
            case NONE, UNMATCHED ->
                switch (placement.policy().onDelete()) {
                    case DELETE -> false;
                    case ORPHAN -> true;
                };
        };
    }

    private String why() {
        return switch (placement.identity().ending()) {
            case NAMESPACE -> "the app's namespace is being deleted: what it owns stays";
            case DEFINITION -> "the definition of apps is being deleted: what they own stays";
            case UNREADABLE -> "the app is deleted, and its spec can't be read: what it owns stays";
            case UNMATCHED -> "the app has no such target any more, and sync.onDelete is orphan";
            case NONE -> "the app is deleted with sync.onDelete: orphan";
        };
    }

    private void release(Entry entry, String why) {
        if (allowed(entry, Verb.RELEASE)) steps.add(new Step.Release(entry, why));
    }

    private boolean allowed(Entry entry, Verb verb) {
        var refused = seen.gate().check(placement, entry.ref(), verb);
        refused.ifPresent(fault -> held.add(new Held(entry.ref(), fault)));
        return refused.isEmpty();
    }

    /// Deleting goes on for ever, ever more slowly: an app must not be stuck because something failed once.
    private Decision acting(Plan plan, Optional<String> word) {
        var last = last();
        var again = last.flatMap(operation -> operation.ended()
                ? operation
                        .endedAt()
                        .map(end -> end.plus(placement.policy().retry().max()))
                : operation.notBefore());
        if (again.filter(seen.now()::isBefore).isPresent()) {
            var why = last.map(Operation::message).filter(text -> !text.isEmpty());
            var fault = Fault.temporary("Retrying", why.orElse("the last attempt to delete did not end"), "");
            return new Decision.Hold(List.of(fault), again, plan);
        }
        var operation = last.filter(running -> !running.ended())
                .orElseGet(() -> operations.start(Cause.DELETION, inventory.revisions(), DESIRED));
        return new Decision.Act(
                plan,
                word.filter(given -> !operation.confirmed().equals(Optional.of(given)))
                        .map(operation::confirming)
                        .orElse(operation));
    }

    private Decision waiting(Plan plan) {
        var next = Optional.of(seen.now().plus(placement.policy().interval()));
        if (plan.confirmation().isPresent()) {
            return new Decision.Hold(
                    List.of(Converging.confirmationNeeded(plan.confirmation().get())), next, plan);
        }
        if (!held.isEmpty()) return new Decision.Hold(Blocking.faults(held), next, plan);
        if (ending.isEmpty()) return new Decision.Forget("everything that the app owned is gone or released");
        return new Decision.Await(ending, next.get(), plan);
    }
}
