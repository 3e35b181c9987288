package dev.holdfast.runtime.loop;

import dev.holdfast.dialect.App;
import dev.holdfast.engine.decide.Holdings;
import dev.holdfast.engine.decide.Observation;
import dev.holdfast.engine.decide.Wanted;
import dev.holdfast.engine.desired.DesiredSet;
import dev.holdfast.engine.guard.Siblings;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Manifest;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Revision;
import dev.holdfast.model.Secret;
import dev.holdfast.runtime.apps.AppBook;
import dev.holdfast.runtime.inventory.InventoryStore;
import dev.holdfast.runtime.inventory.Kept;
import java.util.List;
import java.util.Optional;

/// What the other targets of an app own and would lose by the same manifests. All targets of an app share its
/// sources, so that this is known without waiting for any of them: from their inventories, and without requests.
final class Targets {

    private final InventoryStore inventories;
    private final Secret key;

    Targets(InventoryStore inventories, Secret key) {
        this.inventories = inventories;
        this.key = key;
    }

    /// The same look with the other targets counted, where that matters: where something leaves, and there are any.
    Observation counted(PlacementMemory memory, App app, Observation seen) {
        var others = AppBook.placements(app).stream()
                .filter(other -> !other.key().equals(seen.placement().key()))
                .toList();
        if (others.isEmpty() || !(seen.holdings() instanceof Holdings.Loaded(var inventory))) return seen;
        if (seen.placement().identity().deletedAt().isPresent()) {
            return seen.with(going(others, inventory.revisions()));
        }
        var manifests = memory.manifests();
        if (manifests.isEmpty() || !(seen.wanted() instanceof Wanted.Known known)) return seen;
        boolean stays = Siblings.NONE
                        .and(inventory, Optional.of(known.good()), List.of())
                        .leaving()
                == 0;
        if (stays) return seen;
        var siblings = Siblings.NONE;
        for (var other : others) {
            var set = settled(manifests.get(), other, seen);
            // a set that can't be settled deletes nothing there
            if (set.isEmpty()) continue;
            if (inventories.read(other.key()) instanceof Kept.Found(var theirs)) {
                siblings = siblings.and(theirs, set, known.revisions());
            }
        }
        return seen.with(siblings);
    }

    private Siblings going(List<Placement> others, List<Revision> revisions) {
        var siblings = Siblings.NONE;
        for (var other : others) {
            if (inventories.read(other.key()) instanceof Kept.Found(var theirs)) {
                siblings = siblings.and(theirs, Optional.empty(), revisions);
            }
        }
        return siblings;
    }

    private Optional<DesiredSet> settled(List<Manifest> manifests, Placement other, Observation seen) {
        try {
            return Optional.of(DesiredSet.settle(manifests, seen.world().discovery(), other, key));
        } catch (FaultException refused) {
            return Optional.empty();
        }
    }
}
