package dev.holdfast.engine.decide;

import dev.holdfast.engine.apply.Outcome;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Operation.Cause;
import dev.holdfast.model.Operation.Phase;
import dev.holdfast.model.Ref;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/// Where an operation stands after a pass: once more, on to settling, or failed.
final class Progress {

    private Progress() {}

    static Operation of(Decision.Act act, SortedMap<Ref, Outcome> outcomes, Ledger.Closing closing) {
        var operation = act.operation();
        var faults = Ledger.faults(outcomes);
        if (!faults.isEmpty()) return failing(operation, faults, closing);
        boolean left = act.plan().steps().stream().anyMatch(step -> {
            var outcome = outcomes.get(step.ref());
            return outcome == null || outcome instanceof Outcome.Skipped;
        });
        boolean more = left
                || Blocking.any(act.plan().held())
                || act.plan().confirmation().isPresent();
        // a deletion ends when everything is gone, which only a look at the cluster tells
        if (more || operation.cause() == Cause.DELETION) return operation.in(Phase.RUNNING, closing.now(), "");
        return operation
                .in(Phase.SETTLING, closing.now(), "")
                .until(closing.now().plus(closing.policy().timeout()));
    }

    /// Transient faults are tried again for ever, ever more slowly: nobody needs to come when the API server is
    /// back. What the server refused is tried `retry.limit` times. What waits for something else does not count.
    private static Operation failing(Operation operation, List<Fault> faults, Ledger.Closing closing) {
        var retry = closing.policy().retry();
        var why = message(faults);
        boolean refused = faults.stream().anyMatch(Fault.Terminal.class::isInstance);
        boolean transients = faults.stream().anyMatch(Fault.Transient.class::isInstance);
        if (refused && !transients && operation.attempt() > retry.limit()) {
            return operation.in(Phase.FAILED, closing.now(), why);
        }
        var wait = faults.stream()
                .map(fault -> Backoff.after(fault, retry, operation.attempt()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return operation.again(closing.now().plus(Backoff.with(wait, closing.jitter())), why);
    }

    private static String message(List<Fault> faults) {
        var first = faults.stream()
                .filter(Fault.Terminal.class::isInstance)
                .findFirst()
                .orElse(faults.getFirst());
        return faults.size() == 1
                ? first.sentence()
                : "%s (and %d more)".formatted(first.sentence(), faults.size() - 1);
    }
}
