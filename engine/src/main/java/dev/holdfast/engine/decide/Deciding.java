package dev.holdfast.engine.decide;

import dev.holdfast.engine.guard.PlanDigest;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Entry;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Placement.Ending;
import dev.holdfast.model.Plan;
import dev.holdfast.model.Plan.Confirmation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The first fork of every decision: suspended, lost, going, or to be kept equal to Git.
final class Deciding {

    private Deciding() {}

    static Decision on(Observation seen) {
        var placement = seen.placement();
        if (placement.policy().suspended()) return suspended(placement);
        return switch (seen.holdings()) {
            case Holdings.Lost lost -> lost(seen, lost);
            case Holdings.Loaded(var inventory) ->
                going(placement) ? Departing.on(seen, inventory) : kept(seen, inventory);
        };
    }

    static boolean going(Placement placement) {
        var identity = placement.identity();
        return identity.deletedAt().isPresent() || identity.ending() != Ending.NONE;
    }

    /// Suspended means no writes, whatever else is true. An App that is deleted meanwhile waits: neither deleting
    /// nor orphaning its objects is what somebody asked for who stopped everything. Where its namespace or our
    /// definition goes, nobody could resume it any more: then it is let go, and its objects stay as they are.
    private static Decision suspended(Placement placement) {
        boolean surroundings = switch (placement.identity().ending()) {
            case NAMESPACE, DEFINITION -> true;
            case NONE, UNMATCHED, UNREADABLE -> false;
        };
        if (surroundings) {
            return new Decision.Forget("suspended while its surroundings go: its objects stay as they are");
        }
        var why = placement.identity().deletedAt().isPresent()
                ? "suspended: the deletion of the app waits, and nothing is deleted or released until it is resumed"
                : "suspended";
        return new Decision.Rest(why, Optional.empty(), Planning.nothing(placement.key(), List.of(), List.of()));
    }

    private static Decision kept(Observation seen, Inventory inventory) {
        var nothing = Planning.nothing(seen.placement().key(), inventory.revisions(), List.of());
        return switch (seen.wanted()) {
            case Wanted.Unknown(var waitingFor) ->
                new Decision.Rest("waiting for " + waitingFor, Optional.empty(), nothing);
            case Wanted.Failed(var fault) -> new Decision.Hold(List.of(fault), Optional.empty(), nothing);
            case Wanted.Known known -> Converging.on(seen, inventory, known);
        };
    }

    /// Nothing is done without an inventory. A person may confirm that it be rebuilt from the live objects whose
    /// own marks name this placement; whether they existed before us nobody knows any more, so they count as
    /// adopted.
    private static Decision lost(Observation seen, Holdings.Lost lost) {
        var placement = seen.placement();
        var entries = new TreeMap<dev.holdfast.model.Ref, Entry>();
        for (var live : seen.world().live().values()) {
            if (!placement.ownership().marks(live) || live.deletedAt().isPresent()) continue;
            entries.put(live.ref(), Entry.found(live).existing());
        }
        var found = new ArrayList<>(entries.values());
        var digest = PlanDigest.ofRebuild(placement.key(), found);
        if (placement.requests().confirm().filter(digest.hex()::equals).isPresent()) {
            var rebuilt = new Inventory(
                    placement.key(), lost.generation() + 1, entries, List.of(), Optional.empty(), List.of());
            return new Decision.Recover(
                    rebuilt, "the inventory is rebuilt from %d live objects, as confirmed".formatted(found.size()));
        }
        var why = "the inventory is lost; confirmed, it is rebuilt from %d live objects that carry this app's own marks"
                .formatted(found.size());
        var plan = new Plan(
                placement.key(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(new Confirmation(why, List.of(), List.of())),
                digest);
        return new Decision.Hold(List.of(lost.fault()), Optional.empty(), plan);
    }
}
