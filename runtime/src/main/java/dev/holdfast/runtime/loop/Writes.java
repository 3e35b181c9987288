package dev.holdfast.runtime.loop;

import dev.holdfast.engine.apply.Outcome;
import dev.holdfast.engine.apply.OwnershipPatch;
import dev.holdfast.engine.apply.Verdict;
import dev.holdfast.engine.gate.WriteGate;
import dev.holdfast.engine.gate.WriteGate.Verb;
import dev.holdfast.engine.live.IgnoreRules;
import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.LiveObject.Claim;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Step;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.Effect;
import dev.holdfast.port.Cluster.Patch;
import dev.holdfast.runtime.discovery.DiscoveryCache;
import dev.holdfast.runtime.live.LiveCache;
import dev.holdfast.runtime.live.Probes;
import java.util.List;
import java.util.Optional;

/// One step, sent to the cluster with the rights that the placement writes with. What the answers mean, the engine
/// says; every answer enters the cache like a watch event.
final class Writes {

    /// How often an object is looked at for one write before the next decision has to.
    private static final int LOOKS = 4;

    private final Cluster cluster;
    private final DiscoveryCache discovery;
    private final LiveCache live;
    private final Probes probes;
    private final WriteGate gate;
    private final Attempts attempts;
    private final DryRuns dryRuns;
    private final Removals removals;

    Writes(Cluster cluster, DiscoveryCache discovery, LiveCache live, Probes probes, WriteGate gate) {
        this.cluster = cluster;
        this.discovery = discovery;
        this.live = live;
        this.probes = probes;
        this.gate = gate;
        this.attempts = new Attempts(cluster);
        this.dryRuns = new DryRuns(cluster, discovery);
        this.removals = new Removals(cluster, discovery, live, probes);
    }

    /// @throws FaultException where there was no answer
    Outcome write(Step step, PlacementMemory memory, Placement placement) {
        var author = Author.of(memory, placement);
        return switch (step) {
            case Step.Apply apply -> refused(author, step, Verb.APPLY).orElseGet(() -> apply(apply, author));
            case Step.Ensure ensure -> refused(author, step, Verb.CREATE).orElseGet(() -> ensure(ensure, author));
            case Step.Inspect inspect -> dryRuns.inspect(inspect, author);
            case Step.Prune(var entry, var _) ->
                refused(author, step, Verb.DELETE).orElseGet(() -> removals.prune(entry, author));
            case Step.Release(var entry, var _) ->
                refused(author, step, Verb.RELEASE).orElseGet(() -> removals.release(entry, author));
            case Step.Forget _ -> new Outcome.Gone();
        };
    }

    private Optional<Outcome> refused(Author author, Step step, Verb verb) {
        return gate.check(author.placement(), step.ref(), verb).map(Outcome.Failed::new);
    }

    private Outcome apply(Step.Apply planned, Author author) {
        var resource = discovery.exactly(planned.desired().gvk());
        var address = Author.address(resource, planned.ref());
        var step = adopting(planned, address, author);
        probes.outdated(step.ref());
        var tried = attempts.once(step, address, author, Effect.WRITE);
        for (int looks = 1; looks < LOOKS && tried.verdict() instanceof Verdict.LookAgain; looks++) {
            var fresh = seenAgain(step, address, author);
            if (fresh.isEmpty()) break;
            step = fresh.get();
            tried = attempts.once(step, address, author, Effect.WRITE);
        }
        return switch (tried.verdict()) {
            case Verdict.Accept accept -> accepted(step, resource, accept, tried.overruled(), author);
            case Verdict.LookAgain(var fault) -> lookAgain(step, fault);
            case Verdict.Force _ -> throw new IllegalStateException("a forced apply is not forced again");
            case Verdict.Give(var fault) -> given(fault);
        };
    }

