package dev.holdfast.runtime.loop;

import dev.holdfast.engine.decide.Observation;
import dev.holdfast.engine.decide.Wanted;
import java.time.Instant;
import java.util.Optional;

/// When a placement is looked at next.
sealed interface Pace {

    /// At once, after others had their turn.
    record Again() implements Pace {}

    /// When something happens: whoever makes it happen calls.
    record Called() implements Pace {}

    /// Never: the App no longer has this target, and nothing is owned there any more.
    record Left() implements Pace {}

    /// When something happens, or at `next`; `searching`: something is wanted that the cluster does not serve.
    record Later(Optional<Instant> next, boolean searching) implements Pace {}

    static Pace rest(Optional<Instant> next, Observation seen) {
        boolean searching = seen.wanted() instanceof Wanted.Known known
                && known.good().held().stream()
                        .anyMatch(held -> unserved(held.fault().code()));
        return new Later(
                next, searching || !seen.world().discovery().failedGroups().isEmpty() && held(seen));
    }

    private static boolean unserved(String code) {
        return code.equals("UnknownKind") || code.equals("DefinitionPending") || code.equals("GroupUnavailable");
    }

    /// Whether the placement has anything to do with a group that is silent.
    private static boolean held(Observation seen) {
        var silent = seen.world().discovery().failedGroups();
        boolean wanted = seen.wanted() instanceof Wanted.Known known
                && known.good().kinds().stream().anyMatch(kind -> silent.contains(kind.group()));
        return wanted
                || Observer.inventory(seen.holdings()).stream()
                        .flatMap(inventory -> inventory.entries().keySet().stream())
                        .anyMatch(ref -> silent.contains(ref.group()));
    }
}
