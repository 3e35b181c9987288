package dev.holdfast.runtime.loop;

import dev.holdfast.engine.apply.Outcome;
import dev.holdfast.engine.apply.OwnershipPatch;
import dev.holdfast.engine.apply.Verdict;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Origin;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.ApiStatus;
import dev.holdfast.port.Cluster.Delete;
import dev.holdfast.port.Cluster.Patch;
import dev.holdfast.port.Cluster.Propagation;
import dev.holdfast.runtime.discovery.DiscoveryCache;
import dev.holdfast.runtime.live.LiveCache;
import dev.holdfast.runtime.live.Probes;
import java.util.Optional;

/// How objects leave: deleted, or let go with our marks taken off.
final class Removals {

    private final Cluster cluster;
    private final DiscoveryCache discovery;
    private final LiveCache live;
    private final Probes probes;

    Removals(Cluster cluster, DiscoveryCache discovery, LiveCache live, Probes probes) {
        this.cluster = cluster;
        this.discovery = discovery;
        this.live = live;
        this.probes = probes;
    }

    /// With the entry's uid as precondition.
    Outcome prune(Inventory.Entry entry, Author author) {
        var served = discovery.anyVersion(entry.gvk());
        if (served.isEmpty()) return new Outcome.Gone();
        var resource = served.get();
        var uid = entry.uid().orElse("");
        if (uid.isEmpty()) return new Outcome.Gone();
        live.deleting(resource, uid);
        var delete = new Delete(Author.address(resource, entry.ref()), uid, Optional.empty(), Propagation.BACKGROUND);
        var answer = cluster.delete(delete, author.caller());
        probes.outdated(entry.ref());
        author.memory().forgetBase(entry.ref());
        var placement = author.memory().id();
        return switch (answer) {
            case Answer.Done(var _, var body, var _) -> {
                // an object with finalizers comes back itself, and ends later
                boolean ending =
                        body.text("metadata", "uid").filter(uid::equals).isPresent()
                                && body.text("metadata", "deletionTimestamp").isPresent();
                if (ending) live.accept(resource, placement, body);
                else live.left(resource, uid);
                yield new Outcome.Deleted();
            }
            case Answer.Refused(var status) -> {
                if (gone(status)) {
                    live.left(resource, uid);
                    yield new Outcome.Gone();
                }
                live.staying(resource, uid);
                if (status.code() == 409) live.find(resource, placement, entry.ref());
                yield failed(entry, status);
            }
        };
    }

    Outcome release(Inventory.Entry entry, Author author) {
        var served = discovery.anyVersion(entry.gvk());
        if (served.isEmpty()) return new Outcome.Gone();
        var address = Author.address(served.get(), entry.ref());
        var answer = cluster.read(address, author.caller());
        if (answer instanceof Answer.Done(var _, var object, var _)) {
            var uid = object.text("metadata", "uid").orElse("");
            if (entry.uid().filter(uid::equals).isEmpty()) return new Outcome.Gone();
            var patch = OwnershipPatch.releasing(object, author.placement().ownership());
            if (patch.isPresent()) {
                live.deleting(served.get(), uid);
                answer = cluster.patch(address, new Patch.Json(patch.get().items()), author.manager(), author.caller());
                if (answer instanceof Answer.Refused) live.staying(served.get(), uid);
                else live.left(served.get(), uid);
            }
        }
        return switch (answer) {
            case Answer.Done _ -> new Outcome.Released();
            case Answer.Refused(var status) -> gone(status) ? new Outcome.Gone() : failed(entry, status);
        };
    }

    /// A 404 without a reason says that there is no such API, which tells nothing about the object.
    private static boolean gone(ApiStatus status) {
        return status.code() == 404 && !status.reason().isEmpty();
    }

    private static Outcome failed(Inventory.Entry entry, ApiStatus status) {
        return new Outcome.Failed(Verdict.fault(entry.ref(), Origin.NONE, Replies.refused(status)));
    }
}
