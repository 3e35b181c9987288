package dev.holdfast.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.world.Placements;
import dev.holdfast.engine.world.TestApp;
import dev.holdfast.engine.world.TestCluster;
import dev.holdfast.engine.world.Yaml;
import dev.holdfast.model.Fault;
import dev.holdfast.model.GroupKind;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Manifest;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Operation.Cause;
import dev.holdfast.model.Placement.Drift;
import dev.holdfast.model.Placement.Mode;
import dev.holdfast.model.Placement.Requests;
import dev.holdfast.model.Plan;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PruningTest {

    private final TestCluster cluster = new TestCluster();
    private final TestApp app = new TestApp(cluster);

    private static List<Manifest> maps(int count) {
        return Yaml.configMaps(
                IntStream.range(0, count).mapToObj(i -> "m" + i + "=1").toArray(String[]::new));
    }

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

    @Test
    void deletesWhatLeftGitAndNoNeighbour() {
        app.manifests = Yaml.configMaps("a=1", "b=1");
        app.settle();
        var neighbour = cluster.create(
                Yaml.object("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: theirs, namespace: team-a}"), "kubectl");

        app.manifests = Yaml.configMaps("a=1");
        assertThat(app.settle()).isInstanceOf(Decision.Rest.class);

        assertThat(cluster.objects).containsOnlyKeys(Yaml.configMap("a"), neighbour);
        assertThat(app.inventory().entries()).containsOnlyKeys(Yaml.configMap("a"));
    }

    @Test
    void neverDeletesAnObjectWithAnotherUid() {
        app.manifests = Yaml.configMaps("a=1", "b=1");
        app.settle();
        var restored = cluster.object(Yaml.configMap("b"));
        cluster.objects.put(
                Yaml.configMap("b"), restored.with(List.of("metadata", "uid"), Value.of("uid-of-a-backup")));

        app.manifests = Yaml.configMaps("a=1");
        app.settle();

        assertThat(cluster.objects).containsKey(Yaml.configMap("b"));
        assertThat(app.inventory().entries()).doesNotContainKey(Yaml.configMap("b"));
        assertThat(deletes()).isZero();
    }

    @Test
    void neverDeletesWhatDoesNotCarryOurOwnMarks() {
        app.manifests = Yaml.configMaps("a=1", "b=1");
        app.settle();
        policy(Placements.policy(Mode.AUTOMATIC, Drift.IGNORE));
        cluster.edit(
                Yaml.configMap("b"),
                "kubectl-edit",
                object -> object.without(List.of(
                        "metadata", "annotations", app.placement.ownership().markerAnnotation())));

        app.manifests = Yaml.configMaps("a=1");
        app.settle();

        assertThat(cluster.objects).containsKey(Yaml.configMap("b"));
    }

    @Test
    void prunesAlsoWhatACrashLeftUnrecorded() {
        app.manifests = Yaml.configMaps("a=1");
        app.settle();
        app.manifests = Yaml.configMaps("a=1", "b=1");
        app.pass();
        app.memory.probes.clear();
        app.pass();
        // the process dies after the apply of b, before its uid is recorded
        var before = app.decisions.size();
        while (!cluster.objects.containsKey(Yaml.configMap("b"))) app.pass();
        assertThat(app.decisions.size()).isGreaterThanOrEqualTo(before);
        app.stored = Optional.of(intended(app.inventory(), Yaml.configMap("b")));
        app.crash();

        app.manifests = Yaml.configMaps("a=1");
        app.settle();

        assertThat(cluster.objects).containsOnlyKeys(Yaml.configMap("a"));
    }

    private static Inventory intended(Inventory inventory, Ref ref) {
        var entries = new TreeMap<>(inventory.entries());
        entries.put(
                ref,
                Inventory.Entry.intended(ref, inventory.find(ref).orElseThrow().gvk()));
        return new Inventory(
                inventory.placement(),
                inventory.generation(),
                entries,
                inventory.revisions(),
                inventory.operation(),
                inventory.history());
    }

    @Test
    void keepsWhatLeftGitWherePruneIsOff() {
        policy(Placements.keeping(Placements.policy(Mode.AUTOMATIC, Drift.HEAL)));
        app.manifests = Yaml.configMaps("a=1", "b=1");
        app.settle();

        app.manifests = Yaml.configMaps("a=1");

        assertThat(app.settle())
                .isInstanceOfSatisfying(
                        Decision.Rest.class,
                        rest -> assertThat(rest.plan().held().getFirst().fault().code())
                                .isEqualTo("KeptByPolicy"));
        assertThat(cluster.objects).hasSize(2);

        policy(Placements.policy(Mode.AUTOMATIC, Drift.HEAL));
        app.settle();
        assertThat(cluster.objects).hasSize(1);
    }

    @Test
    void anEmptyRenderDeletesNothingUntilItIsConfirmed() {
        app.manifests = Yaml.configMaps("a=1");
        app.settle();

        app.manifests = List.of();
        var decision = app.settle();

        assertThat(confirmation(decision).deletes()).containsExactly(Yaml.configMap("a"));
        assertThat(deletes()).isZero();

        confirm("something else");
        app.settle();
        assertThat(deletes()).isZero();

        confirm(((Decision.Hold) decision).plan().digest().hex());
        assertThat(app.settle()).isInstanceOf(Decision.Rest.class);
        assertThat(cluster.objects).isEmpty();
    }

    @Test
    void moreDeletesThanTheGuardAllowsWaitForAWord() {
        app.manifests = maps(20);
        app.settle();

        app.manifests = maps(14);
        var decision = app.settle();

        assertThat(confirmation(decision).why()).contains("6 objects of 20", "more than the 5");
        assertThat(deletes()).isZero();

        app.manifests = maps(15);
        app.settle();
        assertThat(deletes()).isEqualTo(5);
    }

    @Test
    void aConfirmationHoldsAcrossACrashInTheMiddle() {
        app.manifests = maps(20);
        app.settle();
        app.manifests = maps(5);
        confirm(((Decision.Hold) app.settle()).plan().digest().hex());
        var act = (Decision.Act) Decision.on(app.observe());
        app.write(Ledger.ahead(app.inventory(), act).orElseThrow());
        for (var step : act.plan().steps().subList(0, 7)) cluster.delete(step.ref(), "");
        app.crash();
        confirm("a word about something else");

        app.settle();

        assertThat(cluster.objects).hasSize(5);
        assertThat(deletes()).isEqualTo(15);
        assertThat(app.inventory().operation().flatMap(Operation::confirmed)).isPresent();
    }

    @Test
    void kindsThatTheGuardNamesWaitWhileTheRestGoes() {
        app.manifests = Yaml.manifests("n.yaml", """
                apiVersion: v1
                kind: Namespace
                metadata: {name: extra}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: b}
                """);
        app.settle();
        app.manifests = Yaml.configMaps("b=1");

        var decision = app.settle();

        assertThat(confirmation(decision).deletes()).containsExactly(new Ref("", "Namespace", "", "extra"));
        assertThat(cluster.objects).doesNotContainKey(Yaml.configMap("a"));
        confirm(((Decision.Hold) decision).plan().digest().hex());
        app.settle();
        assertThat(cluster.objects).containsOnlyKeys(Yaml.configMap("b"));
    }

    @Test
    void nothingIsDeletedWithoutProof() {
        app.manifests = Yaml.configMaps("a=1", "b=1");
        app.settle();
        app.manifests = Yaml.configMaps("a=1");

        app.newer = Optional.of(Fault.terminal("InvalidYaml", "broken", ""));
        app.settle();
        app.newer = Optional.empty();
        app.unlisted.add(new GroupKind("", "ConfigMap"));
        app.settle();
        app.unlisted.clear();
        cluster.failedGroups.add("");
        app.settle();
        cluster.failedGroups.clear();
        assertThat(deletes()).isZero();

        app.settle();
        assertThat(deletes()).isEqualTo(1);
    }

    @Test
    void aNamespaceThatIsStillNeededIsNotDeleted() {
        var namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: extra}\n";
        var inside = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: extra}\n";
        app.manifests = Yaml.manifests("n.yaml", namespace + "---\n" + inside);
        app.settle();

        app.manifests = Yaml.manifests("n.yaml", inside);

        assertThat(app.settle())
                .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        hold -> assertThat(hold.faults())
                                .extracting(Fault::code)
                                .contains("StillUsed"));
        assertThat(deletes()).isZero();
    }

    @Test
    void deletesComeLastAndInReverseOrder() {
        app.manifests = Yaml.manifests("all.yaml", """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {ports: [{port: 80}]}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: key}
                """);
        app.settle();
        cluster.log.clear();

        app.manifests = Yaml.configMaps("a=1");
        app.settle();

        assertThat(cluster.log)
                .containsExactly(
                        "apply ConfigMap team-a/a",
                        "created ConfigMap team-a/a",
                        "delete Service team-a/web",
                        "delete Secret team-a/key");
        assertThat(app.inventory().operation().map(Operation::cause)).contains(Cause.REVISION);
    }
}
