package dev.holdfast.engine.world;

import dev.holdfast.model.AppName;
import dev.holdfast.model.Ownership;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Placement.Adoption;
import dev.holdfast.model.Placement.Destination;
import dev.holdfast.model.Placement.Drift;
import dev.holdfast.model.Placement.Ending;
import dev.holdfast.model.Placement.Guard;
import dev.holdfast.model.Placement.Identity;
import dev.holdfast.model.Placement.Ignore;
import dev.holdfast.model.Placement.Mode;
import dev.holdfast.model.Placement.NamespaceMode;
import dev.holdfast.model.Placement.OnDelete;
import dev.holdfast.model.Placement.Policy;
import dev.holdfast.model.Placement.Requests;
import dev.holdfast.model.Placement.Retry;
import dev.holdfast.model.Placement.Validation;
import dev.holdfast.model.PlacementKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Placements of tests, and small changes to them.
public final class Placements {

    private Placements() {}

    public static Placement named(String app) {
        var key = new PlacementKey("test", new AppName("team-a", app), "here", "in-cluster");
        return new Placement(
                key,
                Ownership.of(key),
                new Identity("app-uid", 1, Optional.empty(), Ending.NONE),
                List.of(),
                new Destination("in-cluster", "team-a", NamespaceMode.DEFAULT, false, new TreeMap<>(), new TreeMap<>()),
                policy(Mode.AUTOMATIC, Drift.HEAL),
                Requests.NONE);
    }

    public static Policy policy(Mode mode, Drift drift) {
        return new Policy(
                mode,
                true,
                drift,
                new Adoption.Unmanaged(),
                OnDelete.DELETE,
                Validation.LOCAL,
                Duration.ofMinutes(5),
                Retry.DEFAULT,
                Guard.DEFAULT,
                List.of(),
                Optional.empty(),
                Duration.ofMinutes(5),
                10,
                false);
    }

    public static Placement with(Placement placement, Policy policy) {
        return new Placement(
                placement.key(),
                placement.ownership(),
                placement.identity(),
                placement.sources(),
                placement.destination(),
                policy,
                placement.requests());
    }

    public static Placement asking(Placement placement, Requests requests) {
        return new Placement(
                placement.key(),
                placement.ownership(),
                placement.identity(),
                placement.sources(),
                placement.destination(),
                placement.policy(),
                requests);
    }

    public static Placement into(Placement placement, Destination destination) {
        return new Placement(
                placement.key(),
                placement.ownership(),
                placement.identity(),
                placement.sources(),
                destination,
                placement.policy(),
                placement.requests());
    }

    public static Placement going(Placement placement, Ending ending) {
        var deleted =
                ending == Ending.NONE ? Optional.of(Instant.parse("2026-03-01T13:00:00Z")) : Optional.<Instant>empty();
        return new Placement(
                placement.key(),
                placement.ownership(),
                new Identity("app-uid", 2, deleted, ending),
                placement.sources(),
                placement.destination(),
                placement.policy(),
                placement.requests());
    }

    /// Policies with one thing changed.
    public static Policy ignoring(Policy policy, Ignore... rules) {
        return new Changed(policy).ignore(List.of(rules));
    }

    public static Policy adopting(Policy policy, Adoption adoption) {
        return new Changed(policy).adoption(adoption);
    }

    public static Policy suspended(Policy policy) {
        return new Changed(policy).suspended();
    }

    public static Policy keeping(Policy policy) {
        return new Changed(policy).prune();
    }

    public static Policy orphaning(Policy policy) {
        return new Changed(policy).onDelete(OnDelete.ORPHAN);
    }

    public static Policy guarded(Policy policy, Guard guard) {
        return new Changed(policy).guard(guard);
    }

    /// A policy being changed, one thing at a time.
    private static final class Changed {
        private final Policy from;
        private boolean prune;
        private boolean suspended;
        private Adoption adoption;
        private OnDelete onDelete;
        private Guard guard;
        private List<Ignore> ignore;

        Changed(Policy from) {
            this.from = from;
            this.prune = from.prune();
            this.suspended = from.suspended();
            this.adoption = from.adoption();
            this.onDelete = from.onDelete();
            this.guard = from.guard();
            this.ignore = from.ignore();
        }

        private Policy policy() {
            return new Policy(
                    from.mode(),
                    prune,
                    from.drift(),
                    adoption,
                    onDelete,
                    from.validation(),
                    from.timeout(),
                    from.retry(),
                    guard,
                    ignore,
                    from.runAs(),
                    from.interval(),
                    from.history(),
                    suspended);
        }

        Policy ignore(List<Ignore> rules) {
            ignore = rules;
            return policy();
        }

        Policy adoption(Adoption other) {
            adoption = other;
            return policy();
        }

        Policy onDelete(OnDelete other) {
            onDelete = other;
            return policy();
        }

        Policy guard(Guard other) {
            guard = other;
            return policy();
        }

        Policy prune() {
            prune = false;
            return policy();
        }

        Policy suspended() {
            suspended = true;
            return policy();
        }
    }
}
