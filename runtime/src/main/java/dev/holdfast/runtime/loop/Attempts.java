package dev.holdfast.runtime.loop;

import dev.holdfast.engine.apply.ApplyBody;
import dev.holdfast.engine.apply.Reply;
import dev.holdfast.engine.apply.Verdict;
import dev.holdfast.model.LiveObject.Claim;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Step;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Apply;
import dev.holdfast.port.Cluster.Conflicts;
import dev.holdfast.port.Cluster.Effect;
import java.util.List;

/// One apply, as a write or as a dry run: unforced first, and forced where that may be.
final class Attempts {

    private final Cluster cluster;

    Attempts(Cluster cluster) {
        this.cluster = cluster;
    }

    /// `overruled` are those whose fields a forced apply takes. The verdict is never {@link Verdict.Force}.
    record Attempt(Verdict verdict, List<Claim> overruled) {}

    Attempt once(Step.Apply step, Address address, Author author, Effect effect) {
        var body = ApplyBody.of(step.desired(), step.live());
        var verdict = Verdict.on(step, send(apply(address, body, author, effect), author));
        if (!(verdict instanceof Verdict.Force(var version, var claims))) return new Attempt(verdict, List.of());
        var forced = new Apply(address, ApplyBody.forced(body, version), author.manager(), Conflicts.FORCE, effect);
        return new Attempt(Verdict.onForced(step, send(forced, author)), claims);
    }

    private static Apply apply(Address address, Mapping body, Author author, Effect effect) {
        return new Apply(address, body, author.manager(), Conflicts.REFUSE, effect);
    }

    private Reply send(Apply apply, Author author) {
        return Replies.of(cluster.apply(apply, author.caller()));
    }
}
