package dev.holdfast.engine.decide;

import dev.holdfast.engine.gate.WriteGate;
import dev.holdfast.model.Placement;
import java.time.Instant;

/// Everything that a decision is made of. A value: the same observation gives the same decision.
public record Observation(
        Placement placement,
        Wanted wanted,
        Holdings holdings,
        World world,
        Recall recall,
        WriteGate gate,
        Instant now) {}
