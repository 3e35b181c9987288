package dev.holdfast.engine.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.engine.world.Placements;
import dev.holdfast.engine.world.TestApp;
import dev.holdfast.engine.world.TestCluster;
import dev.holdfast.engine.world.Yaml;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Manifest;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Placement.Destination;
import dev.holdfast.model.Placement.Drift;
import dev.holdfast.model.Placement.Ignore;
import dev.holdfast.model.Placement.Mode;
import dev.holdfast.model.Placement.NamespaceMode;
import dev.holdfast.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DesiredSetTest {

    private final TestCluster cluster = new TestCluster();
    private Placement placement = Placements.named("shop");

    private DesiredSet settle(String yaml) {
        return settle(Yaml.manifests("app.yaml", yaml));
    }

    private DesiredSet settle(List<Manifest> manifests) {
        return DesiredSet.settle(manifests, cluster.discovery(), placement, TestApp.KEY);
    }

    private static Destination destination(NamespaceMode mode) {
        return new Destination(
                "in-cluster",
                "shop",
                mode,
                true,
                new TreeMap<>(Map.of("team", "a")),
                new TreeMap<>(Map.of("note", "n")));
    }

    @Test
    void settlesScopeNamespaceAndMarks() {
        placement = Placements.into(placement, destination(NamespaceMode.DEFAULT));
        var set = settle("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: b, namespace: elsewhere}
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: extra, namespace: nonsense}
                """);

        assertThat(set.objects())
                .extracting(object -> object.ref().words())
                .containsExactly("Namespace extra", "ConfigMap elsewhere/b", "ConfigMap shop/a");
        var body = set.objects().getLast().body();
        assertThat(body.mapping("metadata", "labels").texts())
                .containsEntry("team", "a")
                .containsEntry("holdfast.dev/owner", placement.key().id());
        assertThat(body.mapping("metadata", "annotations").texts())
                .containsEntry("note", "n")
                .containsEntry("holdfast.dev/object", "/ConfigMap/shop/a");
        assertThat(body.text("metadata", "namespace")).contains("shop");
        assertThat(set.objects().getFirst().body().text("metadata", "namespace"))
                .isEmpty();
        assertThat(set.namespace())
                .hasValueSatisfying(
                        namespace -> assertThat(namespace.ref().name()).isEqualTo("shop"));
    }

    @Test
    void overrideMovesEverything() {
        placement = Placements.into(placement, destination(NamespaceMode.OVERRIDE));

        assertThat(settle("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, namespace: elsewhere}")
                        .objects())
                .extracting(object -> object.ref().namespace())
                .containsExactly("shop");
    }

    @Test
    void dropsWhatTheServerOwnsAndEncodesStringData() {
        var set = settle("""
                apiVersion: v1
                kind: Secret
                metadata:
                  name: s
                  uid: x
                  resourceVersion: "1"
                  creationTimestamp: null
                  generation: 3
                  managedFields: []
                  labels: {keep: me, empty: null}
                data: {a: b2xk, b: Yg==}
                stringData: {a: new}
                status: {x: y}
                """);

        var body = set.objects().getFirst().body();
        assertThat(body.mapping("data").texts()).containsEntry("a", "bmV3").containsEntry("b", "Yg==");
        assertThat(body.keys()).doesNotContain("stringData", "status");
        assertThat(body.mapping("metadata").keys())
                .containsExactlyInAnyOrder("name", "namespace", "labels", "annotations");
        assertThat(body.mapping("metadata", "labels").get("empty"))
                .as("a null stays as written")
                .isNotNull();
    }

    @Test
    void refusesOneObjectWrittenTwiceAndNamesBothPlaces() {
        assertThatThrownBy(() -> settle("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a, namespace: team-a}
                """)).isInstanceOfSatisfying(FaultException.class, refused -> {
            assertThat(refused.fault().code()).isEqualTo("DuplicateObject");
            assertThat(refused.fault().sentence()).contains("app.yaml:1", "app.yaml:5", "ConfigMap team-a/a");
        });
    }

    @Test
    void holdsWhatTheClusterDoesNotServeAndSaysWhy() {
        cluster.failedGroups.add("metrics.example.com");
        var held = settle("""
                apiVersion: apps/v1beta1
                kind: Deployment
                metadata: {name: old}
                ---
                apiVersion: nowhere.example.com/v1
                kind: Thing
                metadata: {name: t}
                ---
                apiVersion: metrics.example.com/v1
                kind: Gauge
                metadata: {name: g}
                ---
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: widgets.example.com}
                spec:
                  group: example.com
                  scope: Cluster
                  names: {kind: Widget}
                  versions: [{name: v1, served: true}]
                ---
                apiVersion: example.com/v1
                kind: Widget
                metadata: {name: w}
                """).held();

        assertThat(held)
                .extracting(one -> one.ref().kind() + " " + one.fault().code())
                .containsExactlyInAnyOrder(
                        "Deployment UnknownKind",
                        "Thing UnknownKind",
                        "Gauge GroupUnavailable",
                        "Widget DefinitionPending");
        assertThat(held)
                .filteredOn(one -> one.ref().kind().equals("Deployment"))
                .first()
                .satisfies(one -> assertThat(one.fault().sentence()).contains("app.yaml:1", "apps/v1"));
        assertThat(held)
                .filteredOn(one -> one.ref().kind().equals("Widget"))
                .first()
                .satisfies(one -> assertThat(one.ref().namespace()).isEmpty());
    }

    @Test
    void refusesObjectsOfAnotherAppAndOfNoName() {
        var held = settle("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: theirs, labels: {holdfast.dev/owner: 0123456789abcdef}}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {generateName: x-}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: odd, labels: text}
                """).held();

        assertThat(held)
                .extracting(one -> one.fault().code())
                .containsExactlyInAnyOrder("OwnedByAnother", "NameMissing", "InvalidMetadata");
    }

    @Test
    void theDigestOfASetDependsOnContentAndPolicyButNotOnTheCluster() {
        var manifests = Yaml.configMaps("a=1", "b=2");
        var digest = settle(manifests).digest();
        cluster.failedGroups.add("");

        assertThat(settle(manifests).digest()).as("another discovery").isEqualTo(digest);
        assertThat(settle(manifests.reversed()).digest()).as("another order").isEqualTo(digest);
        assertThat(settle(Yaml.configMaps("a=1", "b=3")).digest()).isNotEqualTo(digest);
        placement = Placements.with(placement, Placements.keeping(placement.policy()));
        assertThat(settle(manifests).digest()).as("another policy").isNotEqualTo(digest);
    }

    @Test
    void digestsAreKeyedAndCoverIgnoreRules() {
        var manifests = Yaml.configMaps("a=1");
        var digest = settle(manifests).objects().getFirst().digest();

        var other = DesiredSet.settle(manifests, cluster.discovery(), placement, Secret.of("another key"));
        assertThat(other.objects().getFirst().digest()).isNotEqualTo(digest);
        placement = Placements.with(
                placement,
                Placements.ignoring(
                        Placements.policy(Mode.AUTOMATIC, Drift.HEAL),
                        new Ignore("ConfigMap", Optional.empty(), List.of("data.v"))));
        assertThat(settle(manifests).objects().getFirst().digest()).isNotEqualTo(digest);
    }

    @Test
    void anIgnorePathThatCantBeReadIsAFault() {
        placement = Placements.with(
                placement,
                Placements.ignoring(
                        Placements.policy(Mode.AUTOMATIC, Drift.HEAL),
                        new Ignore("ConfigMap", Optional.empty(), List.of("data[["))));

        assertThatThrownBy(() -> settle(Yaml.configMaps("a=1")))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        refused -> assertThat(refused.fault().code()).isEqualTo("BadIgnorePath"));
    }
}
