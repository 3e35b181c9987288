package dev.holdfast.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a placement is doing or has done: persisted before its first effect, so that a restart knows what has run.
/// `desired` is the digest of everything that was to be (revisions' content and policy), `request` the person's
/// token it answers.
public record Operation(
        String id,
        Cause cause,
        List<Revision> revisions,
        String desired,
        Optional<String> request,
        Phase phase,
        int attempt,
        Instant startedAt,
        Optional<Instant> notBefore,
        Instant deadline,
        Optional<Instant> endedAt,
        String message) {

    public Operation {
        revisions = List.copyOf(revisions);
    }

    public enum Cause {
        REVISION,
        DRIFT,
        PERSON,
        DELETION
    }

    /// RUNNING: steps are being carried out. SETTLING: all applied, health is awaited. The others are ends.
    public enum Phase {
        RUNNING,
        SETTLING,
        SUCCEEDED,
        FAILED,
        SUPERSEDED
    }

    public boolean ended() {
        return switch (phase) {
            case RUNNING, SETTLING -> false;
            case SUCCEEDED, FAILED, SUPERSEDED -> true;
        };
    }

    public Operation in(Phase next, Instant now, String why) {
        boolean over = next != Phase.RUNNING && next != Phase.SETTLING;
        return new Operation(
                id,
                cause,
                revisions,
                desired,
                request,
                next,
                attempt,
                startedAt,
                over ? Optional.empty() : notBefore,
                deadline,
                over ? Optional.of(now) : Optional.empty(),
                why);
    }

    public Operation again(Instant when, String why) {
        return new Operation(
                id,
                cause,
                revisions,
                desired,
                request,
                Phase.RUNNING,
                attempt + 1,
                startedAt,
                Optional.of(when),
                deadline,
                Optional.empty(),
                why);
    }
}
