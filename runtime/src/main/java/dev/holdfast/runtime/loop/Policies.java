package dev.holdfast.runtime.loop;

import dev.holdfast.model.Placement;
import dev.holdfast.model.Placement.Ending;
import dev.holdfast.model.Placement.Identity;
import dev.holdfast.model.Placement.Ignore;
import dev.holdfast.model.Placement.Policy;
import dev.holdfast.model.Placement.Requests;
import java.util.List;
import java.util.Optional;

/// Placements with one thing changed.
final class Policies {

    private Policies() {}

    static Placement ignoringNothing(Placement placement) {
        var policy = new Changed(placement.policy());
        policy.ignore = List.of();
        return with(placement, policy);
    }

    /// The service account that an App without one of its own writes as.
    static Placement runningAs(Placement placement, Optional<String> otherwise) {
        if (placement.policy().runAs().isPresent() || otherwise.isEmpty()) return placement;
        var policy = new Changed(placement.policy());
        policy.runAs = otherwise;
        return with(placement, policy);
    }

    /// Not suspended.
    static Placement awake(Placement placement) {
        var policy = new Changed(placement.policy());
        policy.suspended = false;
        return with(placement, policy);
    }

    /// With what goes around it, where something does.
    static Placement ending(Placement placement, Ending ending) {
        var identity = placement.identity();
        if (ending == Ending.NONE || identity.ending() == ending) return placement;
        var changed = new Identity(identity.appUid(), identity.generation(), identity.deletedAt(), ending);
        return with(placement, changed, placement.policy(), placement.requests());
    }

    static Placement with(Placement placement, Requests requests) {
        return with(placement, placement.identity(), placement.policy(), requests);
    }

    private static Placement with(Placement placement, Changed policy) {
        return with(placement, placement.identity(), policy.policy(), placement.requests());
    }

    private static Placement with(Placement placement, Identity identity, Policy policy, Requests requests) {
        return new Placement(
                placement.key(),
                placement.ownership(),
                identity,
                placement.sources(),
                placement.destination(),
                policy,
                requests);
    }

    /// A policy of which something is about to change.
    private static final class Changed {
        private final Policy from;
        private List<Ignore> ignore;
        private Optional<String> runAs;
        private boolean suspended;

        private Changed(Policy from) {
            this.from = from;
            this.ignore = from.ignore();
            this.runAs = from.runAs();
            this.suspended = from.suspended();
        }

        private Policy policy() {
            return new Policy(
                    from.mode(),
                    from.prune(),
                    from.drift(),
                    from.adoption(),
                    from.onDelete(),
                    from.validation(),
                    from.timeout(),
                    from.retry(),
                    from.guard(),
                    ignore,
                    runAs,
                    from.interval(),
                    from.history(),
                    suspended);
        }
    }
}
