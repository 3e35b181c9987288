package dev.holdfast.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.apply.Reply;
import dev.holdfast.engine.world.Placements;
import dev.holdfast.engine.world.TestApp;
import dev.holdfast.engine.world.TestCluster;
import dev.holdfast.engine.world.Yaml;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Inventory.Entry;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Operation.Cause;
import dev.holdfast.model.Operation.Phase;
import dev.holdfast.model.Placement.Adoption;
import dev.holdfast.model.Placement.Drift;
import dev.holdfast.model.Placement.Mode;
import dev.holdfast.model.Placement.Requests;
import dev.holdfast.model.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SyncingTest {

    private final TestCluster cluster = new TestCluster();
    private final TestApp app = new TestApp(cluster);

    @Test
    void appliesWhatIsNewInTwoInventoryWrites() {
        app.manifests = Yaml.configMaps("a=1", "b=2");

        assertThat(app.settle()).isInstanceOf(Decision.Rest.class);

        assertThat(cluster.objects.keySet()).containsExactly(Yaml.configMap("a"), Yaml.configMap("b"));
        assertThat(cluster.log)
                .containsExactly(
                        "apply ConfigMap team-a/a",
                        "created ConfigMap team-a/a",
                        "apply ConfigMap team-a/b",
                        "created ConfigMap team-a/b");
        assertThat(app.inventoryWrites).isEqualTo(2);
        assertThat(app.inventory().operation().map(Operation::phase)).contains(Phase.SUCCEEDED);
        assertThat(app.inventory().entries().values()).allMatch(Entry::applied);
    }

    @Test
    void sendsNothingWhenNothingChanged() {
        app.manifests = Yaml.configMaps("a=1");
        app.settle();
        cluster.log.clear();
        int writes = app.inventoryWrites;

        app.settle();
        app.crash();
        app.settle();

        assertThat(cluster.log).isEmpty();
        assertThat(app.inventoryWrites).isEqualTo(writes);
    }

    @Test
    void appliesOnlyWhatACommitChanged() {
        app.manifests = Yaml.configMaps("a=1", "b=2");
        app.settle();
        cluster.log.clear();

        app.manifests = Yaml.configMaps("a=1", "b=3");
        app.settle();

        assertThat(cluster.log).containsExactly("apply ConfigMap team-a/b");
        assertThat(cluster.object(Yaml.configMap("b")).text("data", "v")).contains("3");
    }

    @Test
    void removesAFieldThatGitRemoved() {
        app.manifests = List.of(mapWith("{x: '1', y: '2'}"));
        app.settle();

        app.manifests = List.of(mapWith("{x: '1'}"));
        app.settle();

        assertThat(cluster.object(Yaml.configMap("a")).mapping("data").keys()).containsExactly("x");
    }

    @Test
    void waitsInManualModeUntilSomebodyAsks() {
        app.placement = Placements.with(app.placement, Placements.policy(Mode.MANUAL, Drift.HEAL));
        app.manifests = Yaml.configMaps("a=1");

        assertThat(app.settle())
                .isInstanceOfSatisfying(
                        Decision.Rest.class, rest -> assertThat(rest.why()).isEqualTo("1 changes wait for a sync"));
        assertThat(cluster.objects).isEmpty();

        app.placement = Placements.asking(app.placement, new Requests(Optional.of("token-1"), Optional.empty()));
        app.settle();
        assertThat(cluster.objects).hasSize(1);
        assertThat(app.inventory().operation().map(Operation::cause)).contains(Cause.PERSON);

        app.manifests = Yaml.configMaps("a=2");
        app.settle();
        assertThat(cluster.object(Yaml.configMap("a")).text("data", "v"))
                .as("an answered token starts nothing again")
                .contains("1");
    }

    @Test
    void answersATokenOnceAlsoAfterManyRevisions() {
        app.placement = Placements.asking(app.placement, new Requests(Optional.of("token-1"), Optional.empty()));
        for (int i = 0; i < 15; i++) {
            app.manifests = Yaml.configMaps("a=" + i);
            app.settle();
        }
        app.crash();
        int before = app.decisions.size();

        app.settle();

        assertThat(app.decisions.subList(before, app.decisions.size()))
                .noneMatch(Decision.Act.class::isInstance)
                .last()
                .isInstanceOf(Decision.Rest.class);
        assertThat(app.inventory().history()).hasSize(10);
    }

    @Test
    void retriesARefusedObjectAndThenGivesUpUntilGitChanges() {
        app.manifests = Yaml.configMaps("a=1", "b=1");
        cluster.refusals.put(Yaml.configMap("b"), new Reply.Invalid("data is wrong", List.of()));

        var decision = app.settleInTime();

        assertThat(decision).isInstanceOfSatisfying(Decision.Hold.class, hold -> {
            assertThat(hold.faults().getFirst().code()).isEqualTo("SyncFailed");
            assertThat(hold.faults().getFirst().sentence()).contains("maps/b=1.yaml:1", "data is wrong");
        });
        assertThat(cluster.objects).as("others of the rank go on").containsOnlyKeys(Yaml.configMap("a"));
        assertThat(cluster.log.stream().filter("apply ConfigMap team-a/b"::equals))
                .hasSize(6);

        cluster.refusals.clear();
        app.manifests = Yaml.configMaps("a=1", "b=2");
        assertThat(app.settleInTime()).isInstanceOf(Decision.Rest.class);
        assertThat(cluster.objects).hasSize(2);
    }

    @Test
    void retriesForeverWhenTheServerIsAway() {
        app.manifests = Yaml.configMaps("a=1");
        cluster.refusals.put(Yaml.configMap("a"), new Reply.Unavailable("etcd is slow"));
        for (int i = 0; i < 20; i++) {
            var hold = (Decision.Hold) app.settle();
            assertThat(hold.faults().getFirst()).isInstanceOf(Fault.Transient.class);
            app.now = hold.next().orElseThrow();
        }

        cluster.refusals.clear();
        assertThat(app.settle()).isInstanceOf(Decision.Rest.class);
        assertThat(cluster.objects).hasSize(1);
    }

    @Test
    void waitsForHealthAndFailsAtTheDeadlineWithTheReason() {
        cluster.deploymentsStay("broken");
        app.manifests = Yaml.manifests("web.yaml", deployment("web"));

        assertThat(app.settle()).isInstanceOfSatisfying(Decision.Await.class, await -> {
            assertThat(await.until()).isEqualTo(app.now.plusSeconds(300));
            assertThat(await.unsettled().getFirst().health().reason()).isEqualTo("LessReplicas");
        });
        var decision = app.settleInTime();

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        hold -> assertThat(hold.faults().getFirst().sentence())
                                .contains("Deployment.apps team-a/web is not healthy in time: 0 of 1 replicas exist"));
        assertThat(app.inventory().operation().map(Operation::phase)).contains(Phase.FAILED);

        cluster.deploymentsStay("healthy");
        cluster.edit(
                new dev.holdfast.model.Ref("apps", "Deployment", "team-a", "web"),
                "kube-controller-manager",
                object -> object.with("status", Mapping.EMPTY));
        assertThat(app.settle()).as("late, but well").isInstanceOf(Decision.Rest.class);
    }

    @Test
    void aNewerRevisionSupersedesARunningOne() {
        app.manifests = Yaml.configMaps("a=1");
        cluster.refusals.put(Yaml.configMap("a"), new Reply.Unavailable("busy"));
        app.settle();
        cluster.refusals.clear();

        app.manifests = Yaml.configMaps("a=2");
        app.settle();

        assertThat(app.inventory().history().stream().map(Operation::phase))
                .containsExactly(Phase.SUCCEEDED, Phase.SUPERSEDED);
    }

    @Test
    void aBrokenNewestRevisionIsHeldWhileTheGoodOneIsHealed() {
        app.manifests = Yaml.configMaps("a=1", "b=1");
        app.settle();
        app.newer = Optional.of(Fault.terminal("InvalidYaml", "apps/x.yaml:3: mapping values", "Correct it"));
        cluster.edit(Yaml.configMap("a"), "kubectl-edit", object -> object.with(List.of("data", "v"), Value.of("9")));

        var decision = app.settle();

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        hold -> assertThat(hold.faults().getFirst().code()).isEqualTo("InvalidYaml"));
        assertThat(cluster.object(Yaml.configMap("a")).text("data", "v")).contains("1");
    }

    @Test
    void aDefinitionAndItsInstancesFitInOneCommit() {
        app.manifests = Yaml.manifests("crd.yaml", """
                apiVersion: example.com/v1
                kind: Widget
                metadata: {name: w}
                spec: {size: 1}
                ---
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: widgets.example.com}
                spec:
                  group: example.com
                  scope: Namespaced
                  names: {kind: Widget, plural: widgets}
                  versions: [{name: v1, served: true, storage: true}]
                """);
        var first = app.settle();
        // nothing establishes definitions here
        cluster.edit(
                new dev.holdfast.model.Ref(
                        "apiextensions.k8s.io", "CustomResourceDefinition", "", "widgets.example.com"),
                "kube-apiserver",
                TestEstablished::established);
        app.settle();

        assertThat(first).isNotNull();
        assertThat(cluster.log.stream().filter(line -> line.startsWith("apply")))
                .containsExactly(
                        "apply CustomResourceDefinition.apiextensions.k8s.io widgets.example.com",
                        "apply Widget.example.com team-a/w");
        assertThat(app.inventory().operation().map(Operation::phase)).contains(Phase.SUCCEEDED);
        assertThat(app.inventory().history()).hasSize(1);
    }

    @Test
    void aKindOfAGroupThatDoesNotAnswerBlocksNobodyElse() {
        cluster.failedGroups.add("metrics.example.com");
        app.manifests = Yaml.manifests("m.yaml", """
                apiVersion: metrics.example.com/v1
                kind: Gauge
                metadata: {name: g}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a}
                """);

        var decision = app.settle();

        assertThat(cluster.objects).containsOnlyKeys(Yaml.configMap("a"));
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        hold -> assertThat(hold.faults().getFirst().sentence())
                                .contains("m.yaml:1", "metrics.example.com"));
    }

    @Test
    void anObjectThatIsEndingIsCreatedAgainWhenItIsGone() {
        app.manifests = Yaml.configMaps("a=1");
        app.settle();
        cluster.finalized.add(Yaml.configMap("a"));
        cluster.delete(Yaml.configMap("a"), "");
        cluster.log.clear();

        assertThat(app.settle())
                .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        hold -> assertThat(hold.faults().getFirst().code()).isEqualTo("Terminating"));
        assertThat(cluster.log).isEmpty();

        cluster.objects.remove(Yaml.configMap("a"));
        app.settle();
        assertThat(cluster.objects).hasSize(1);
    }

    @Test
    void suspendedAppsAreLeftAlone() {
        app.manifests = Yaml.configMaps("a=1");
        app.settle();
        cluster.log.clear();
        app.placement =
                Placements.with(app.placement, Placements.suspended(Placements.policy(Mode.AUTOMATIC, Drift.HEAL)));
        app.manifests = Yaml.configMaps("a=2", "b=1");
        cluster.edit(Yaml.configMap("a"), "kubectl-edit", object -> object.with(List.of("data", "v"), Value.of("9")));

        assertThat(app.settle()).isInstanceOf(Decision.Rest.class);
        assertThat(cluster.log).isEmpty();
    }

    @Test
    void anExistingObjectIsAdoptedOnlyWhereNobodyElseOwnsIt() {
        cluster.create(map("a", "{}", "{}"), "kubectl-create");
        cluster.create(map("b", "{meta.helm.sh/release-name: shop}", "{}"), "helm");
        cluster.create(map("c", "{kubectl.kubernetes.io/last-applied-configuration: '{}'}", "{}"), "kubectl");
        app.manifests = Yaml.configMaps("a=1", "b=1", "c=1");

        var decision = app.settle();

        assertThat(app.inventory().entries()).containsOnlyKeys(Yaml.configMap("a"));
        assertThat(app.inventory().find(Yaml.configMap("a")).map(Entry::adopted))
                .contains(true);
        assertThat(cluster.object(Yaml.configMap("a")).text("data", "v")).contains("1");
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        hold -> assertThat(hold.faults())
                                .extracting(Fault::sentence)
                                .anyMatch(text -> text.contains("managed by Helm (meta.helm.sh/release-name=shop)"))
                                .anyMatch(text -> text.contains("managed by kubectl apply")));
    }

    @Test
    void adoptionOfANamedToolTakesOverWhatThatToolSetAndGitDoesNot() {
        var policy = Placements.adopting(
                Placements.policy(Mode.AUTOMATIC, Drift.HEAL), new Adoption.From(List.of("kubectl")));
        app.placement = Placements.with(app.placement, policy);
        cluster.create(Yaml.object("""
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: a
                  namespace: team-a
                  annotations: {kubectl.kubernetes.io/last-applied-configuration: '{}'}
                data: {v: old, w: leftover}
                """), "kubectl-client-side-apply");
        app.manifests = Yaml.configMaps("a=1");

        assertThat(app.settle()).isInstanceOf(Decision.Rest.class);

        var live = cluster.object(Yaml.configMap("a"));
        assertThat(live.mapping("data").texts()).containsOnlyKeys("v").containsEntry("v", "1");
        assertThat(live.mapping("metadata", "annotations").keys())
                .doesNotContain("kubectl.kubernetes.io/last-applied-configuration");
        assertThat(dev.holdfast.fields.ManagedFields.of(live).entries())
                .extracting(entry -> entry.manager())
                .containsExactly(app.placement.ownership().fieldManager());
    }

    @Test
    void theDestinationsNamespaceIsMadeAndNeverOwned() {
        var destination = new dev.holdfast.model.Placement.Destination(
                "in-cluster",
                "shop",
                dev.holdfast.model.Placement.NamespaceMode.DEFAULT,
                true,
                new java.util.TreeMap<>(),
                new java.util.TreeMap<>());
        app.placement = Placements.into(app.placement, destination);
        app.manifests = Yaml.configMaps("a=1");

        app.settle();

        assertThat(cluster.objects.keySet())
                .extracting(ref -> ref.words())
                .containsExactly("ConfigMap shop/a", "Namespace shop");
        assertThat(app.inventory().entries()).hasSize(1);

        app.manifests = List.of();
        app.placement = Placements.going(app.placement, dev.holdfast.model.Placement.Ending.NONE);
        assertThat(app.settle()).isInstanceOf(Decision.Forget.class);
        assertThat(cluster.objects.keySet()).extracting(ref -> ref.words()).containsExactly("Namespace shop");
    }

    private static dev.holdfast.model.Manifest mapWith(String data) {
        return Yaml.manifests("m.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: " + data)
                .getFirst();
    }

    private static Mapping map(String name, String annotations, String labels) {
        return Yaml.object("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, namespace: team-a, annotations: %s, labels: %s}
                data: {v: old}
                """.formatted(name, annotations, labels));
    }

    static String deployment(String name) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s}
                spec:
                  selector: {matchLabels: {app: %s}}
                  template:
                    metadata: {labels: {app: %s}}
                    spec: {containers: [{name: app, image: 'shop:1'}]}
                """.formatted(name, name, name);
    }
}
