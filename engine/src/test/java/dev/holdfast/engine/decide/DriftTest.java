package dev.holdfast.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.apply.Reply;
import dev.holdfast.engine.world.Placements;
import dev.holdfast.engine.world.TestApp;
import dev.holdfast.engine.world.TestCluster;
import dev.holdfast.engine.world.Yaml;
import dev.holdfast.fields.Conflicts;
import dev.holdfast.fields.FieldPath;
import dev.holdfast.fields.ManagedEntry;
import dev.holdfast.fields.ManagedFields;
import dev.holdfast.model.Manifest;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement.Drift;
import dev.holdfast.model.Placement.Ignore;
import dev.holdfast.model.Placement.Mode;
import dev.holdfast.model.Placement.Requests;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DriftTest {

    private static final Ref MAP = Yaml.configMap("a");
    private static final Ref WEB = new Ref("apps", "Deployment", "team-a", "web");

    private final TestCluster cluster = new TestCluster();
    private final TestApp app = new TestApp(cluster);

    private void start() {
        app.manifests = Yaml.manifests("a.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a, labels: {team: a}}
                data: {v: "1", w: "2"}
                """);
        app.settle();
        cluster.log.clear();
    }

    private void edit(UnaryOperator<Mapping> change) {
        cluster.edit(MAP, "kubectl-edit", change);
    }

    private Mapping live() {
        return cluster.object(MAP);
    }

    private List<String> managers() {
        return ManagedFields.of(live()).entries().stream()
                .map(ManagedEntry::manager)
                .toList();
    }

    @Test
    void putsBackAnEditedValueAndNamesWhoChangedIt() {
        start();
        edit(object -> object.with(List.of("data", "v"), Value.of("9")));

        app.settle();

        assertThat(live().text("data", "v")).contains("1");
        assertThat(app.events).containsExactly("ConfigMap team-a/a: kubectl-edit changed .data.v");
        assertThat(cluster.log).containsExactly("apply ConfigMap team-a/a", "apply ConfigMap team-a/a forced");
        assertThat(managers()).containsExactly(app.placement.ownership().fieldManager());
    }

    @Test
    void putsBackAlsoWhatWasEditedWhileTheProcessWasDown() {
        start();
        app.crash();
        edit(object -> object.with(List.of("data", "v"), Value.of("9")));

        app.settle();

        assertThat(live().text("data", "v")).contains("1");
        assertThat(app.events).containsExactly("ConfigMap team-a/a: kubectl-edit changed .data.v");
    }

    @Test
    void putsBackARemovedField() {
        start();
        edit(object -> object.without(List.of("data", "v")));

        app.settle();

        assertThat(live().text("data", "v")).contains("1");
        assertThat(app.events).containsExactly("ConfigMap team-a/a: an unknown manager changed .data.v");
    }

    @Test
    void putsBackAnObjectThatWasDeleted() {
        start();
        cluster.delete(MAP, "");

        app.settle();

        assertThat(live().text("data", "v")).contains("1");
        assertThat(app.inventory().find(MAP).orElseThrow().uid()).isEqualTo(live().text("metadata", "uid"));
    }

    @Test
    void putsBackOurOwnMarks() {
        start();
        var label = app.placement.ownership().labelKey();
        edit(object -> object.without(List.of("metadata", "labels", label)));

        app.settle();

        assertThat(live().text("metadata", "labels", label))
                .contains(app.placement.ownership().labelValue());
    }

    @Test
    void leavesFieldsOfOthersAlone() {
        start();
        edit(object -> object.with(List.of("data", "extra"), Value.of("x"))
                .with(List.of("metadata", "annotations", "note"), Value.of("hello")));

        app.settle();

        assertThat(cluster.log).isEmpty();
        assertThat(live().text("data", "extra")).contains("x");
    }

    @Test
    void takesOwnershipBackSilentlyWhereAValueIsAsItWas() {
        start();
        edit(object -> object.with(List.of("data", "v"), Value.of("9")));
        edit(object -> object.with(List.of("data", "v"), Value.of("1")));
        assertThat(managers()).contains("kubectl-edit");

        app.settle();

        assertThat(app.events).isEmpty();
        assertThat(managers()).containsExactly(app.placement.ownership().fieldManager());

        app.manifests =
                Yaml.manifests("a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {w: \"2\"}");
        app.settle();
        assertThat(live().mapping("data").keys())
                .as("a removal from Git works, because nobody else owns the field")
                .containsExactly("w");
    }

    @Test
    void takesEverythingBackAfterManagedFieldsWereReset() {
        start();
        edit(object -> object.with("metadata", object.mapping("metadata").without("managedFields")));
        cluster.objects.put(MAP, ManagedFields.without(live()));

        app.settle();

        assertThat(app.events).isEmpty();
        var managed = ManagedFields.of(live());
        var ours = managed.ownedBy(app.placement.ownership().fieldManager());
        assertThat(ours.contains(FieldPath.ofFields("data", "v"))).isTrue();
        assertThat(managed.owning(ours)).as("nobody else owns what is ours").hasSize(1);
    }

    @Test
    void aFieldOfAnotherApplierIsAConflictThatNamesIt() {
        start();
        var theirs = Yaml.object("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a, namespace: team-a}
                data: {v: "7"}
                """);
        cluster.apply(MAP, theirs, "other-tool", Conflicts.FORCE);

        app.settle();

        assertThat(live().text("data", "v")).contains("7");
        assertThat(app.inventory().history().getFirst().message()).contains("other-tool applies .data.v", "a.yaml:1");
    }

    @Test
    void aRefusedHealIsTriedEverMoreSlowly() {
        start();
        cluster.refusals.put(MAP, new Reply.Forbidden("a webhook said no"));
        edit(object -> object.with(List.of("data", "v"), Value.of("9")));
        app.settle();
        app.settle();
        assertThat(cluster.log).hasSize(1);

        app.now = app.now.plusSeconds(6);
        app.settle();
        app.now = app.now.plusSeconds(6);
        app.settle();
        assertThat(cluster.log).hasSize(2);
    }

    @Test
    void onlyReportsWhereNothingMayBeWritten() {
        start();
        app.placement = Placements.with(app.placement, Placements.policy(Mode.AUTOMATIC, Drift.REPORT));
        edit(object -> object.with(List.of("data", "v"), Value.of("9")));

        var decision = app.settle();
        app.settle();

        assertThat(live().text("data", "v")).contains("9");
        assertThat(cluster.log).as("one dry run").hasSize(1);
        assertThat(decision).isInstanceOfSatisfying(Decision.Rest.class, rest -> {
            assertThat(rest.why()).isEqualTo("1 object has drifted");
            assertThat(rest.plan().held().getFirst().fault().sentence()).contains("kubectl-edit changed .data.v");
        });

        app.placement = Placements.asking(app.placement, new Requests(Optional.of("now"), Optional.empty()));
        app.settle();
        assertThat(live().text("data", "v")).as("a person asked for a sync").contains("1");
    }

    @Test
    void ignoredDriftIsNoConcern() {
        start();
        app.placement = Placements.with(app.placement, Placements.policy(Mode.AUTOMATIC, Drift.IGNORE));
        edit(object -> object.with(List.of("data", "v"), Value.of("9")));

        assertThat(app.settle()).isInstanceOf(Decision.Rest.class);
        assertThat(cluster.log).isEmpty();
    }

    @Test
    void healsWhileOtherObjectsAreUnhealthy() {
        cluster.deploymentsStay("broken");
        app.manifests = java.util.stream.Stream.concat(
                        Yaml.configMaps("a=1").stream(),
                        Yaml.manifests("web.yaml", SyncingTest.deployment("web")).stream())
                .toList();
        assertThat(app.settle()).isInstanceOf(Decision.Await.class);

        edit(object -> object.with(List.of("data", "v"), Value.of("9")));
        app.settle();

        assertThat(live().text("data", "v")).contains("1");
    }

    private void scale(long replicas) {
        cluster.edit(WEB, "kubectl-scale", object -> object.with(List.of("spec", "replicas"), Value.of(replicas)));
    }

    private long replicas() {
        return cluster.object(WEB).whole("spec", "replicas").orElse(-1L);
    }

    private static List<Manifest> web(String image, String replicas) {
        var text = SyncingTest.deployment("web").replace("shop:1", image);
        return Yaml.manifests("web.yaml", replicas.isEmpty() ? text : text.replace("spec:\n  sel", replicas + "  sel"));
    }

    private void ignoring(Ignore... rules) {
        app.placement = Placements.with(
                app.placement, Placements.ignoring(Placements.policy(Mode.AUTOMATIC, Drift.HEAL), rules));
    }

    private static final Ignore REPLICAS = new Ignore("Deployment", Optional.empty(), List.of("spec.replicas"));
    private static final String THREE = "spec:\n  replicas: 3\n";

    @Test
    void anAutoscalerKeepsItsReplicasThroughEverything() {
        ignoring(REPLICAS);
        app.manifests = web("shop:1", THREE);
        app.settle();
        assertThat(replicas()).isEqualTo(3);

        scale(7);
        app.settle();
        assertThat(replicas()).isEqualTo(7);

        app.manifests = web("shop:2", THREE);
        app.settle();
        assertThat(replicas()).as("after a new revision").isEqualTo(7);
        assertThat(app.events).isEmpty();

        app.crash();
        app.settle();
        assertThat(replicas()).as("after a restart").isEqualTo(7);

        app.manifests = web("shop:2", "");
        app.settle();
        assertThat(replicas()).as("removed from Git").isEqualTo(7);

        ignoring();
        app.settle();
        assertThat(replicas()).as("ignore removed").isEqualTo(7);
        assertThat(app.settle()).isInstanceOf(Decision.Rest.class);
    }

    @Test
    void removingIgnoreGoesToGitsReplicasInOneWrite() {
        ignoring(REPLICAS);
        app.manifests = web("shop:1", THREE);
        app.settle();
        scale(7);
        app.settle();
        cluster.log.clear();

        ignoring();
        app.settle();

        assertThat(replicas()).isEqualTo(3);
        assertThat(cluster.log)
                .containsExactly("apply Deployment.apps team-a/web", "apply Deployment.apps team-a/web forced");
    }

    @Test
    void anIgnoredFieldThatOnlyWeOwnStaysWhenGitDropsIt() {
        ignoring(REPLICAS);
        app.manifests = web("shop:1", THREE);
        app.settle();

        app.manifests = web("shop:2", "");
        app.settle();

        assertThat(replicas()).as("never through 1").isEqualTo(3);
    }

    @Test
    void ignoresOneContainersImageByKeyAndByPointer() {
        for (var path :
                List.of("spec.template.spec.containers[name=app].image", "/spec/template/spec/containers/0/image")) {
            ignoring(new Ignore("Deployment", Optional.empty(), List.of(path)));
            app.manifests = web("shop:1", THREE);
            app.settle();
            var image = List.of("spec", "template", "spec");
            cluster.edit(
                    WEB,
                    "image-updater",
                    object -> object.with(
                            image,
                            object.mapping("spec", "template", "spec")
                                    .with("containers", Value.of(List.of(Yaml.object("name: app\nimage: shop:9"))))));
            cluster.log.clear();

            app.settle();

            assertThat(cluster.log).as(path).isEmpty();
        }
    }
}
