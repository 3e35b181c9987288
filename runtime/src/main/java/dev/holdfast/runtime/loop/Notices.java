package dev.holdfast.runtime.loop;

import dev.holdfast.dialect.App;
import dev.holdfast.engine.decide.Decision;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Operation.Cause;
import dev.holdfast.model.Operation.Phase;
import dev.holdfast.model.Plan;
import dev.holdfast.model.Revision;
import dev.holdfast.runtime.apps.Events.Notice;
import dev.holdfast.runtime.apps.Events.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which events a pass is worth: one for an operation that ended, one for each batch of healing, one for a new
/// fault.
final class Notices {

    private static final String DRIFTED = "Drifted";

    private Notices() {}

    /// @param before what was kept at the end of the pass before; empty in the first pass of a process
    static List<Notice> of(App app, Optional<Inventory> before, Optional<Inventory> now, Decision decision) {
        var notices = new ArrayList<Notice>();
        if (before.isPresent() && now.isPresent()) {
            var known = new HashSet<String>();
            before.get().history().forEach(operation -> known.add(operation.id()));
            for (var operation : now.get().history().reversed()) {
                if (!known.contains(operation.id())) ended(app, operation).ifPresent(notices::add);
            }
        }
        trouble(app, decision).ifPresent(notices::add);
        return notices;
    }

    /// What a person should look at, if anything.
    static Optional<Notice> trouble(App app, Decision decision) {
        if (!(decision instanceof Decision.Hold(var faults, var _, var _)) || faults.isEmpty()) return Optional.empty();
        var fault = faults.getFirst();
        // a failed sync told of itself when it ended
        return fault.code().equals("SyncFailed") || fault.code().equals("Retrying")
                ? Optional.empty()
                : Optional.of(warning(app, fault));
    }

    /// Differences that are known and not put back, as a decision shows them; empty for one that shows no plan.
    static Optional<List<String>> drifts(Decision decision) {
        return switch (decision) {
            case Decision.Rest(var _, var _, var plan) -> Optional.of(drifts(plan));
            case Decision.Hold(var _, var _, var plan) -> Optional.of(drifts(plan));
            case Decision.Await(var _, var _, var plan) -> Optional.of(drifts(plan));
            case Decision.Act _, Decision.Ask _, Decision.Conclude _, Decision.Forget _, Decision.Recover _ ->
                Optional.empty();
        };
    }

    private static List<String> drifts(Plan plan) {
        return plan.held().stream()
                .map(Plan.Held::fault)
                .filter(fault -> fault.code().equals(DRIFTED))
                .map(Fault::sentence)
                .toList();
    }

    /// Only what is new: a difference that stays is told once.
    static Optional<Notice> drifted(App app, List<String> known, List<String> now) {
        var fresh = now.stream().filter(words -> !known.contains(words)).toList();
        return fresh.isEmpty()
                ? Optional.empty()
                : Optional.of(notice(app, Severity.WARNING, DRIFTED, String.join("; ", fresh)));
    }

    static Notice warning(App app, Fault fault) {
        return notice(app, Severity.WARNING, fault.code(), fault.sentence());
    }

    static Notice historyRewritten(App app) {
        return notice(
                app,
                Severity.WARNING,
                "HistoryRewritten",
                "a branch of its sources was force-pushed: what ran before is not in the history of what is synced now");
    }

    static Notice inventoryRestored(App app) {
        return notice(
                app,
                Severity.WARNING,
                "InventoryRestored",
                "somebody deleted the app's inventory in Holdfast's own namespace; it was written anew");
    }

    private static Optional<Notice> ended(App app, Operation operation) {
        if (operation.cause() == Cause.DRIFT) {
            return Optional.of(
                    operation.phase() == Phase.SUCCEEDED
                            ? notice(app, Severity.NORMAL, "DriftHealed", operation.message())
                            : notice(app, Severity.WARNING, "HealFailed", operation.message()));
        }
        var revisions = operation.revisions().stream().map(Revision::words).collect(Collectors.joining(", "));
        return switch (operation.phase()) {
            case SUCCEEDED -> Optional.of(notice(app, Severity.ROUTINE, "Synced", words(operation, revisions)));
            case FAILED -> Optional.of(notice(app, Severity.WARNING, "SyncFailed", operation.message()));
            case RUNNING, SETTLING, SUPERSEDED -> Optional.empty();
        };
    }

    private static String words(Operation operation, String revisions) {
        return switch (operation.cause()) {
            case REVISION -> "synced to " + revisions;
            case PERSON -> "synced to " + revisions + ", as asked for";
            case DELETION -> "everything that the app owned is gone";
            case DRIFT -> operation.message();
        };
    }

    private static Notice notice(App app, Severity severity, String reason, String message) {
        return new Notice(app.name(), app.metadata().uid(), severity, reason, message);
    }
}
