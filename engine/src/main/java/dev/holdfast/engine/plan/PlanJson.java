package dev.holdfast.engine.plan;

import dev.holdfast.model.Fault;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Plan;
import dev.holdfast.model.Plan.Held;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Step;
import dev.holdfast.model.Value;

/// A plan as programs read it. Holds no values of objects, so nothing in it is secret.
public final class PlanJson {

    private PlanJson() {}

    public static Mapping of(Plan plan) {
        var ranks = plan.ranks().stream()
                .map(rank -> Value.of(rank.stream().map(PlanJson::step).toList()))
                .toList();
        var json = Mapping.builder()
                .put("app", plan.placement().app().toString())
                .put("target", plan.placement().target())
                .put("cluster", plan.placement().cluster())
                .put(
                        "revisions",
                        Value.of(plan.revisions().stream()
                                .map(revision -> Mapping.builder()
                                        .put("source", revision.source())
                                        .put("ref", revision.ref())
                                        .put("commit", revision.commit())
                                        .build())
                                .toList()))
                .put("ranks", Value.of(ranks))
                .put("held", Value.of(plan.held().stream().map(PlanJson::held).toList()));
        plan.confirmation()
                .ifPresent(open -> json.put(
                        "confirm",
                        Mapping.builder()
                                .put("digest", plan.digest().hex())
                                .put("why", open.why())
                                .put(
                                        "deletes",
                                        Value.of(open.deletes().stream()
                                                .map(PlanJson::ref)
                                                .toList()))
                                .put("alsoLost", Value.texts(open.alsoLost()))
                                .build()));
        return json.put("summary", PlanText.summary(plan)).build();
    }

    private static Mapping step(Step step) {
        var why = switch (step) {
            case Step.Apply apply -> apply.why();
            case Step.Ensure ensure -> ensure.why();
            case Step.Inspect inspect -> inspect.why();
            case Step.Prune prune -> prune.why();
            case Step.Release release -> release.why();
            case Step.Forget forget -> forget.why();
        };
        var json = Mapping.builder()
                .put("action", PlanText.verb(step))
                .put("object", ref(step.ref()))
                .put("why", why);
        if (step instanceof Step.Apply apply && apply.desired().origin().known()) {
            json.put("place", apply.desired().origin().place());
        }
        return json.build();
    }

    private static Mapping held(Held held) {
        Fault.Explanation known = held.fault().explanation();
        return Mapping.builder()
                .put("object", ref(held.ref()))
                .put("code", known.code())
                .put("message", known.message())
                .put("next", known.next())
                .put("place", known.place().place())
                .build();
    }

    private static Mapping ref(Ref ref) {
        return Mapping.builder()
                .put("group", ref.group())
                .put("kind", ref.kind())
                .put("namespace", ref.namespace())
                .put("name", ref.name())
                .build();
    }
}
