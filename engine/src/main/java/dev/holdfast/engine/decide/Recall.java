package dev.holdfast.engine.decide;

import dev.holdfast.engine.apply.Outcome;
import dev.holdfast.model.Digest;
import dev.holdfast.model.Fault;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.LiveObject.Claim;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Placement.Retry;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the process remembers of a placement and may forget: how often each object was healed lately, and which
/// differences were already inspected where nothing may be written. Losing it costs a request, nothing else.
public record Recall(SortedMap<Ref, Healed> healed, SortedMap<Ref, Inspected> inspected) {

    public static final Recall NOTHING = new Recall(new TreeMap<>(), new TreeMap<>());

    /// Heals of one object within a minute that are free; an object that somebody else changes back again and again
    /// is healed ever more slowly after that.
    static final int FREE = 30;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    public Recall {
        healed = Collections.unmodifiableSortedMap(new TreeMap<>(healed));
        inspected = Collections.unmodifiableSortedMap(new TreeMap<>(inspected));
    }

    /// `count` heals, the last `failures` of them refused, the last one at `last`; none before `notBefore`.
    public record Healed(int count, int failures, Instant last, Instant notBefore) {}

    /// A difference that was looked at: the digests that it was seen at, and what it was (empty: no drift).
    public record Inspected(Digest values, Digest owned, Optional<String> drift, List<Claim> claims) {
        public Inspected {
            claims = List.copyOf(claims);
        }
    }

    /// When the object may be healed again.
    public Instant next(Ref ref, Instant now) {
        var known = healed.get(ref);
        return known == null ? now : known.notBefore();
    }

    public Optional<Inspected> inspection(LiveObject live) {
        var hints = live.hints();
        return Optional.ofNullable(inspected.get(live.ref()))
                .filter(seen ->
                        seen.values().equals(hints.values()) && seen.owned().equals(hints.owned()));
    }

    public Recall inspecting(Ref ref, Inspected found) {
        var more = new TreeMap<>(inspected);
        more.put(ref, found);
        return new Recall(healed, more);
    }

    /// What is remembered of a pass. Only heals count: an operation has its own backoff.
    public Recall after(Decision.Act act, SortedMap<Ref, Outcome> outcomes, Retry retry, Instant now) {
        if (act.operation().cause() != Operation.Cause.DRIFT) return this;
        var recall = this;
        for (var step : act.plan().steps()) {
            recall = switch (outcomes.get(step.ref())) {
                case Outcome.Applied _ -> recall.healing(step.ref(), now);
                case Outcome.Failed(var fault) -> recall.refusing(step.ref(), fault, retry, now);
                case Outcome.Inspected(var drift, var claims) -> recall.inspecting(step, drift, claims);
                case Outcome.Ensured _, Outcome.Deleted _, Outcome.Released _, Outcome.Gone _, Outcome.Skipped _ ->
                    recall;
                case null -> recall;
            };
        }
        return recall;
    }

    private Recall inspecting(Step step, Optional<String> drift, List<Claim> claims) {
        if (!(step instanceof Step.Inspect(var _, var live, var _))) return this;
        return inspecting(
                step.ref(), new Inspected(live.hints().values(), live.hints().owned(), drift, claims));
    }

    public Recall healing(Ref ref, Instant now) {
        int count = recent(ref, now) + 1;
        var wait = count <= FREE ? Duration.ZERO : Backoff.of(Retry.DEFAULT, count - FREE);
        return with(ref, new Healed(count, 0, now, now.plus(wait)));
    }

    /// The heal was refused: the next one waits longer each time.
    public Recall refusing(Ref ref, Fault fault, Retry retry, Instant now) {
        var known = healed.get(ref);
        int failures = known == null ? 1 : known.failures() + 1;
        var wait = Backoff.after(fault, retry, failures);
        return with(ref, new Healed(recent(ref, now), failures, now, now.plus(wait)));
    }

    private int recent(Ref ref, Instant now) {
        var known = healed.get(ref);
        boolean fresh = known != null && known.last().plus(WINDOW).isAfter(now);
        return fresh && known != null ? known.count() : 0;
    }

    private Recall with(Ref ref, Healed state) {
        var more = new TreeMap<>(healed);
        more.put(ref, state);
        return new Recall(more, inspected);
    }
}
