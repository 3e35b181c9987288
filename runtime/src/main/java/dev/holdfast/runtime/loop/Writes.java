package dev.holdfast.runtime.loop;

import dev.holdfast.engine.apply.ApplyBody;
import dev.holdfast.engine.apply.Outcome;
import dev.holdfast.engine.apply.OwnershipPatch;
import dev.holdfast.engine.apply.Reply;
import dev.holdfast.engine.apply.Verdict;
import dev.holdfast.engine.gate.WriteGate;
import dev.holdfast.engine.gate.WriteGate.Verb;
import dev.holdfast.engine.live.Baseline;
import dev.holdfast.engine.live.IgnoreRules;
import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Inventory;
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
import dev.holdfast.port.Cluster.Apply;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Conflicts;
import dev.holdfast.port.Cluster.Delete;
import dev.holdfast.port.Cluster.Effect;
import dev.holdfast.port.Cluster.Patch;
import dev.holdfast.port.Cluster.Propagation;
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

    Writes(Cluster cluster, DiscoveryCache discovery, LiveCache live, Probes probes, WriteGate gate) {
        this.cluster = cluster;
        this.discovery = discovery;
        this.live = live;
        this.probes = probes;
        this.gate = gate;
    }

    /// What all writes of a placement have in common.
    private record As(PlacementMemory memory, Placement placement, Caller caller) {}

    /// @throws FaultException where there was no answer
    Outcome write(Step step, PlacementMemory memory, Placement placement) {
        var as = new As(memory, placement, caller(placement));
        return switch (step) {
            case Step.Apply apply -> refused(as, step, Verb.APPLY).orElseGet(() -> apply(apply, as));
            case Step.Ensure ensure -> refused(as, step, Verb.CREATE).orElseGet(() -> ensure(ensure, as));
            case Step.Inspect inspect -> inspect(inspect, as);
            case Step.Prune(var entry, var _) -> refused(as, step, Verb.DELETE).orElseGet(() -> prune(entry, as));
            case Step.Release(var entry, var _) ->
                refused(as, step, Verb.RELEASE).orElseGet(() -> release(entry, as));
            case Step.Forget _ -> new Outcome.Gone();
        };
    }

    private Optional<Outcome> refused(As as, Step step, Verb verb) {
        return gate.check(as.placement(), step.ref(), verb).map(Outcome.Failed::new);
    }

    private static Caller caller(Placement placement) {
        return placement
                .policy()
                .runAs()
                .<Caller>map(
                        name -> new Caller.ServiceAccount(placement.key().app().namespace(), name))
                .orElse(Caller.SELF);
    }

    private Outcome apply(Step.Apply planned, As as) {
        var resource = resource(planned.desired().gvk());
        var address = address(resource, planned.ref());
        var step = adopting(planned, address, as);
        probes.outdated(step.ref());
        var tried = attempt(step, address, as);
        for (int looks = 1; looks < LOOKS && tried.verdict() instanceof Verdict.LookAgain; looks++) {
            var fresh = seenAgain(step, address, as);
            if (fresh.isEmpty()) break;
            step = fresh.get();
            tried = attempt(step, address, as);
        }
        return switch (tried.verdict()) {
            case Verdict.Accept accept -> accepted(step, resource, accept, tried.overruled(), as);
            case Verdict.LookAgain(var fault) -> lookAgain(step, fault);
            case Verdict.Force _ -> throw new IllegalStateException("a forced apply is not forced again");
            case Verdict.Give(var fault) -> given(fault);
        };
    }

    private record Attempt(Verdict verdict, List<Claim> overruled) {}

    private Attempt attempt(Step.Apply step, Address address, As as) {
        var body = ApplyBody.of(step.desired(), step.live());
        var verdict = Verdict.on(step, send(address, body, Conflicts.REFUSE, as));
        if (!(verdict instanceof Verdict.Force(var version, var claims))) return new Attempt(verdict, List.of());
        var forced = ApplyBody.forced(body, version);
        return new Attempt(Verdict.onForced(step, send(address, forced, Conflicts.FORCE, as)), claims);
    }

    /// Right after a change controllers write what follows from it, so that a forced apply finds the object moved on:
    /// no reason to give up. Whether it is still the object that was meant is asked first; all else the next
    decision
    /// judges.
    private Optional<Step.Apply> seenAgain(Step.Apply step, Address address, As as) {
        var meant = step.live().map(LiveObject::uid);
        if (meant.isEmpty()) return Optional.empty();
        if (!(cluster.read(address, as.caller()) instanceof Answer.Done(var _, var object, var _))) {
            return Optional.empty();
        }
        var seen = as.memory().see(step.desired().gvk(), object);
        boolean same = meant.get().equals(seen.uid()) && seen.deletedAt().isEmpty();
        return same ? Optional.of(step.seeing(seen)) : Optional.empty();
    }

    /// An adoption knows no more than metadata until here: the object is read, so that the apply means just that one.
    /// Where the adoption names tools, their claims become ours first.
    private Step.Apply adopting(Step.Apply step, Address address, As as) {
        if (step.reason() != Step.Reason.ADOPT || step.live().isPresent()) return step;
        return switch (cluster.read(address, as.caller())) {
            case Answer.Done(var _, var object, var _) ->
                step.seeing(as.memory().see(step.desired().gvk(), takenOver(step, address, object, as)));
            case Answer.Refused(var status) -> {
                // gone meanwhile: then it is created
                if (status.code() == 404 && !status.reason().isEmpty()) yield step;
                throw failed(step.ref(), status);
            }
        };
    }

    private Mapping takenOver(Step.Apply step, Address address, Mapping object, As as) {
        var patch = OwnershipPatch.adopting(object, step, as.placement().ownership());
        if (patch.isEmpty()) return object;
        return switch (cluster.patch(address, new Patch.Json(patch.get().items()), manager(as), as.caller())) {
            case Answer.Done(var _, var body, var _) -> body;
            case Answer.Refused(var status) -> throw failed(step.ref(), status);
        };
    }

    private Reply send(Address address, Mapping body, Conflicts conflicts, As as) {
        return Replies.of(cluster.apply(new Apply(address, body, manager(as), conflicts, Effect.WRITE), as.caller()));
    }

    private Outcome accepted(
            Step.Apply step, ApiResource resource, Verdict.Accept accept, List<Claim> overruled, As as) {
        var last = retaken(step, address(resource, step.ref()), accept.object(), as);
        var base = as.memory().remember(step.desired(), last);
        var seen = live.accept(resource, as.placement().key().id(), last)
                .orElseGet(() -> as.memory().see(step.desired().gvk(), last));
        return Verdict.outcome(step, accept.effect(), seen, base, overruled);
    }

    /// Takes our fields away from managers that wrote them by hand. Where that fails, the next difference tries
    /// again.
    private Mapping retaken(Step.Apply step, Address address, Mapping object, As as) {
        var rules = IgnoreRules.of(as.placement().policy().ignore());
        var patch = OwnershipPatch.retaking(object, step.ref(), as.placement().ownership(), rules);
        if (patch.isEmpty()) return object;
        var answer = cluster.patch(address, new Patch.Json(patch.get().items()), manager(as), as.caller());
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

    private Outcome ensure(Step.Ensure step, As as) {
        var resource = resource(step.desired().gvk());
        var answer =
                cluster.create(address(resource, step.ref()), step.desired().body(), manager(as), as.caller());
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

    private Outcome inspect(Step.Inspect step, As as) {
        var resource = resource(step.desired().gvk());
        var body = ApplyBody.of(step.desired(), Optional.of(step.live()));
        var apply = new Apply(address(resource, step.ref()), body, manager(as), Conflicts.REFUSE, Effect.DRY_RUN);
        var reply = Replies.of(cluster.apply(apply, as.caller()));
        Optional<Baseline> answer = reply instanceof Reply.Done(var object, var _)
                ? Optional.of(as.memory().view().baseline(step.desired().gvk(), object, step.desired()))
                : Optional.empty();
        return Verdict.inspected(step, reply, answer);
    }

    private Outcome prune(Inventory.Entry entry, As as) {
        var served = served(entry.gvk());
        if (served.isEmpty()) return new Outcome.Gone();
        var resource = served.get();
        var uid = entry.uid().orElse("");
        if (uid.isEmpty()) return new Outcome.Gone();
        live.deleting(resource, uid);
        var delete = new Delete(address(resource, entry.ref()), uid, Optional.empty(), Propagation.BACKGROUND);
        var answer = cluster.delete(delete, as.caller());
        probes.outdated(entry.ref());
        as.memory().forgetBase(entry.ref());
        return switch (answer) {
            case Answer.Done(var _, var body, var _) -> {
                // an object with finalizers comes back itself, and ends later
                boolean ending =
                        body.text("metadata", "uid").filter(uid::equals).isPresent()
                                && body.text("metadata", "deletionTimestamp").isPresent();
                if (ending) live.accept(resource, as.placement().key().id(), body);
                else live.left(resource, uid);
                yield new Outcome.Deleted();
            }
            case Answer.Refused(var status) -> {
                if (status.code() == 404 && !status.reason().isEmpty()) {
                    live.left(resource, uid);
                    yield new Outcome.Gone();
                }
                live.staying(resource, uid);
                if (status.code() == 409)
                    live.find(resource, as.placement().key().id(), entry.ref());
                yield new Outcome.Failed(Verdict.fault(entry.ref(), Origin.NONE, Replies.refused(status)));
            }
        };
    }

    private Outcome release(Inventory.Entry entry, As as) {
        var served = served(entry.gvk());
        if (served.isEmpty()) return new Outcome.Gone();
        var address = address(served.get(), entry.ref());
        var answer = cluster.read(address, as.caller());
        if (answer instanceof Answer.Done(var _, var object, var _)) {
            var uid = object.text("metadata", "uid").orElse("");
            if (entry.uid().filter(uid::equals).isEmpty()) return new Outcome.Gone();
            var patch = OwnershipPatch.releasing(object, as.placement().ownership());
            if (patch.isPresent()) {
                live.deleting(served.get(), uid);
                answer = cluster.patch(address, new Patch.Json(patch.get().items()), manager(as), as.caller());
                if (answer instanceof Answer.Refused) live.staying(served.get(), uid);
                else live.left(served.get(), uid);
            }
        }
        return switch (answer) {
            case Answer.Done _ -> new Outcome.Released();
            case Answer.Refused(var status) -> {
                if (status.code() == 404 && !status.reason().isEmpty()) yield new Outcome.Gone();
                yield new Outcome.Failed(Verdict.fault(entry.ref(), Origin.NONE, Replies.refused(status)));
            }
        };
    }

    private ApiResource resource(Gvk gvk) {
        return discovery.current().find(gvk).orElseThrow(() -> {
            discovery.changed();
            return new FaultException(
                    Fault.waiting("ApiGone", gvk + " is not served any more", "definition of " + gvk.groupKind()));
        });
    }

    /// What the inventory names may be served in another version by now.
    private Optional<ApiResource> served(Gvk gvk) {
        var now = discovery.current();
        return now.find(gvk).or(() -> now.preferred(gvk.groupKind()));
    }

    private static Address address(ApiResource resource, Ref ref) {
        return Address.of(resource, ref.namespace(), ref.name());
    }

    private static String manager(As as) {
        return as.placement().ownership().fieldManager();
    }

    private static FaultException failed(Ref ref, Cluster.ApiStatus status) {
        return new FaultException(Verdict.fault(ref, Origin.NONE, Replies.refused(status)));
    }
}
