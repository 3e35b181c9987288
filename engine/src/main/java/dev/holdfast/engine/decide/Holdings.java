package dev.holdfast.engine.decide;

import dev.holdfast.model.AppStatus;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Operation;
import dev.holdfast.model.PlacementKey;
import java.util.Optional;

/// What the placement owns, or that nobody knows any more.
public sealed interface Holdings {

    record Loaded(Inventory inventory) implements Holdings {}

    /// `generation` is what App.status remembers: a rebuilt inventory goes on from there.
    record Lost(Fault fault, long generation) implements Holdings {}

    /// Judges what the cluster holds (empty: there is none) by what App.status tells of it. An inventory that is
    /// missing or older than that is lost, never empty. How the last operation ended may be known to the status
    /// only, because that is not worth a write of its own.
    static Holdings judge(PlacementKey placement, Optional<Inventory> read, Optional<AppStatus.Target> told) {
        var known = told.map(AppStatus.Target::inventory).orElse(AppStatus.Holding.NONE);
        if (read.isEmpty() && known.generation() == 0) return new Loaded(Inventory.empty(placement));
        if (read.isEmpty()) {
            return lost(
                    known,
                    "the inventory of %s is missing; App.status says that it had %d objects at generation %d"
                            .formatted(placement, known.count(), known.generation()));
        }
        var inventory = read.get();
        if (inventory.generation() < known.generation()) {
            return lost(
                    known,
                    "the inventory of %s is at generation %d, older than generation %d of App.status"
                            .formatted(placement, inventory.generation(), known.generation()));
        }
        return new Loaded(told.flatMap(AppStatus.Target::operation)
                .map(ended -> ending(inventory, ended))
                .orElse(inventory));
    }

    /// Only where all that was applied was written down ({@link Operation.Phase#SETTLING}): what was not is applied
    /// again, which changes nothing and finds the rest out.
    private static Inventory ending(Inventory inventory, Operation told) {
        boolean same = told.ended()
                && inventory
                        .operation()
                        .filter(own -> own.phase() == Operation.Phase.SETTLING
                                && own.id().equals(told.id()))
                        .isPresent();
        return same ? Ledger.concluded(inventory, told, Integer.MAX_VALUE) : inventory;
    }

    private static Lost lost(AppStatus.Holding known, String message) {
        return new Lost(
                Fault.terminal(
                        "InventoryLost",
                        message + ". Nothing is changed or deleted",
                        "Restore it from a backup, or run `holdfast confirm` to rebuild it from the live objects that"
                                + " carry this app's own marks"),
                known.generation());
    }
}
