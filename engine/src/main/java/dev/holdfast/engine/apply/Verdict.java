package dev.holdfast.engine.apply;

import dev.holdfast.engine.apply.Outcome.Change;
import dev.holdfast.engine.live.Baseline;
import dev.holdfast.model.Fault;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.LiveObject.Claim;
import dev.holdfast.model.LiveObject.Writing;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Step;
import dev.holdfast.model.Step.Force;
import dev.holdfast.model.Step.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the actuator does next, after an answer to an apply.
public sealed interface Verdict {

    /// The code of a fault that says: the object changed while it was written.
    String OUTDATED = "Outdated";

    /// The server has it. What is left is {@link OwnershipPatch#retaking} where it returns one, and the outcome.
    record Accept(Mapping object, Reply.Effect effect) implements Verdict {}

    /// Once more, with force, and with this resourceVersion in the body: `overruled` give way.
    record Force(String resourceVersion, List<Claim> overruled) implements Verdict {
        public Force {
            overruled = List.copyOf(overruled);
        }
    }

    /// What we knew of the object is not true any more: read it, and let the next decision judge.
    record LookAgain(Fault fault) implements Verdict {}

    record Give(Fault fault) implements Verdict {}

    /// After the first, unforced try.
    static Verdict on(Step.Apply step, Reply reply) {
        return switch (reply) {
            case Reply.Done(var object, var effect) -> new Accept(object, effect);
            case Reply.Conflicting(var claims, var _) -> overrule(step, claims);
            case Reply.Outdated(var message) -> new LookAgain(outdated(step.ref(), message));
            case Reply.Invalid _,
                    Reply.Forbidden _,
                    Reply.Missing _,
                    Reply.NoSuchApi _,
                    Reply.NamespaceEnding _,
                    Reply.Unavailable _ ->
                new Give(fault(step.ref(), step.desired().origin(), reply));
        };
    }

    /// After the forced try: a second conflict means that the object changed in between.
    static Verdict onForced(Step.Apply step, Reply reply) {
        return reply instanceof Reply.Conflicting(var _, var message)
                ? new LookAgain(outdated(step.ref(), message))
                : on(step, reply);
    }

    /// What a dry run before the first write says: why the server would refuse, if it would. An object that changed
    /// while it was asked about is no refusal: its apply looks again.
    static Optional<Fault> refusal(Verdict verdict) {
        return switch (verdict) {
            case Accept _, LookAgain _ -> Optional.empty();
            case Give(var fault) -> Optional.of(fault);
            case Force _ -> throw new IllegalArgumentException("a forced apply is not forced again");
        };
    }

    private static Verdict overrule(Step.Apply step, List<Claim> claims) {
        if (step.live().isEmpty()) {
            return new LookAgain(outdated(step.ref(), "it exists meanwhile, with fields of " + managers(claims)));
        }
        var firm =
                claims.stream().filter(claim -> !givesWay(step.force(), claim)).toList();
        return firm.isEmpty() ? new Force(step.live().get().resourceVersion(), claims) : new Give(conflict(step, firm));
    }

    private static boolean givesWay(Step.Force force, Claim claim) {
        if (claim.writing() == Writing.UPDATE) return true;
        return switch (force) {
            case Step.Force.OverUpdates _ -> false;
            case Step.Force.Over(var managers) -> managers.contains(claim.manager());
        };
    }

    private static Fault conflict(Step.Apply step, List<Claim> firm) {
        var ref = step.ref();
        var fields = firm.stream()
                .map(claim -> claim.manager() + " applies " + String.join(", ", claim.fields()))
                .collect(Collectors.joining("; "));
        return Fault.at(
                        step.desired().origin(),
                        "FieldConflict",
                        ref.words() + " has another owner for fields that Git sets: " + fields,
                        "Take them out of one of the two, put them under spec.ignore, or name the tool in sync.adopt")
                .about(ref);
    }

    private static String managers(List<Claim> claims) {
        return claims.stream().map(Claim::manager).distinct().collect(Collectors.joining(", "));
    }

    private static Fault outdated(Ref ref, String message) {
        return Fault.temporary(OUTDATED, ref.words() + " changed meanwhile: " + message, "It is looked at again")
                .about(ref);
    }

