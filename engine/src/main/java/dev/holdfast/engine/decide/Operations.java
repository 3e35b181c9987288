package dev.holdfast.engine.decide;

import dev.holdfast.model.Digest;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Operation.Cause;
import dev.holdfast.model.Operation.Phase;
import dev.holdfast.model.Revision;
import java.util.List;
import java.util.Optional;

/// How operations begin.
record Operations(Observation seen, Inventory inventory) {

    /// An operation takes over the person's token that is there, whatever it began for: the token is answered by
    /// it, and stays answered when history has forgotten the operation that it was for.
    Operation start(Cause cause, List<Revision> revisions, String desired) {
        var now = seen.now();
        var id = Digest.of("%s %d %s %s".formatted(seen.placement().key().id(), inventory.generation(), now, cause));
        return new Operation(
                id.first(10),
                cause,
                revisions,
                desired,
                seen.placement().requests().sync(),
                Optional.empty(),
                Phase.RUNNING,
                1,
                now,
                Optional.empty(),
                now.plus(seen.placement().policy().timeout()),
                Optional.empty(),
                "");
    }

    Optional<Operation> running() {
        return inventory.operation().filter(operation -> !operation.ended());
    }

    /// Why a new operation begins now, if one does.
    Optional<Cause> trigger(String desired) {
        var last = inventory.operation();
        var token = seen.placement().requests().sync();
        boolean asked = token.isPresent() && !last.flatMap(Operation::request).equals(token);
        if (asked) return Optional.of(Cause.PERSON);
        boolean changed =
                last.filter(operation -> operation.desired().equals(desired)).isEmpty();
        return switch (seen.placement().policy().mode()) {
            case AUTOMATIC -> changed ? Optional.of(Cause.REVISION) : Optional.empty();
            case MANUAL -> Optional.empty();
        };
    }
}
