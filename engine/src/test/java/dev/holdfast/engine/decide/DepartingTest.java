package dev.holdfast.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.guard.PlanDigest;
import dev.holdfast.engine.world.Placements;
import dev.holdfast.engine.world.TestApp;
import dev.holdfast.engine.world.TestCluster;
import dev.holdfast.engine.world.Yaml;
import dev.holdfast.model.Manifest;
import dev.holdfast.model.Placement.Drift;
import dev.holdfast.model.Placement.Ending;
import dev.holdfast.model.Placement.Mode;
import dev.holdfast.model.Placement.Requests;
import dev.holdfast.model.Plan;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DepartingTest {

    private final TestCluster cluster = new TestCluster();
    private final TestApp app = new TestApp(cluster);

    private void policy(dev.holdfast.model.Placement.Policy policy) {
        app.placement = Placements.with(app.placement, policy);
    }

    private void confirm(String digest) {
        app.placement = Placements.asking(app.placement, new Requests(Optional.empty(), Optional.of(digest)));
    }

    private static Plan.Confirmation confirmation(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Hold.class);
        return ((Decision.Hold) decision).plan().confirmation().orElseThrow();
    }

    private long deletes() {
        return cluster.log.stream().filter(line -> line.startsWith("delete")).count();
    }

    private static List<Manifest> maps(int count) {
        return Yaml.configMaps(
                IntStream.range(0, count).mapToObj(i -> "m" + i + "=1").toArray(String[]::new));
    }

    @Test
    void deletingTheAppDeletesJustWhatItOwns() {
        app.manifests = Yaml.configMaps("a=1", "b=1");
        app.settle();
        var neighbour = cluster.create(
                Yaml.object("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: theirs, namespace: team-a}"), "kubectl");
        app.placement = Placements.going(app.placement, Ending.NONE);

        assertThat(app.settle()).isInstanceOf(Decision.Forget.class);

        assertThat(cluster.objects).containsOnlyKeys(neighbour);
    }

    @Test
    void theDeletionOfALargeAppIsConfirmedFromTheInventoryAlone() {
        app.manifests = maps(30);
        app.settle();
        app.placement = Placements.going(app.placement, Ending.NONE);
        assertThat(confirmation(app.settle()).deletes()).hasSize(30);

        confirm(PlanDigest.ofDeletion(app.inventory()).hex());
        cluster.finalized.add(Yaml.configMap("m7"));
        assertThat(app.settle()).isInstanceOf(Decision.Await.class);
        app.crash();
        assertThat(app.settle()).isInstanceOf(Decision.Await.class);
        cluster.objects.remove(Yaml.configMap("m7"));

        assertThat(app.settle()).isInstanceOf(Decision.Forget.class);
        assertThat(deletes()).isEqualTo(30);
    }

    @Test
    void orphaningLeavesValuesAndTakesOurMarksOff() {
        policy(Placements.orphaning(Placements.policy(Mode.AUTOMATIC, Drift.HEAL)));
        app.manifests = Yaml.configMaps("a=1");
        app.settle();
        app.placement = Placements.going(app.placement, Ending.NONE);

        assertThat(app.settle()).isInstanceOf(Decision.Forget.class);
        assertReleased("1");
    }

    @Test
    void anAppThatGoesWithItsNamespaceOrDefinitionOrphans() {
        for (var ending : List.of(Ending.NAMESPACE, Ending.DEFINITION)) {
            app.manifests = Yaml.configMaps("a=1");
            app.placement = Placements.named("shop");
            app.settle();
            app.placement = Placements.going(app.placement, ending);

            assertThat(app.settle()).isInstanceOf(Decision.Forget.class);
            assertReleased("1");
        }
    }

    private void assertReleased(String value) {
        var live = cluster.object(Yaml.configMap("a"));
        assertThat(live.text("data", "v")).contains(value);
        assertThat(live.mapping("metadata", "labels").keys()).isEmpty();
        assertThat(live.mapping("metadata", "annotations").keys()).isEmpty();
        assertThat(live.sequence("metadata", "managedFields").mappings())
                .allMatch(entry -> !entry.text("manager").orElse("").startsWith("holdfast-"));
        assertThat(deletes()).isZero();
    }

    @Test
    void aSuspendedAppThatIsDeletedWaits() {
        app.manifests = Yaml.configMaps("a=1");
        app.settle();
        cluster.log.clear();
        policy(Placements.suspended(app.placement.policy()));
        app.placement = Placements.going(app.placement, Ending.NONE);

        assertThat(app.settle())
                .isInstanceOfSatisfying(
                        Decision.Rest.class,
                        rest -> assertThat(rest.why()).contains("suspended", "until it is resumed"));
        assertThat(cluster.log).isEmpty();

        policy(Placements.policy(Mode.AUTOMATIC, Drift.HEAL));
        assertThat(app.settle()).isInstanceOf(Decision.Forget.class);
        assertThat(cluster.objects).isEmpty();
    }

    @Test
    void anAdoptedNamespaceOutlivesTheApp() {
        cluster.create(Yaml.object("apiVersion: v1\nkind: Namespace\nmetadata: {name: extra}"), "kubectl-create");
        app.manifests = Yaml.manifests("n.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: extra}");
        app.settle();
        app.placement = Placements.going(app.placement, Ending.NONE);
        var whole = PlanDigest.ofWholeDeletion(app.inventory()).hex();
        assertThat(whole).isNotEqualTo(PlanDigest.ofDeletion(app.inventory()).hex());

        assertThat(app.settle()).isInstanceOf(Decision.Forget.class);

        assertThat(cluster.objects).hasSize(1);
    }
}