    /// A refusal as a fault, for any write of an object.
    static Fault fault(Ref ref, Origin place, Reply reply) {
        return switch (reply) {
            // the words of an API server about a webhook that declares side effects
            case Reply.Invalid(var message, var _)
            when message.contains("does not support dry run") ->
                Fault.at(
                                place,
                                "DryRunUnsupported",
                                "%s can't be asked about: %s".formatted(ref.words(), message),
                                "Let that webhook declare sideEffects: None, or set sync.validate: local")
                        .about(ref);
            case Reply.Invalid(var message, var causes) ->
                Fault.at(
                                place,
                                "Rejected",
                                "%s was rejected by the API server: %s"
                                        .formatted(ref.words(), causes.isEmpty() ? message : String.join("; ", causes)),
                                "Correct it in Git")
                        .about(ref);
            case Reply.Forbidden(var message) ->
                Fault.at(
                                place,
                                "Forbidden",
                                "%s may not be written: %s".formatted(ref.words(), message),
                                "Grant the right, or change spec.runAs")
                        .about(ref);
            case Reply.Missing(var message) ->
                waiting(ref, place, "NamespaceMissing", message, "Create the namespace, or set createNamespace");
            case Reply.NoSuchApi(var message) ->
                waiting(ref, place, "ApiGone", message, "Install the definition of " + ref.groupKind());
            case Reply.NamespaceEnding(var message) ->
                waiting(ref, place, "NamespaceTerminating", message, "It is created when the namespace is back");
            case Reply.Unavailable(var message) ->
                Fault.temporary("ApiUnavailable", "%s was not written: %s".formatted(ref.words(), message), "")
                        .about(ref);
            case Reply.Outdated(var message) -> outdated(ref, message);
            case Reply.Conflicting(var _, var message) -> outdated(ref, message);
            case Reply.Done _ -> throw new IllegalArgumentException("a write that was done is no fault");
        };
    }

    private static Fault waiting(Ref ref, Origin place, String code, String message, String next) {
        var words = "%s can't be written yet: %s".formatted(ref.words(), message);
        return new Fault.Waiting(
                new Fault.Explanation(code, words, next, Optional.of(ref), place), "change around " + ref.words());
    }

    /// How an accepted apply counts. Drift is what the answer put back: where only the object's status or the
    /// ownership of equal values moved, there was none. `overruled` are the managers of a 409, if there was one.
    static Outcome outcome(
            Step.Apply step, Reply.Effect effect, LiveObject after, Baseline base, List<Claim> overruled) {
        if (effect == Reply.Effect.CREATED) {
            return new Outcome.Applied(after, base, Change.CREATED, Optional.empty());
        }
        boolean same = step.live()
                .filter(before -> before.resourceVersion().equals(after.resourceVersion())
                        || step.reason() == Reason.HEAL
                                && before.hints().values().equals(base.values()))
                .isPresent();
        if (same) return new Outcome.Applied(after, base, Change.UNCHANGED, Optional.empty());
        var drift = step.reason() == Reason.HEAL ? Optional.of(drift(step, overruled)) : Optional.<String>empty();
        return new Outcome.Applied(after, base, Change.CHANGED, drift);
    }

    /// `ConfigMap team-a/x: kubectl-edit changed .data.a`.
    private static String drift(Step.Apply step, List<Claim> overruled) {
        var claims = overruled.isEmpty()
                ? step.live().map(live -> live.hints().claims()).orElse(List.of())
                : overruled;
        return step.ref().words() + ": " + (claims.isEmpty() ? "an unknown manager changed it" : words(claims));
    }

    /// The outcome of a dry run: what an apply would put back, or nothing.
    static Outcome inspected(Step.Inspect step, Reply reply, Optional<Baseline> answer) {
        return switch (reply) {
            case Reply.Conflicting(var claims, var _) -> new Outcome.Inspected(Optional.of(words(claims)), claims);
            case Reply.Done _ -> {
                boolean same = answer.filter(
                                base -> base.values().equals(step.live().hints().values()))
                        .isPresent();
                var claims = step.live().hints().claims();
                yield same
                        ? new Outcome.Inspected(Optional.empty(), List.of())
                        : new Outcome.Inspected(
                                Optional.of(claims.isEmpty() ? "an unknown manager changed it" : words(claims)),
                                claims);
            }
            case Reply.Outdated _,
                    Reply.Invalid _,
                    Reply.Forbidden _,
                    Reply.Missing _,
                    Reply.NoSuchApi _,
                    Reply.NamespaceEnding _,
                    Reply.Unavailable _ ->
                new Outcome.Failed(fault(step.ref(), step.desired().origin(), reply));
        };
    }

    private static String words(List<Claim> claims) {
        return claims.stream().map(Verdict::word).collect(Collectors.joining("; "));
    }

    /// Where managedFields were cleared, the server calls everybody before us by one name, which nobody bears.
    private static String word(Claim claim) {
        var who = claim.manager().equals("before-first-apply")
                ? new Claim("an unknown manager", claim.writing(), claim.fields())
                : claim;
        return who.toString();
    }
}
