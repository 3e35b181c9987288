package dev.holdfast.runtime.loop;

import dev.holdfast.model.Placement;
import dev.holdfast.model.Placement.Ending;
import dev.holdfast.model.Placement.Ignore;
import dev.holdfast.model.Placement.Policy;
import java.util.List;
import java.util.Optional;

/// Placements with one thing changed.
final class Policies {

    private Policies() {}

    static Placement ignoringNothing(Placement placement) {
        return with(
                placement,
                policy(placement.policy(), List.of(), placement.policy().runAs()));
    }

    /// The service account that an App without one of its own writes as.
    static Placement runningAs(Placement placement, Optional<String> otherwise) {
        var policy = placement.policy();
        if (policy.runAs().isPresent() || otherwise.isEmpty()) return placement;
        return with(placement, policy(policy, policy.ignore(), otherwise));
    }

    /// With what goes around it, where something does.
    static Placement ending(Placement placement, Ending ending) {
        var identity = placement.identity();
        if (ending == Ending.NONE || identity.ending() == ending) return placement;
        return new Placement(
                placement.key(),
                placement.ownership(),
                new Placement.Identity(identity.appUid(), identity.generation(), identity.deletedAt(), ending),
                placement.sources(),
                placement.destination(),
                placement.policy(),
                placement.requests());
    }

    static Placement with(Placement placement, Placement.Requests requests) {
        return new Placement(
                placement.key(),
                placement.ownership(),
                placement.identity(),
                placement.sources(),
                placement.destination(),
                placement.policy(),
                requests);
    }

    /// Not suspended.
    static Placement awake(Placement placement) {
        var policy = placement.policy();
        return with(
                placement,
                new Policy(
                        policy.mode(),
                        policy.prune(),
                        policy.drift(),
                        policy.adoption(),
                        policy.onDelete(),
                        policy.validation(),
                        policy.timeout(),
                        policy.retry(),
                        policy.guard(),
                        policy.ignore(),
                        policy.runAs(),
                        policy.interval(),
                        policy.history(),
                        false));
    }

    private static Placement with(Placement placement, Policy policy) {
        return new Placement(
                placement.key(),
                placement.ownership(),
                placement.identity(),
                placement.sources(),
                placement.destination(),
                policy,
                placement.requests());
    }

    private static Policy policy(Policy policy, List<Ignore> ignore, Optional<String> runAs) {
        return new Policy(
                policy.mode(),
                policy.prune(),
                policy.drift(),
                policy.adoption(),
                policy.onDelete(),
                policy.validation(),
                policy.timeout(),
                policy.retry(),
                policy.guard(),
                ignore,
                runAs,
                policy.interval(),
                policy.history(),
                policy.suspended());
    }
}
