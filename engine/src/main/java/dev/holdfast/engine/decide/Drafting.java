package dev.holdfast.engine.decide;

import dev.holdfast.engine.adopt.Adopting;
import dev.holdfast.engine.desired.DesiredSet;
import dev.holdfast.engine.desired.KindRanks;
import dev.holdfast.engine.gate.WriteGate.Verb;
import dev.holdfast.model.DesiredObject;
import dev.holdfast.model.Fault;
import dev.holdfast.model.GroupKind;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Entry;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Placement.Adoption;
import dev.holdfast.model.Plan.Held;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Step;
import dev.holdfast.model.Step.Force;
import dev.holdfast.model.Step.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Lays what Git wants beside what lives, object by object.
final class Drafting {

    private final World world;
    private final Placement placement;
    private final Observation seen;
    private final Inventory inventory;
    private final List<Step> changes = new ArrayList<>();
    private final List<Step> drifted = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final TreeSet<Ref> unknown = new TreeSet<>();

    private Drafting(Observation seen, Inventory inventory) {
        this.seen = seen;
        this.world = seen.world();
        this.placement = seen.placement();
        this.inventory = inventory;
    }

    static Draft of(Observation seen, Inventory inventory, DesiredSet set) {
        var drafting = new Drafting(seen, inventory);
        drafting.held.addAll(set.held());
        set.namespace().ifPresent(drafting::ensure);
        for (var desired : set.objects()) drafting.judge(desired);
        drafting.cutLaterRanks();
        return new Draft(drafting.changes, drafting.drifted, drafting.held, drafting.unknown);
    }

    /// The destination's namespace is looked up, made where it is missing, and never ours.
    private void ensure(DesiredObject namespace) {
        var ref = namespace.ref();
        if (world.live().containsKey(ref)) return;
        switch (world.probes().get(ref)) {
            case Probe.Present _ -> {}
            case Probe.Failed(var fault) -> held.add(new Held(ref, fault.about(ref)));
            case Probe.Absent _ -> {
                var refused = seen.gate().check(placement, ref, Verb.CREATE);
                if (refused.isPresent()) held.add(new Held(ref, refused.get()));
                else {
                    var step = new Step.Ensure(namespace, "createNamespace, and it is missing");
                    changes.add(step);
                    drifted.add(step);
                }
            }
            case null -> unknown.add(ref);
        }
    }

    private void judge(DesiredObject desired) {
        var ref = desired.ref();
        var refused = seen.gate().check(placement, ref, Verb.APPLY).or(() -> unseen(ref));
        if (refused.isPresent()) {
            held.add(new Held(ref, refused.get()));
            return;
        }
        var live = world.live().get(ref);
        if (live == null) absent(desired);
        else present(desired, live);
    }

    /// Of a kind that was not listed to the end, absence proves nothing.
    private Optional<Fault> unseen(Ref ref) {
        return unseen(world, ref.groupKind()).map(fault -> fault.about(ref));
    }

    static Optional<Fault> unseen(World world, GroupKind kind) {
        if (!world.discovery().complete(kind.group())) {
            return Optional.of(Fault.waiting(
                    Blocking.GROUP,
                    "waits for the API group " + kind.group() + ", which does not answer",
                    "group " + kind.group()));
        }
        return world.certain(kind)
                ? Optional.empty()
                : Optional.of(Fault.waiting(
                        Blocking.NOT_LISTED, "waits for the first complete list of " + kind, "list of " + kind));
    }

    private void absent(DesiredObject desired) {
        var ref = desired.ref();
        var entry = inventory.find(ref);
        boolean ours = entry.filter(Entry::applied).isPresent();
        switch (world.probes().get(ref)) {
            case Probe.Failed(var fault) -> held.add(new Held(ref, fault.about(ref)));
            case Probe.Absent _ -> {
                if (ours) drifted.add(step(desired, null, Reason.CREATE, "it was deleted in the cluster"));
                else changes.add(step(desired, null, Reason.CREATE, "new in Git"));
            }
            case Probe.Present(var object) -> {
                if (entry.flatMap(Entry::uid).filter(object.uid()::equals).isPresent()) {
                    held.add(new Held(ref, labelLost(ref)));
                    return;
                }
                switch (Adopting.of(object, placement)) {
                    case Adopting.Leave(var fault) -> held.add(new Held(ref, fault));
                    case Adopting.Take(var force) -> {
                        var step = new Step.Apply(
                                desired, Optional.empty(), Reason.ADOPT, force, "it exists and has no other owner");
                        (ours ? drifted : changes).add(step);
                    }
                }
            }
            case null -> unknown.add(ref);
        }
    }

