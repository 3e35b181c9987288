package dev.holdfast.runtime.inventory;

import dev.holdfast.model.Fault;
import dev.holdfast.model.Inventory;

/// What the cluster keeps for a placement.
public sealed interface Kept {

    /// Nothing: a new placement, or a lost inventory; the App's status tells which.
    record Absent() implements Kept {}

    record Found(Inventory inventory) implements Kept {}

    /// Something that does not add up. Never taken for an empty inventory.
    record Unreadable(Fault fault) implements Kept {}
}
