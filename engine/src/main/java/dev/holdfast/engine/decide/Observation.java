package dev.holdfast.engine.decide;

import dev.holdfast.engine.gate.WriteGate;
import dev.holdfast.engine.guard.Siblings;
import dev.holdfast.model.Placement;
import java.time.Instant;

/// Everything that a decision is made of. A value: the same observation gives the same decision. `siblings` are
/// the other placements of the app.
public record Observation(
        Placement placement,
        Wanted wanted,
        Holdings holdings,
        World world,
        Recall recall,
        WriteGate gate,
        Siblings siblings,
        Instant now) {

    /// The same look with what is kept now.
    public Observation with(Holdings kept) {
        return new Observation(placement, wanted, kept, world, recall, gate, siblings, now);
    }

    /// The same look with more of the cluster seen.
    public Observation with(World more) {
        return new Observation(placement, wanted, holdings, more, recall, gate, siblings, now);
    }

    public Observation with(Siblings others) {
        return new Observation(placement, wanted, holdings, world, recall, gate, others, now);
    }
}