    /// Right after a change controllers write what follows from it, so that a forced apply finds the object moved
    /// on: no reason to give up. Whether it is still the object that was meant is asked first; all else the next
    /// decision judges.
    private Optional<Step.Apply> seenAgain(Step.Apply step, Address address, Author author) {
        var meant = step.live().map(LiveObject::uid);
        if (meant.isEmpty()) return Optional.empty();
        if (!(cluster.read(address, author.caller()) instanceof Answer.Done(var _, var object, var _))) {
            return Optional.empty();
        }
        var seen = author.memory().see(step.desired().gvk(), object);
        boolean same = meant.get().equals(seen.uid()) && seen.deletedAt().isEmpty();
        return same ? Optional.of(step.seeing(seen)) : Optional.empty();
    }

    /// An adoption knows no more than metadata until here: the object is read, so that the apply means just that
    /// one. Where the adoption names tools, their claims become ours first.
    private Step.Apply adopting(Step.Apply step, Address address, Author author) {
        if (step.reason() != Step.Reason.ADOPT || step.live().isPresent()) return step;
        return switch (cluster.read(address, author.caller())) {
            case Answer.Done(var _, var object, var _) ->
                step.seeing(author.memory().see(step.desired().gvk(), takenOver(step, address, object, author)));
            case Answer.Refused(var status) -> {
                // gone meanwhile: then it is created
                if (status.code() == 404 && !status.reason().isEmpty()) yield step;
                throw failed(step.ref(), status);
            }
        };
    }

    private Mapping takenOver(Step.Apply step, Address address, Mapping object, Author author) {
        var patch = OwnershipPatch.adopting(object, step, author.placement().ownership());
        if (patch.isEmpty()) return object;
        return switch (cluster.patch(address, new Patch.Json(patch.get().items()), author.manager(), author.caller())) {
            case Answer.Done(var _, var body, var _) -> body;
            case Answer.Refused(var status) -> throw failed(step.ref(), status);
        };
    }

    private Outcome accepted(
            Step.Apply step, ApiResource resource, Verdict.Accept accept, List<Claim> overruled, Author author) {
        var last = retaken(step, Author.address(resource, step.ref()), accept.object(), author);
        var answered = author.memory().remember(step.desired(), last);
        live.accept(resource, author.memory().id(), answered.live());
        return Verdict.outcome(step, accept.effect(), answered.live(), answered.base(), overruled);
    }

    /// Takes our fields away from managers that wrote them by hand. Where that fails, the next difference tries
    /// again.
    private Mapping retaken(Step.Apply step, Address address, Mapping object, Author author) {
        var rules = IgnoreRules.of(author.placement().policy().ignore());
        var patch =
                OwnershipPatch.retaking(object, step.ref(), author.placement().ownership(), rules);
        if (patch.isEmpty()) return object;
        var answer = cluster.patch(address, new Patch.Json(patch.get().items()), author.manager(), author.caller());
        return answer instanceof Answer.Done(var _, var body, var _) ? body : object;
    }

    private Outcome lookAgain(Step.Apply step, Fault fault) {
        step.live().ifPresent(live::reread);
        return new Outcome.Failed(fault);
    }

    private Outcome given(Fault fault) {
        if (fault.code().equals("ApiGone")) discovery.changed();
        return new Outcome.Failed(fault);
    }

    private Outcome ensure(Step.Ensure step, Author author) {
        var resource = discovery.exactly(step.desired().gvk());
        var answer = cluster.create(
                Author.address(resource, step.ref()), step.desired().body(), author.manager(), author.caller());
        probes.outdated(step.ref());
        return switch (answer) {
            case Answer.Done _ -> new Outcome.Ensured();
            case Answer.Refused(var status) -> {
                if (status.reason().equals("AlreadyExists")) yield new Outcome.Ensured();
                yield new Outcome.Failed(
                        Verdict.fault(step.ref(), step.desired().origin(), Replies.refused(status)));
            }
        };
    }

    private static FaultException failed(Ref ref, Cluster.ApiStatus status) {
        return new FaultException(Verdict.fault(ref, Origin.NONE, Replies.refused(status)));
    }
}
