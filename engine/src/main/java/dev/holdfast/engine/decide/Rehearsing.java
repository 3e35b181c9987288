package dev.holdfast.engine.decide;

import dev.holdfast.engine.apply.Outcome;
import dev.holdfast.model.Fault;
import dev.holdfast.model.GroupKind;
import dev.holdfast.model.Operation.Cause;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Plan;
import dev.holdfast.model.Plan.Held;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// `sync.validate: server`: what is sent as a dry run before the first write of an operation, and what follows from
/// the answers. Nothing is written before the server would take everything, with one exception that can't be
/// avoided: where objects are refused only because their namespace, or this version of their definition, comes with
/// the same plan, namespaces and definitions are written first, and the rest is asked about again in the next pass.
public final class Rehearsing {

    private Rehearsing() {}

    public sealed interface Result {
        /// This much may be written.
        record Go(Decision.Act act) implements Result {}

        /// Nothing may: these are the outcomes of the pass.
        record Refused(SortedMap<Ref, Outcome> outcomes) implements Result {}
    }

    /// The applies to ask about; none where the placement does not want it. Healing puts back what was accepted
    /// before, so it is not asked about.
    public static List<Step.Apply> asked(Decision.Act act, Placement placement) {
        boolean wanted = switch (placement.policy().validation()) {
            case LOCAL -> false;
            case SERVER -> act.operation().cause() != Cause.DRIFT;
        };
        if (!wanted) return List.of();
        return act.plan().steps().stream()
                .filter(Step.Apply.class::isInstance)
                .map(Step.Apply.class::cast)
                .toList();
    }

    /// @param refused why the server would refuse, by object
    public static Result judged(Decision.Act act, SortedMap<Ref, Fault> refused) {
        if (refused.isEmpty()) return new Result.Go(act);
        var prepared = prepared(act.plan());
        boolean later = refused.entrySet().stream()
                .allMatch(one -> !first(one.getKey().groupKind()) && waits(one.getKey(), one.getValue(), prepared));
        return later ? new Result.Go(preparing(act)) : refused(act.plan(), refused);
    }

    /// Namespaces by name, and API groups whose definitions the plan writes.
    private record Prepared(TreeSet<String> namespaces, TreeSet<String> groups) {}

    private static Prepared prepared(Plan plan) {
        var prepared = new Prepared(new TreeSet<>(), new TreeSet<>());
        for (var step : plan.steps()) {
            if (!(step instanceof Step.Apply) && !(step instanceof Step.Ensure)) continue;
            var ref = step.ref();
            if (ref.groupKind().equals(GroupKind.NAMESPACE))
                prepared.namespaces().add(ref.name());
            // a definition is named <plural>.<group>
            if (ref.groupKind().equals(GroupKind.DEFINITION)) {
                prepared.groups().add(ref.name().substring(ref.name().indexOf('.') + 1));
            }
        }
        return prepared;
    }

    private static boolean waits(Ref ref, Fault refusal, Prepared prepared) {
        boolean namespace = refusal.code().equals("NamespaceMissing")
                && prepared.namespaces().contains(ref.namespace());
        return namespace || prepared.groups().contains(ref.group());
    }

    private static boolean first(GroupKind kind) {
        return kind.equals(GroupKind.NAMESPACE) || kind.equals(GroupKind.DEFINITION);
    }

    /// Only the namespaces and definitions of the plan; the rest of it is held until they are there.
    private static Decision.Act preparing(Decision.Act act) {
        var plan = act.plan();
        var ranks = new ArrayList<List<Step>>();
        var held = new ArrayList<>(plan.held());
        for (var rank : plan.ranks()) {
            var now = new ArrayList<Step>();
            for (var step : rank) {
                boolean makes = step instanceof Step.Apply || step instanceof Step.Ensure;
                if (makes && first(step.ref().groupKind())) now.add(step);
                else held.add(new Held(step.ref(), waiting(step.ref())));
            }
            if (!now.isEmpty()) ranks.add(now);
        }
        var first = new Plan(
                plan.placement(), plan.revisions(), ranks, Planning.sorted(held), plan.confirmation(), plan.digest());
        return new Decision.Act(first, act.operation());
    }

    private static Fault waiting(Ref ref) {
        return Fault.waiting(
                        Blocking.EARLIER_RANK,
                        "waits for the namespaces and definitions of the same set, to be checked by the server then",
                        "namespaces and definitions of the set")
                .about(ref);
    }

    private static Result refused(Plan plan, SortedMap<Ref, Fault> refused) {
        var outcomes = new TreeMap<Ref, Outcome>();
        for (var step : plan.steps()) {
            var why = Optional.ofNullable(refused.get(step.ref()));
            outcomes.put(
                    step.ref(),
                    why.<Outcome>map(Outcome.Failed::new)
                            .orElseGet(() -> new Outcome.Skipped("the server would refuse another object of the set")));
        }
        return new Result.Refused(outcomes);
    }
}
