package dev.holdfast.engine.report;

import dev.holdfast.engine.decide.Decision;
import dev.holdfast.engine.decide.Observation;
import dev.holdfast.model.Fault;
import java.util.List;

/// What is known of one placement when its App's status is computed: what was seen last, what was decided about it,
/// and the faults that came up since (of sources, of the cluster, of steps).
public record TargetState(Observation seen, Decision decision, List<Fault> faults) {
    public TargetState {
        faults = List.copyOf(faults);
    }
}
