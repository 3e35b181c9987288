package dev.holdfast.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a placement is doing or has done: persisted before its first effect, so that a restart knows what has run.
/// `desired` is the digest of everything that was to be (revisions' content and policy), `request` the person's
/// token it answers, `confirmed` the digest of the deletes that a person agreed to: kept here, so that what is left
/// of them after a crash needs no second answer.
public record Operation(
        String id,
        Cause cause,
        List<Revision> revisions,
        String desired,
        Optional<String> request,
        Optional<String> confirmed,
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
                confirmed,
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
                confirmed,
                Phase.RUNNING,
                attempt + 1,
                startedAt,
                Optional.of(when),
                deadline,
                Optional.empty(),
                why);
    }

    /// The same operation with a person's word for these deletes.
    public Operation confirming(String deletes) {
        return new Operation(
                id,
                cause,
                revisions,
                desired,
                request,
                Optional.of(deletes),
                phase,
                attempt,
                startedAt,
                notBefore,
                deadline,
                endedAt,
                message);
    }

    /// The same operation with a new deadline: settling has the whole timeout, however long applying took.
    public Operation until(Instant newDeadline) {
        return new Operation(
                id,
                cause,
                revisions,
                desired,
                request,
                confirmed,
                phase,
                attempt,
                startedAt,
                notBefore,
                newDeadline,
                endedAt,
                message);
    }
}
