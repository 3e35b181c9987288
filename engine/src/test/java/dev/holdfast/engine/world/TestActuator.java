package dev.holdfast.engine.world;

import dev.holdfast.engine.apply.ApplyBody;
import dev.holdfast.engine.apply.Outcome;
import dev.holdfast.engine.apply.OwnershipPatch;
import dev.holdfast.engine.apply.Reply;
import dev.holdfast.engine.apply.Verdict;
import dev.holdfast.engine.decide.Decision;
import dev.holdfast.engine.decide.Observation;
import dev.holdfast.engine.live.IgnoreRules;
import dev.holdfast.engine.live.LiveView;
import dev.holdfast.engine.live.LiveView.Memory;
import dev.holdfast.fields.Conflicts;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.LiveObject.Claim;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Step;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Carries out a plan against a {@link TestCluster}, rank by rank, as the runtime's actuator does.
final class TestActuator {

    private final TestApp app;
    private final Observation seen;
    private final LiveView view;

    TestActuator(TestApp app, Observation seen) {
        this.app = app;
        this.seen = seen;
        this.view = LiveView.of(seen.placement(), TestApp.KEY);
    }

    TreeMap<Ref, Outcome> carryOut(Decision.Act act) {
        var outcomes = new TreeMap<Ref, Outcome>();
        for (var rank : act.plan().ranks()) {
            for (var step : rank) {
                var outcome = carryOut(step);
                outcomes.put(step.ref(), outcome);
                app.memory.probes.remove(step.ref());
                if (outcome instanceof Outcome.Applied(var _, var _, var _, var drift))
                    drift.ifPresent(app.events::add);
            }
            if (outcomes.values().stream().anyMatch(Outcome.Failed.class::isInstance)) break;
        }
        app.memory.recall =
                app.memory.recall.after(act, outcomes, seen.placement().policy().retry(), app.now);
        return outcomes;
    }

    private Outcome carryOut(Step step) {
        return switch (step) {
            case Step.Apply apply -> apply(apply);
            case Step.Ensure(var desired, var _) -> {
                app.cluster.create(desired.body(), "holdfast");
                yield new Outcome.Ensured();
            }
            case Step.Inspect inspect -> inspect(inspect);
            case Step.Prune(var entry, var _) -> {
                app.cluster.delete(entry.ref(), entry.uid().orElseThrow());
                yield new Outcome.Deleted();
            }
            case Step.Release(var entry, var _) -> {
                var live = app.cluster.objects.get(entry.ref());
                OwnershipPatch.releasing(live, seen.placement().ownership())
                        .ifPresent(patch -> app.cluster.patch(entry.ref(), patch));
                yield new Outcome.Released();
            }
            case Step.Forget _ -> new Outcome.Gone();
        };
    }

    private Outcome apply(Step.Apply planned) {
        var step = planned;
        var ref = step.ref();
        if (step.reason() == Step.Reason.ADOPT) step = adopting(step);
        var body = ApplyBody.of(step.desired(), step.live());
        var manager = seen.placement().ownership().fieldManager();
        List<Claim> overruled = List.of();
        var verdict = Verdict.on(step, app.cluster.apply(ref, body, manager, Conflicts.REFUSE));
        if (verdict instanceof Verdict.Force(var version, var claims)) {
            overruled = claims;
            var forced = ApplyBody.forced(body, version);
            verdict = Verdict.onForced(step, app.cluster.apply(ref, forced, manager, Conflicts.FORCE));
        }
        return switch (verdict) {
            case Verdict.Accept(var object, var effect) -> accepted(step, object, effect, overruled);
            case Verdict.Force _ -> throw new AssertionError("a forced apply is not forced again");
            case Verdict.LookAgain(var fault) -> new Outcome.Failed(fault);
            case Verdict.Give(var fault) -> new Outcome.Failed(fault);
        };
    }

    private Step.Apply adopting(Step.Apply step) {
        var ref = step.ref();
        var found = app.cluster.objects.get(ref);
        var patch = OwnershipPatch.adopting(found, step, seen.placement().ownership());
        if (patch.isPresent() && app.cluster.patch(ref, patch.get()) instanceof Reply.Done(var patched, var _)) {
            found = patched;
        }
        var live = view.of(step.desired().gvk(), found, Memory.NONE);
        return step.seeing(live);
    }

    private Outcome accepted(Step.Apply step, Mapping answer, Reply.Effect effect, List<Claim> overruled) {
        var object = answer;
        if (effect == Reply.Effect.APPLIED) {
            var rules = IgnoreRules.of(seen.placement().policy().ignore());
            var patch =
                    OwnershipPatch.retaking(answer, step.ref(), seen.placement().ownership(), rules);
            if (patch.isPresent()
                    && app.cluster.patch(step.ref(), patch.get()) instanceof Reply.Done(var patched, var _)) {
                object = patched;
            }
        }
        var base = view.baseline(object, step.desired());
        app.memory.bases.put(step.ref(), base);
        LiveObject after = view.of(
                step.desired().gvk(), object, new Memory(Optional.of(base), Optional.empty(), Optional.empty()));
        return Verdict.outcome(step, effect, after, base, overruled);
    }

    /// A dry run: the cluster's state is put back afterwards.
    private Outcome inspect(Step.Inspect step) {
        var before = new TreeMap<>(app.cluster.objects);
        var body = ApplyBody.of(step.desired(), Optional.of(step.live()));
        var reply =
                app.cluster.apply(step.ref(), body, seen.placement().ownership().fieldManager(), Conflicts.REFUSE);
        var base = reply instanceof Reply.Done(var object, var _)
                ? Optional.of(view.baseline(object, step.desired()))
                : Optional.<dev.holdfast.engine.live.Baseline>empty();
        app.cluster.objects.clear();
        app.cluster.objects.putAll(before);
        return Verdict.inspected(step, reply, base);
    }
}
