package dev.holdfast.runtime.loop;

import dev.holdfast.dialect.AppStatusText;
import dev.holdfast.engine.decide.Decision;
import dev.holdfast.engine.decide.Holdings;
import dev.holdfast.engine.decide.Observation;
import dev.holdfast.engine.decide.Recall;
import dev.holdfast.engine.decide.Wanted;
import dev.holdfast.engine.decide.World;
import dev.holdfast.engine.gate.WriteGate;
import dev.holdfast.engine.guard.Siblings;
import dev.holdfast.engine.report.TargetState;
import dev.holdfast.model.Digest;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The state of a placement that could not be looked at even once.
final class Unseen {

    private Unseen() {}

    /// @param status what the App holds: the only trace of an inventory that was not read yet
    static TargetState of(Placement placement, Mapping status, Fault fault, Instant now) {
        var told = AppStatusText.holding(status, placement.key().target());
        var seen = new Observation(
                placement,
                new Wanted.Unknown("a first look"),
                new Holdings.Lost(fault, told.generation()),
                World.UNSEEN,
                Recall.NOTHING,
                new WriteGate(WriteGate.Standing.CONFINED, ""),
                Siblings.NONE,
                now);
        var nothing = new Plan(
                placement.key(), List.of(), List.of(), List.of(), Optional.empty(), Digest.of("nothing was seen"));
        return new TargetState(seen, new Decision.Hold(List.of(fault), Optional.empty(), nothing), List.of());
    }
}
