package dev.holdfast.engine.guard;

import dev.holdfast.engine.desired.DesiredSet;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Revision;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The other placements of the same app, as far as {@link PruneGuard} is concerned: how much they own, how much of
/// that the same manifests delete there, and whether a person was already asked about deletes of these revisions
/// there. So an app with many targets can't lose more without a word than an app with one.
public record Siblings(int owned, int leaving, boolean asked) {

    public static final Siblings NONE = new Siblings(0, 0, false);

    /// With one more placement. `wanted` is what the manifests are there; empty: the app goes, and everything with
    /// it.
    public Siblings and(Inventory inventory, Optional<DesiredSet> wanted, List<Revision> revisions) {
        boolean confirmed = inventory
                .operation()
                .filter(last -> last.confirmed().isPresent()
                        && last.cause() != Operation.Cause.DELETION
                        && last.revisions().equals(revisions))
                .isPresent();
        return new Siblings(
                owned + inventory.entries().size(), leaving + leaving(inventory, wanted), asked || confirmed);
    }

    private static int leaving(Inventory inventory, Optional<DesiredSet> wanted) {
        var stays = new TreeSet<Ref>();
        if (wanted.isPresent()) {
            wanted.get().objects().forEach(object -> stays.add(object.ref()));
            wanted.get().held().forEach(held -> stays.add(held.ref()));
        }
        return (int) inventory.entries().keySet().stream()
                .filter(ref -> !stays.contains(ref))
                .count();
    }
}
