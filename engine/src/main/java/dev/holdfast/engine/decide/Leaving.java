package dev.holdfast.engine.decide;

import dev.holdfast.engine.desired.DesiredSet;
import dev.holdfast.engine.gate.WriteGate.Verb;
import dev.holdfast.engine.guard.PlanDigest;
import dev.holdfast.engine.guard.PruneGuard;
import dev.holdfast.engine.prune.Fate;
import dev.holdfast.model.Digest;
import dev.holdfast.model.Fault;
import dev.holdfast.model.GroupKind;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Entry;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Plan.Confirmation;
import dev.holdfast.model.Plan.Held;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What Git no longer holds: what of it goes, what waits, and for whom. Deletes only happen with proof: a complete
/// render, everything applied, and complete lists of every kind that the inventory or the render names.
record Leaving(
        List<Step> steps,
        List<Held> held,
        Optional<Confirmation> confirmation,
        Digest digest,
        Optional<String> confirmed) {

    private static final String WHY = "no longer in Git";

    static Leaving of(Observation seen, Inventory inventory, Wanted.Known wanted, Draft draft) {
        return new Sorting(seen, inventory, wanted).leaving(draft);
    }

    /// One run: entries are sorted by what becomes of them.
    private static final class Sorting {
        private final Observation seen;
        private final Inventory inventory;
        private final Wanted.Known wanted;
        private final List<Step> steps = new ArrayList<>();
        private final List<Held> held = new ArrayList<>();
        private final List<Entry> deletes = new ArrayList<>();

        Sorting(Observation seen, Inventory inventory, Wanted.Known wanted) {
            this.seen = seen;
            this.inventory = inventory;
            this.wanted = wanted;
        }

        Leaving leaving(Draft draft) {
            var wantedRefs = refs(wanted.good());
            for (var entry : inventory.entries().values()) {
                if (!wantedRefs.contains(entry.ref())) sort(entry);
            }
            var missing = proof(draft);
            if (missing.isPresent()) {
                for (var entry : deletes) held.add(new Held(entry.ref(), waits(entry, missing.get())));
                deletes.clear();
            }
            return guarded();
        }

        private void sort(Entry entry) {
            var unseen = Drafting.unseen(seen.world(), entry.ref().groupKind());
            if (unseen.isPresent()) {
                held.add(new Held(entry.ref(), unseen.get().about(entry.ref())));
                return;
            }
            var live = Optional.ofNullable(seen.world().live().get(entry.ref()));
            switch (Fate.of(entry, live, seen.placement().ownership())) {
                case Fate.Forgotten(var gone, var why) -> steps.add(new Step.Forget(gone, why));
                case Fate.Ending(var ending) -> steps.add(new Step.Forget(ending, "is being deleted"));
                case Fate.Orphaned(var kept, var why) -> orphan(kept, why);
                case Fate.Deleted(var leaving) -> delete(leaving);
            }
        }

        private void orphan(Entry entry, String why) {
            if (kept(entry) || refused(entry, Verb.RELEASE)) return;
            steps.add(new Step.Release(entry, WHY + "; " + why));
        }

        private void delete(Entry entry) {
            if (kept(entry) || refused(entry, Verb.DELETE)) return;
            var used = StillUsed.by(entry.ref(), wanted.good());
            if (used.isPresent()) held.add(new Held(entry.ref(), used.get()));
            else deletes.add(entry);
        }

        private boolean kept(Entry entry) {
            if (seen.placement().policy().prune()) return false;
            var ref = entry.ref();
            held.add(new Held(
                    ref,
                    Fault.waiting(Blocking.KEPT, ref.words() + " is no longer in Git and stays: prune is off", "prune")
                            .about(ref)));
            return true;
        }

        private boolean refused(Entry entry, Verb verb) {
            var refused = seen.gate().check(seen.placement(), entry.ref(), verb);
            refused.ifPresent(fault -> held.add(new Held(entry.ref(), fault)));
            return refused.isPresent();
        }

        /// What is missing before anything may be deleted; empty: nothing.
        private Optional<String> proof(Draft draft) {
            if (wanted.newer().isPresent()) return Optional.of("the newest revision did not render");
            var kinds = new TreeSet<GroupKind>(wanted.good().kinds());
            for (var ref : inventory.entries().keySet()) kinds.add(ref.groupKind());
            for (var kind : kinds) {
                if (!seen.world().certain(kind)) return Optional.of(kind + " can't be listed completely");
            }
            return draft.held().stream()
                    .filter(one -> Blocking.of(one) != Blocking.NOTE)
                    .findFirst()
                    .map(one -> one.ref().words() + " is not applied yet");
        }

        private static Fault waits(Entry entry, String missing) {
            var ref = entry.ref();
            return Fault.waiting(Blocking.PRUNE_WAITS, "is deleted later: " + missing, "proof that " + ref + " may go")
                    .about(ref);
        }

        private Leaving guarded() {
            var policy = seen.placement().policy();
            int owned = inventory.entries().size();
            var render = Planning.render(wanted.good());
            var guard = PruneGuard.of(policy.guard(), deletes, owned, render, seen.siblings());
            var key = seen.placement().key();
            var digest = PlanDigest.of(key, wanted.revisions(), guard.waiting().isEmpty() ? deletes : guard.waiting());
            var word = word(digest);
            var free = new ArrayList<>(guard.free());
            if (word.isPresent()) free.addAll(guard.waiting());
            for (var entry : free) steps.add(new Step.Prune(entry, WHY));
            Optional<Confirmation> open = guard.waiting().isEmpty() || word.isPresent()
                    ? Optional.empty()
                    : Optional.of(Planning.confirmation(guard, seen.world()));
            return new Leaving(steps, held, open, digest, guard.waiting().isEmpty() ? Optional.empty() : word);
        }

        /// A person's word for exactly these deletes, or for those that an interrupted run of the same operation
        /// had.
        private Optional<String> word(Digest digest) {
            if (seen.placement()
                    .requests()
                    .confirm()
                    .filter(digest.hex()::equals)
                    .isPresent()) {
                return Optional.of(digest.hex());
            }
            return inventory
                    .operation()
                    .filter(operation -> !operation.ended()
                            && operation.desired().equals(wanted.good().digest()))
                    .flatMap(Operation::confirmed);
        }

        private static TreeSet<Ref> refs(DesiredSet set) {
            var refs = new TreeSet<Ref>();
            set.objects().forEach(object -> refs.add(object.ref()));
            set.held().forEach(waiting -> refs.add(waiting.ref()));
            set.namespace().ifPresent(namespace -> refs.add(namespace.ref()));
            return refs;
        }
    }
}
