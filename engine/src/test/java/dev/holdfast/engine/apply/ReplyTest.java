package dev.holdfast.engine.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.apply.Reply.Cause;
import dev.holdfast.engine.apply.Reply.Refusal;
import dev.holdfast.engine.world.Yaml;
import dev.holdfast.model.DesiredObject;
import dev.holdfast.model.Digest;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Health;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.LiveObject.Claim;
import dev.holdfast.model.LiveObject.Hints;
import dev.holdfast.model.LiveObject.Writing;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Step;
import dev.holdfast.model.Step.Force;
import dev.holdfast.model.Step.Reason;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReplyTest {

    private static Reply refused(int code, String reason, String message, Cause... causes) {
        return Reply.refused(new Refusal(code, reason, message, List.of(causes)));
    }

    private static Cause conflict(String message, String field) {
        return new Cause("FieldManagerConflict", message, field);
    }

    @Test
    void readsWhoOwnsConflictingFieldsAndHow() {
        var reply = refused(
                409,
                "Conflict",
                "Apply failed with 3 conflicts",
                conflict("conflict with \"kubectl-edit\" using v1", ".data.a"),
                conflict("conflict with \"kubectl-edit\" using v1 at 2026-01-01T00:00:00Z", ".data.b"),
                conflict("conflict with \"hpa\" with subresource \"scale\" using apps/v1", ".spec.replicas"),
                conflict("conflict with \"argocd-controller\"", ".data.c"),
                conflict("conflict with \"an \\\"odd\\\" one\"", ".data.d"));

        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Conflicting.class,
                        found -> assertThat(found.claims())
                                .containsExactlyInAnyOrder(
                                        new Claim("kubectl-edit", Writing.UPDATE, List.of(".data.a", ".data.b")),
                                        new Claim("hpa", Writing.UPDATE, List.of(".spec.replicas")),
                                        new Claim("argocd-controller", Writing.APPLY, List.of(".data.c")),
                                        new Claim("an \"odd\" one", Writing.APPLY, List.of(".data.d"))));
    }

    @Test
    void tellsTheRecordedAnswersApart() {
        assertThat(refused(409, "Conflict", "the object has been modified; please apply your changes"))
                .isInstanceOf(Reply.Outdated.class);
        assertThat(refused(409, "Conflict", "uid mismatch: the provided object specified uid x"))
                .isInstanceOf(Reply.Outdated.class);
        assertThat(refused(
                        422,
                        "Invalid",
                        "invalid",
                        new Cause("FieldValueInvalid", "field is immutable", "metadata.uid")))
                .isInstanceOf(Reply.Outdated.class);
        assertThat(refused(422, "Invalid", "invalid", new Cause("x", "Required value", "spec.selector")))
                .isEqualTo(new Reply.Invalid("invalid", List.of("spec.selector: Required value")));
        assertThat(refused(500, "", "failed to create typed patch object (x): .spec.foo: field not declared in schema"))
                .isInstanceOf(Reply.Invalid.class);
        assertThat(refused(500, "InternalError", "etcd")).isInstanceOf(Reply.Unavailable.class);
        assertThat(refused(429, "TooManyRequests", "later")).isInstanceOf(Reply.Unavailable.class);
        assertThat(refused(404, "", "404 page not found")).isInstanceOf(Reply.NoSuchApi.class);
        assertThat(refused(404, "NotFound", "namespaces \"x\" not found")).isInstanceOf(Reply.Missing.class);
        assertThat(refused(403, "Forbidden", "no")).isInstanceOf(Reply.Forbidden.class);
        assertThat(refused(403, "Forbidden", "unable to create new content", new Cause("NamespaceTerminating", "", "")))
                .isInstanceOf(Reply.NamespaceEnding.class);
    }

    private static Step.Apply step(Optional<LiveObject> live, Force force) {
        var body = Yaml.object("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: team-a}");
        var desired = new DesiredObject(
                Yaml.configMap("a"),
                new Gvk("", "v1", "ConfigMap"),
                body,
                Digest.of("x"),
                5,
                Origin.at("a.yaml", 3, 1));
        return new Step.Apply(desired, live, Reason.HEAL, force, "");
    }

    private static LiveObject live() {
        return new LiveObject(
                Yaml.configMap("a"),
                new Gvk("", "v1", "ConfigMap"),
                "uid-1",
                "42",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Health.CURRENT,
                new Hints(Digest.of("v"), Digest.of("o"), List.of(), new TreeMap<>()));
    }

    @Test
    void forcesOnlyOverWhoeverEditedByHandOrIsNamed() {
        var byHand = new Reply.Conflicting(List.of(new Claim("kubectl-edit", Writing.UPDATE, List.of(".data.a"))), "");
        var applier =
                new Reply.Conflicting(List.of(new Claim("argocd-controller", Writing.APPLY, List.of(".data.a"))), "");
        var overUpdates = step(Optional.of(live()), new Force.OverUpdates());
        var overArgo = step(Optional.of(live()), new Force.Over(List.of("argocd-controller")));

        assertThat(Verdict.on(overUpdates, byHand))
                .isInstanceOfSatisfying(
                        Verdict.Force.class,
                        force -> assertThat(force.resourceVersion()).isEqualTo("42"));
        assertThat(Verdict.on(overArgo, applier)).isInstanceOf(Verdict.Force.class);
        assertThat(Verdict.on(overUpdates, applier)).isInstanceOfSatisfying(Verdict.Give.class, give -> {
            assertThat(give.fault()).isInstanceOf(Fault.Terminal.class);
            assertThat(give.fault().sentence()).contains("a.yaml:3", "argocd-controller applies .data.a");
        });
    }

    @Test
    void looksAgainWhereTheObjectIsNotTheOneThatWasMeant() {
        var conflict = new Reply.Conflicting(List.of(new Claim("x", Writing.UPDATE, List.of(".a"))), "");

        assertThat(Verdict.on(step(Optional.empty(), new Force.OverUpdates()), conflict))
                .as("it was to be created")
                .isInstanceOf(Verdict.LookAgain.class);
        assertThat(Verdict.onForced(step(Optional.of(live()), new Force.OverUpdates()), conflict))
                .as("a second conflict")
                .isInstanceOf(Verdict.LookAgain.class);
        assertThat(Verdict.on(step(Optional.of(live()), new Force.OverUpdates()), new Reply.Outdated("x")))
                .isInstanceOf(Verdict.LookAgain.class);
    }

    @Test
    void aReleaseThatLeavesNoManagerResetsTheField() {
        var ours = dev.holdfast.engine.world.Placements.named("shop").ownership();
        Mapping object = Yaml.object("""
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: a
                  resourceVersion: "7"
                  labels: {holdfast.dev/owner: x}
                  managedFields: [{manager: %s, operation: Apply, apiVersion: v1, fieldsV1: {'f:data': {}}}]
                """.formatted(ours.fieldManager()));

        var patch = OwnershipPatch.releasing(object, ours).orElseThrow();

        assertThat(patch.mappings().stream()
                        .map(one -> one.text("op").orElse("") + " "
                                + one.text("path").orElse("")))
                .containsExactly(
                        "test /metadata/resourceVersion",
                        "remove /metadata/labels/holdfast.dev~1owner",
                        "replace /metadata/managedFields");
        assertThat(patch.mappings().getLast().sequence("value").items()).containsExactly(Mapping.EMPTY);
    }
}
