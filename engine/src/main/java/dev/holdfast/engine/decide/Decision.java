package dev.holdfast.engine.decide;

import dev.holdfast.model.Fault;
import dev.holdfast.model.Health;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Plan;
import dev.holdfast.model.Ref;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What to do about what was seen. A pure, total function: no I/O, no clock, no logger.
public sealed interface Decision {

    /// Nothing is owned any more and the App goes: its inventory and its finalizer can go.
    record Forget(String why) implements Decision {}

    /// All is as it should be, or nothing may be done. `next` is when to look again without an event.
    record Rest(String why, Optional<Instant> next, Plan plan) implements Decision {}

    /// Something keeps the placement from being as it should be: a person is needed, or something else must happen.
    record Hold(List<Fault> faults, Optional<Instant> next, Plan plan) implements Decision {
        public Hold {
            faults = List.copyOf(faults);
        }
    }

    /// Everything is applied; these objects are not healthy yet. `until` is the deadline.
    record Await(List<Unsettled> unsettled, Instant until, Plan plan) implements Decision {
        public Await {
            unsettled = List.copyOf(unsettled);
        }
    }

    /// Names that must be looked up (metadata is enough) before anything is decided: an object that is not ours may
    /// stand there. Decide again with the answers in {@link World#probes}.
    record Ask(SortedSet<Ref> names) implements Decision {
        public Ask {
            names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
        }
    }

    /// The operation comes to its end, or goes on to settling, without any step: write it down ({@link
    /// Ledger#concluded}) and decide again.
    record Conclude(Operation operation, Ledger.Keep keep, Plan plan) implements Decision {}

    /// Steps to carry out, as part of this operation. Before the first one, what {@link Ledger#ahead} returns is
    /// written; afterwards what {@link Ledger#after} returns.
    record Act(Plan plan, Operation operation) implements Decision {}

    /// The inventory was lost and a person confirmed that it be rebuilt from what carries our own marks: write it,
    /// and decide again. Nothing else happens in this pass.
    record Recover(Inventory rebuilt, String why) implements Decision {}

    record Unsettled(Ref ref, Health health) {}

    static Decision on(Observation seen) {
        return Deciding.on(seen);
    }
}
