package dev.holdfast.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppDialectTest {

    private static App read(String spec) {
        var text = """
                {"apiVersion": "holdfast.dev/v1alpha1", "kind": "App",
                 "metadata": {"name": "shop", "namespace": "team-a", "uid": "u-1", "generation": 3,
                   "annotations": {"holdfast.dev/sync": "now", "holdfast.dev/confirm": "abc"}},
                 "spec": %s}
                """.formatted(spec);
        var value = JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
        return AppDialect.read((Mapping) value, "test", Placement.Ending.NONE);
    }

    private static Placement placement(String spec) {
        return ((App.Readable) read(spec)).placements().getFirst();
    }

    private static String refused(String spec) {
        return ((App.Unreadable) read(spec)).fault().sentence();
    }

    @Test
    void theShortestAppGetsEveryDefault() {
        var placement = placement("{\"sources\": [{\"git\": \"https://git.example/a.git\"}]}");
        assertThat(placement.key().target()).isEqualTo("here");
        assertThat(placement.destination().namespace()).isEqualTo("team-a");
        assertThat(placement.sources().getFirst().name()).isEqualTo("source-1");
        assertThat(placement.sources().getFirst().ref()).isEmpty();
        assertThat(placement.policy().interval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(placement.policy().adoption()).isEqualTo(new Placement.Adoption.Unmanaged());
        assertThat(placement.policy().guard()).isEqualTo(Placement.Guard.DEFAULT);
        assertThat(placement.policy().retry()).isEqualTo(Placement.Retry.DEFAULT);
        assertThat(placement.requests().sync()).contains("now");
        assertThat(placement.requests().confirm()).contains("abc");
        assertThat(placement.ownership().fieldManager())
                .isEqualTo("holdfast-" + placement.key().id());
    }

    @Test
    void everyFieldIsRead() {
        var placement = placement("""
                {"sources": [{"name": "deploy", "git": "https://git.example/a.git", "ref": "main", "path": "./apps/shop/",
                    "plain": {"include": ["*.yaml"], "exclude": ["x/**"], "recurse": false}}],
                 "targets": [{"name": "live", "namespace": "shop", "namespaceMode": "override", "createNamespace": true}],
                 "interval": "1m30s", "metadata": {"labels": {"team": "a"}, "annotations": {"n": "1"}},
                 "runAs": {"serviceAccount": "deployer"},
                 "sync": {"mode": "manual", "prune": false, "drift": "report", "adopt": ["kubectl", "helm"],
                    "onDelete": "orphan", "validate": "server", "timeout": "2m",
                    "retry": {"limit": 2, "backoff": {"initial": "1s", "factor": 1.5, "max": "10s"}}},
                 "guard": {"maxDeletes": {"count": 1, "percent": 2}, "confirm": ["Secret"]},
                 "ignore": [{"kind": "Deployment", "name": "web", "paths": ["spec.replicas"]}],
                 "history": 3, "suspend": true}
                """);
        assertThat(placement.sources())
                .containsExactly(new Placement.Source(
                        "deploy",
                        "https://git.example/a.git",
                        Optional.of("main"),
                        "apps/shop",
                        new Placement.Plain(List.of("*.yaml"), List.of("x/**"), Optional.of(false))));
        var policy = placement.policy();
        assertThat(policy.mode()).isEqualTo(Placement.Mode.MANUAL);
        assertThat(policy.prune()).isFalse();
        assertThat(policy.drift()).isEqualTo(Placement.Drift.REPORT);
        assertThat(policy.adoption()).isEqualTo(new Placement.Adoption.From(List.of("kubectl", "helm")));
        assertThat(policy.onDelete()).isEqualTo(Placement.OnDelete.ORPHAN);
        assertThat(policy.validation()).isEqualTo(Placement.Validation.SERVER);
        assertThat(policy.timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(policy.retry())
                .isEqualTo(new Placement.Retry(2, Duration.ofSeconds(1), 1.5, Duration.ofSeconds(10)));
        assertThat(policy.guard()).isEqualTo(new Placement.Guard(1, 2, List.of("Secret")));
        assertThat(policy.ignore().getFirst().paths()).containsExactly("spec.replicas");
        assertThat(policy.interval()).isEqualTo(Duration.ofSeconds(90));
        assertThat(policy.runAs()).contains("deployer");
        assertThat(policy.history()).isEqualTo(3);
        assertThat(policy.suspended()).isTrue();
        assertThat(placement.destination().namespaceMode()).isEqualTo(Placement.NamespaceMode.OVERRIDE);
        assertThat(placement.destination().labels()).containsEntry("team", "a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                        | spec.sources is missing
                    {"sources": []}                                           | names no source
                    {"sources": [{"git": "x", "reff": "main"}]}               | did you mean ref?
                    {"sources": [{"git": "x"}], "sync": {"mode": "auto"}}     | one of automatic, manual, not "auto"
                    {"sources": [{"git": "x"}], "interval": "5 minutes"}      | a duration such as 30s
                    {"sources": [{"git": "x"}], "suspend": "yes"}             | true or false, not "yes"
                    {"sources": [{"git": "x"}], "history": 0}                 | from 1 to 100, not 0
                    {"sources": [{"git": "x"}], "sync": {"adopt": ["rancher"]}} | or a list of kubectl
                    {"sources": [{"git": "x"}], "metadata": {"labels": {"a": 1}}} | put it in quotes
                    {"sources": [{"git": "x"}], "targets": [{}, {"name": "b"}]} | required where there is more than one target
                    {"sources": [{"git": "x"}], "targets": [{"cluster": "prod"}]} | one of in-cluster, not "prod"
                    {"sources": [{"name": "a", "git": "x"}, {"name": "a", "git": "y"}]} | two sources named a
                    {"sources": [{"git": "x"}], "totally": 1}                 | known here: sources, targets
                    """)
    void whatCantBeReadIsSaidInWords(String spec, String said) {
        assertThat(refused(spec)).contains(said).contains("team-a/shop");
    }

    @Test
    void allProblemsAreSaidAtOnce() {
        assertThat(refused("{\"sources\": [{\"git\": 7, \"path\": 8}], \"history\": true}"))
                .contains("sources[0].git")
                .contains("sources[0].path")
                .contains("spec.history");
    }

    @Test
    void twoTargetsAreTwoPlacementsWithOwnersOfTheirOwn() {
        var app = (App.Readable)
                read("{\"sources\": [{\"git\": \"x\"}], \"targets\": [{\"name\": \"a\"}, {\"name\": \"b\"}]}");
        assertThat(app.placements()).hasSize(2);
        assertThat(app.placements().get(0).ownership())
                .isNotEqualTo(app.placements().get(1).ownership());
    }

    @Test
    void theDefinitionIsAStructuralSchemaWithEveryFieldDescribed() {
        var schema = AppDefinition.crd()
                .sequence("spec", "versions")
                .mappings()
                .getFirst()
                .mapping("schema", "openAPIV3Schema");
        var spec = schema.mapping("properties", "spec");
        assertThat(spec.mapping("properties").keys()).containsAll(AppShape.SPEC.names());
        assertDescribed(spec);
    }

    private static void assertDescribed(Mapping struct) {
        for (var field : struct.mapping("properties")) {
            var schema = (Mapping) field.value();
            assertThat(schema.text("description")).as(field.key()).isPresent();
            assertDescribed(schema);
            assertDescribed(schema.mapping("items"));
        }
    }

    @Test
    void aHoldingIsReadBackFromTheStatus() {
        var target = Mapping.builder()
                .put("name", "here")
                .put(
                        "inventory",
                        Mapping.builder().put("generation", 7).put("count", 3).build())
                .build();
        var status = Mapping.of("targets", Value.of(List.of(target)));
        assertThat(AppStatusText.holding(status, "here").generation()).isEqualTo(7);
        assertThat(AppStatusText.holding(status, "other").generation()).isZero();
    }
}
