package dev.holdfast.runtime.loop;

import dev.holdfast.engine.apply.ApplyBody;
import dev.holdfast.engine.apply.Outcome;
import dev.holdfast.engine.apply.Reply;
import dev.holdfast.engine.apply.Verdict;
import dev.holdfast.engine.live.Baseline;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Step;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.Apply;
import dev.holdfast.port.Cluster.Conflicts;
import dev.holdfast.port.Cluster.Effect;
import dev.holdfast.runtime.discovery.DiscoveryCache;
import java.util.Optional;

/// Questions to the API server that write nothing.
final class DryRuns {

    private final Cluster cluster;
    private final DiscoveryCache discovery;
    private final Attempts attempts;

    DryRuns(Cluster cluster, DiscoveryCache discovery) {
        this.cluster = cluster;
        this.discovery = discovery;
        this.attempts = new Attempts(cluster);
    }

    /// Whether a difference is drift.
    Outcome inspect(Step.Inspect step, Author author) {
        var resource = discovery.exactly(step.desired().gvk());
        var body = ApplyBody.of(step.desired(), Optional.of(step.live()));
        var address = Author.address(resource, step.ref());
        var apply = new Apply(address, body, author.manager(), Conflicts.REFUSE, Effect.DRY_RUN);
        var reply = Replies.of(cluster.apply(apply, author.caller()));
        Optional<Baseline> answer = reply instanceof Reply.Done(var object, var _)
                ? Optional.of(author.memory().view().baseline(object, step.desired()))
                : Optional.empty();
        return Verdict.inspected(step, reply, answer);
    }

    /// Why the server would refuse this apply; empty where it would take it.
    Optional<Fault> rehearse(Step.Apply step, Author author) {
        try {
            var address = Author.address(discovery.exactly(step.desired().gvk()), step.ref());
            var attempt = attempts.once(met(step, address, author), address, author, Effect.DRY_RUN);
            return Verdict.refusal(attempt.verdict());
        } catch (FaultException unanswered) {
            return Optional.of(unanswered.fault().about(step.ref()));
        }
    }

    /// An adoption means the object that stands there, of which no more than metadata is known until here.
    private Step.Apply met(Step.Apply step, Address address, Author author) {
        if (step.reason() != Step.Reason.ADOPT || step.live().isPresent()) return step;
        return switch (cluster.read(address, author.caller())) {
            case Answer.Done(var _, var object, var _) ->
                step.seeing(author.memory().see(step.desired().gvk(), object));
            case Answer.Refused(var status) -> {
                if (status.code() == 404) yield step;
                throw new FaultException(Verdict.fault(step.ref(), Origin.NONE, Replies.refused(status)));
            }
        };
    }
}
