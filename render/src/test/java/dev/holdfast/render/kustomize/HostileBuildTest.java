package dev.holdfast.render.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.model.FaultException;
import dev.holdfast.render.kustomize.load.BuildLimits;
import dev.holdfast.testkit.InMemorySnapshot;
import org.junit.jupiter.api.Test;

/// What a repository must not be able to do, and beside it what it may.
class HostileBuildTest {

    private static final String OBJECT = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";

    private static InMemorySnapshot app(String kustomization) {
        return InMemorySnapshot.EMPTY.with("app/kustomization.yaml", kustomization).with("app/a.yaml", OBJECT);
    }

    private static String built(InMemorySnapshot snapshot) {
        return CaseFolders.built(snapshot, "app", KustomizeOptions.LIBRARY);
    }

    private static void refuses(InMemorySnapshot snapshot, String... words) {
        assertThatThrownBy(() -> built(snapshot)).isInstanceOf(FaultException.class).hasMessageContainingAll(words);
    }

    @Test
    void aFileOutsideOfTheKustomizationIsRefusedAndOneInsideIsRead() {
        var outside = app("resources: [../secret.yaml]\n").with("secret.yaml", OBJECT);
        refuses(outside, "app/kustomization.yaml:1", "security; file '/secret.yaml' is not in or below '/app'");
        refuses(app("configMapGenerator: [{name: x, files: [../secret]}]\n").with("secret", "x"), "is not in or below");
        refuses(app("patches: [{path: ../p.yaml}]\nresources: [a.yaml]\n").with("p.yaml", OBJECT), "security;");
        assertThat(built(app("resources: [a.yaml]\n"))).isEqualTo(
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n");
    }

    @Test
    void aLinkThatLeadsOutsideIsRefusedAndOneThatStaysIsFollowed() {
        var leaving = app("resources: [link.yaml]\n").with("other/b.yaml", OBJECT).withLink("app/link.yaml", "other/b.yaml");
        refuses(leaving, "is not in or below '/app'");
        var staying = app("resources: [link.yaml]\n").withLink("app/link.yaml", "app/a.yaml");
        assertThat(built(staying)).contains("name: a");
    }

    @Test
    void circlesOfBasesAreRefusedAndADiamondIsNot() {
        refuses(app("resources: [../app]\n"), "cycle detected");
        refuses(app("resources: [.]\n"), "cycle detected");
        refuses(app("resources: [../b]\n").with("b/kustomization.yaml", "resources: [../app]\n"), "cycle detected");
        var diamond = app("resources: [../b, ../c]\n")
                .with("b/kustomization.yaml", "resources: [../d]\nnamePrefix: b-\n")
                .with("c/kustomization.yaml", "resources: [../d]\nnamePrefix: c-\n")
                .with("d/kustomization.yaml", "resources: [d.yaml]\n")
                .with("d/d.yaml", OBJECT);
        assertThat(built(diamond)).contains("name: b-a").contains("name: c-a");
    }

    @Test
    void basesNestedBeyondMeasureAreRefused() {
        var snapshot = InMemorySnapshot.EMPTY;
        for (int i = 0; i < 100; i++) {
            snapshot = snapshot.with("l" + i + "/kustomization.yaml", "resources: [../l" + (i + 1) + "]\n");
        }
        var deep = snapshot;
        assertThatThrownBy(() -> CaseFolders.built(deep, "l0", KustomizeOptions.LIBRARY))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("nested deeper");
    }

    @Test
    void programsContainersChartsAndRemoteBasesAreRefused() {
        var function = "apiVersion: v1\nkind: Run\nmetadata:\n  name: f\n  annotations:\n"
                + "    config.kubernetes.io/function: 'exec: {path: ./x}'\n";
        refuses(app("resources: [a.yaml]\ntransformers: [f.yaml]\n").with("app/f.yaml", function), "app/f.yaml:1", "external plugins disabled");
        refuses(app("generators: [f.yaml]\n").with("app/f.yaml", function), "external plugins disabled");
        refuses(app("helmCharts: [{name: x, repo: 'https://example.com'}]\n"), "app/kustomization.yaml:1", "helm charts");
        refuses(app("resources: ['github.com/org/repo?ref=v1']\n"), "remote bases are off");
        refuses(app("resources: ['https://example.com/x.yaml']\n"), "remote bases are off");
        refuses(app("openapi: {path: 'https://example.com/x.json'}\nresources: [a.yaml]\n"), "is not read");
    }

    @Test
    void expressionsThatOtherEnginesNeverFinishAreMatchedInLinearTime() {
        var labels = "a".repeat(4_000) + "!";
        var snapshot = app("resources: [a.yaml]\npatches:\n- target: {name: '(a+)+$'}\n  patch: '[{op: add, path: /data, value: {x: y}}]'\n")
                .with("app/a.yaml", OBJECT.replace("name: a", "name: \"" + labels + "\""));
        assertThat(built(snapshot)).doesNotContain("x: y");
        refuses(app("resources: [a.yaml]\npatches: [{target: {name: '('}, patch: '[{op: remove, path: /data}]'}]\n"), "malformed");
    }

    @Test
    void objectsAndBytesAreCounted() {
        var many = new StringBuilder();
        for (int i = 0; i < 30; i++) many.append("---\n").append(OBJECT.replace("name: a", "name: a" + i));
        var snapshot = app("resources: [a.yaml]\n").with("app/a.yaml", many.toString());
        var few = KustomizeOptions.LIBRARY.with(new BuildLimits(100, 1 << 20, 1 << 20, 20));
        assertThatThrownBy(() -> CaseFolders.built(snapshot, "app", few)).isInstanceOf(FaultException.class);
        var small = KustomizeOptions.LIBRARY.with(new BuildLimits(100, 500, 1 << 20, 100));
        assertThatThrownBy(() -> CaseFolders.built(snapshot, "app", small)).hasMessageContaining("app/a.yaml");
        assertThat(built(snapshot)).contains("name: a29");
    }

    @Test
    void textsThatUnfoldBeyondMeasureAreRefused() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            for (int j = 0; j < 10; j++) bomb.append(j > 0 ? ", " : "").append("*a").append(i - 1);
            bomb.append("]\n");
        }
        var snapshot = app("resources: [a.yaml]\n").with("app/a.yaml", OBJECT + bomb);
        refuses(snapshot, "app/a.yaml:", "unfold");
        assertThat(built(app("resources: [a.yaml]\n").with("app/a.yaml", OBJECT + "data: {x: &v y, z: *v}\n")))
                .contains("z: \"y\"");
    }

    @Test
    void typesThatContainThemselvesEnd() {
        var crd = "{\"x.Loop\": {\"Schema\": {\"properties\": {\"kind\": {}, \"apiVersion\": {}, \"metadata\": {},"
                + " \"next\": {\"$ref\": \"x.Loop\"}}}}}";
        refuses(app("resources: [a.yaml]\ncrds: [crd.json]\n").with("app/crd.json", crd), "contains itself");
    }
}