    private static Fault labelLost(Ref ref) {
        return Fault.waiting(Blocking.LABEL_LOST, ref.words() + " lost our label and is read again", "read of " + ref)
                .about(ref);
    }

    private void present(DesiredObject desired, LiveObject live) {
        var ref = desired.ref();
        var entry = inventory.find(ref);
        if (live.deletedAt().isPresent()) {
            held.add(new Held(
                    ref,
                    Fault.waiting(
                                    "Terminating",
                                    ref.words() + " is being deleted; it is created again when it is gone",
                                    "end of " + ref)
                            .about(ref)));
            return;
        }
        boolean known = entry.flatMap(Entry::uid).filter(live.uid()::equals).isPresent();
        if (!known && !placement.ownership().marks(live)) {
            copied(desired, live);
            return;
        }
        if (entry.filter(Entry::applied).isEmpty()) {
            changes.add(step(desired, live, Reason.CHANGE, "it carries our marks, and its apply was not recorded"));
        } else if (!known) {
            drifted.add(step(desired, live, Reason.HEAL, "another object with our marks has taken its place"));
        } else if (entry.flatMap(Entry::desired)
                .filter(desired.digest()::equals)
                .isEmpty()) {
            changes.add(step(desired, live, Reason.CHANGE, "changed in Git"));
        } else if (differs(entry.get(), live)) {
            drifted.add(step(desired, live, Reason.HEAL, drift(live)));
        }
    }

    /// Operators copy labels to what they make: such an object is a stranger that stands where we want to be.
    private void copied(DesiredObject desired, LiveObject live) {
        var ref = desired.ref();
        if (placement.policy().adoption() instanceof Adoption.Never) {
            held.add(new Held(
                    ref,
                    Fault.terminal(
                                    "ExistsAlready",
                                    ref.words() + " exists with a copy of our label, and is not ours",
                                    "Delete it, or set sync.adopt to unmanaged")
                            .about(ref)));
        } else changes.add(step(desired, live, Reason.ADOPT, "it exists with a copy of our label"));
    }

    private static boolean differs(Entry entry, LiveObject live) {
        var hints = live.hints();
        return entry.values().filter(hints.values()::equals).isEmpty()
                || entry.owned().filter(hints.owned()::equals).isEmpty();
    }

    private static String drift(LiveObject live) {
        var claims = live.hints().claims();
        return claims.isEmpty()
                ? "it is no longer what was applied"
                : claims.stream().map(LiveObject.Claim::toString).collect(Collectors.joining("; "));
    }

    private Step step(
            DesiredObject desired, @org.jspecify.annotations.Nullable LiveObject live, Reason reason, String why) {
        Force force = Adopting.force(placement.policy().adoption());
        return new Step.Apply(desired, Optional.ofNullable(live), reason, force, why);
    }

    /// What can't be applied holds up the changes of later ranks; drift is put back all the same.
    private void cutLaterRanks() {
        var first = held.stream()
                .filter(one -> Blocking.of(one) == Blocking.RANKS)
                .min(java.util.Comparator.comparingInt((Held one) -> rank(one.ref()))
                        .thenComparing(Held::ref));
        if (first.isEmpty()) return;
        int last = rank(first.get().ref());
        var later = changes.stream().filter(step -> rank(step.ref()) > last).toList();
        for (var step : later) {
            held.add(new Held(
                    step.ref(),
                    Fault.waiting(
                                    Blocking.EARLIER_RANK,
                                    "waits for " + first.get().ref().words(),
                                    "apply of " + first.get().ref())
                            .about(step.ref())));
        }
        changes.removeAll(later);
    }

    private static int rank(Ref ref) {
        return KindRanks.of(ref.groupKind());
    }
}
