package dev.holdfast.engine.decide;

import dev.holdfast.engine.adopt.Foreign;
import dev.holdfast.model.Fault;

/// What a look at one name told, of an object that no watch of ours shows. Good for one decision: it is forgotten
/// when that name is written, or when an object of ours disappears there.
public sealed interface Probe {

    record Absent() implements Probe {}

    record Present(Foreign object) implements Probe {}

    record Failed(Fault fault) implements Probe {}
}
