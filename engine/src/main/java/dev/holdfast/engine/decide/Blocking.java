package dev.holdfast.engine.decide;

import dev.holdfast.model.Fault;
import dev.holdfast.model.Plan.Held;
import java.util.List;

/// What a held object holds up besides itself.
enum Blocking {
    /// Nothing: it is kept on purpose, or a difference that is only reported.
    NOTE,
    /// The end of the operation, and all deletes; other objects go on.
    OPERATION,
    /// Also every later rank.
    RANKS;

    static final String KEPT = "KeptByPolicy";
    static final String DRIFTED = "Drifted";
    static final String EARLIER_RANK = "EarlierRank";
    static final String PRUNE_WAITS = "PruneWaits";
    static final String NOT_LISTED = "NotListed";
    static final String GROUP = "GroupUnavailable";
    static final String LABEL_LOST = "OwnerLabelLost";

    static Blocking of(Held held) {
        return switch (held.fault().code()) {
            case KEPT, DRIFTED -> NOTE;
            case EARLIER_RANK, PRUNE_WAITS, NOT_LISTED, GROUP, LABEL_LOST -> OPERATION;
            default -> RANKS;
        };
    }

    static boolean any(List<Held> held) {
        return held.stream().anyMatch(one -> of(one) != NOTE);
    }

    /// What a person must do something about, first.
    static List<Fault> faults(List<Held> held) {
        var terminal = held.stream()
                .map(Held::fault)
                .filter(Fault.Terminal.class::isInstance)
                .toList();
        var others = held.stream()
                .filter(one -> of(one) != NOTE)
                .map(Held::fault)
                .filter(fault -> !(fault instanceof Fault.Terminal))
                .toList();
        return java.util.stream.Stream.concat(terminal.stream(), others.stream())
                .toList();
    }
}
