package dev.holdfast.runtime.loop;

import dev.holdfast.engine.decide.Observation;

/// What a look at a placement gave.
sealed interface Sight {

    /// Something is still being read; whoever reads it calls again.
    record NotYet(String waitingFor) implements Sight {}

    record Seen(Observation observation) implements Sight {}
}
