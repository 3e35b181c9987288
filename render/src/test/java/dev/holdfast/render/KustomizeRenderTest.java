package dev.holdfast.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Manifest;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Revision;
import dev.holdfast.model.Value;
import dev.holdfast.testkit.InMemorySnapshot;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.YamlReader;
import dev.holdfast.yaml.YamlWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Apps whose path holds a kustomization. What Kustomize itself does is shown elsewhere.
class KustomizeRenderTest {

    private static final InMemorySnapshot SHOP = InMemorySnapshot.EMPTY
            .with("base/kustomization.yaml", "resources: [web.yaml]\n")
            .with("base/web.yaml", """
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata:
                      name: web
                    spec:
                      replicas: 1
                      template:
                        spec:
                          containers:
                          - name: web
                            image: web:1
                    """)
            .with("prod/kustomization.yaml", """
                    resources:
                    - ../base
                    namePrefix: prod-
                    patches:
                    - path: more.yaml
                    """)
            .with("prod/more.yaml", """
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata:
                      name: web
                    spec:
                      replicas: 3
                    """)
            .with("README.md", "not read\n");

    private static Result render(InMemorySnapshot snapshot, String path, Placement.Rendering rendering) {
        var revision = new Revision("deploy", "main", "0123456789");
        return Render.render(new Request(snapshot, revision, path, rendering, RenderLimits.DEFAULT));
    }

    private static Result render(InMemorySnapshot snapshot, String path) {
        return render(snapshot, path, Placement.Rendering.DETECTED);
    }

    private static List<Manifest> manifests(Result result) {
        assertThat(result).isInstanceOf(Result.Rendered.class);
        return ((Result.Rendered) result).manifests();
    }

    private static String text(Result result) {
        return manifests(result).stream()
                .map(manifest -> YamlWriter.text(manifest.body()))
                .collect(Collectors.joining("---\n"));
    }

    private static Placement.Kustomize changes(String yaml) {
        var changes = YamlReader.go2().documents("app.yaml", yaml, Limits.FILE).getFirst();
        return new Placement.Kustomize((Mapping) changes, false, Placement.MissingComponents.REFUSE);
    }

    @Test
    void aPathWithAKustomizationIsRenderedWithIt() {
        var web = manifests(render(SHOP, "prod")).getFirst();

        assertThat(web.ref().name()).isEqualTo("prod-web");
        assertThat(web.body().whole("spec", "replicas")).contains(3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kustomization.yaml", "kustomization.yml", "Kustomization"})
    void anyOfTheThreeNamesWillDo(String name) {
        var snapshot = SHOP.without("prod/kustomization.yaml")
                .with("prod/" + name, "resources: [../base]\nnamePrefix: other-\n");

        assertThat(manifests(render(snapshot, "prod")).getFirst().ref().name()).isEqualTo("other-web");
    }

    @Test
    void twoKustomizationsInOneDirectoryAreRefused() {
        var result = render(SHOP.with("prod/Kustomization", "resources: [../base]\n"), "prod");

        assertThat(((Result.Failed) result).fault().sentence()).contains("multiple kustomization files");
    }

    @Test
    void aDirectoryCalledKustomizationIsNone() {
        var snapshot = InMemorySnapshot.EMPTY.with(
                "plain/Kustomization/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");

        assertThat(manifests(render(snapshot, "plain"))).hasSize(1);
    }

    @Test
    void plainOptionsReadTheFilesAsTheyAre() {
        var options = new Placement.Plain(List.of("more.yaml"), List.of(), java.util.Optional.empty());

        assertThat(manifests(render(SHOP, "prod", options)).getFirst().ref().name())
                .isEqualTo("web");
    }

    @Test
    void theReadsTellOfABaseOutsideOfThePath() {
        var reads = render(SHOP, "prod").reads();

        assertThat(reads.sameIn(SHOP)).isTrue();
        assertThat(reads.sameIn(SHOP.with("README.md", "changed\n"))).isTrue();
        assertThat(reads.sameIn(SHOP.with("base/unused.yaml", "a: b\n"))).isTrue();
        assertThat(reads.sameIn(SHOP.with("base/web.yaml", "changed\n"))).isFalse();
        assertThat(reads.sameIn(SHOP.with("base/Kustomization", "appears\n"))).isFalse();
        assertThat(reads.sameIn(SHOP.without("prod/more.yaml"))).isFalse();
    }

    private static Origin origin(Mapping object, String... path) {
        return Optional.ofNullable(object.at(path)).orElseThrow().origin();
    }

    @Test
    void everyValueKnowsWhichLineSetIt() {
        var web = manifests(render(SHOP, "prod")).getFirst().body();

        assertThat(origin(web, "spec", "replicas").place()).isEqualTo("prod/more.yaml:6");
        assertThat(origin(web, "spec", "template").path()).isEqualTo("base/web.yaml");
        assertThat(origin(web, "metadata", "name").place()).startsWith("prod/kustomization.yaml:3");
    }

    @Test
    void anAppChangesTheKustomizationOfItsPath() {
        var changes = changes("""
                namespace: shop
                namePrefix: live-
                nameSuffix: -eu
                images: [{name: web, newTag: "2"}]
                patches:
                - target: {kind: Deployment}
                  patch: |-
                    - op: add
                      path: /metadata/labels
                      value: {patched: "yes"}
                """);

        assertThat(text(render(SHOP, "prod", changes))).isEqualTo("""
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  labels:
                    patched: "yes"
                  name: live-web-eu
                  namespace: shop
                spec:
                  replicas: 3
                  template:
                    spec:
                      containers:
                      - image: web:2
                        name: web
                """);
    }

    @Test
    void anAppAddsComponentsAndMayLeaveMissingOnesOut() {
        var snapshot = SHOP.with("extras/debug/kustomization.yaml", """
                apiVersion: kustomize.config.k8s.io/v1alpha1
                kind: Component
                commonAnnotations: {debug: "true"}
                """);
        var components = Mapping.of("components", Value.texts(List.of("../extras/debug", "../extras/none")));

        var lenient = new Placement.Kustomize(components, false, Placement.MissingComponents.IGNORE);
        assertThat(text(render(snapshot, "prod", lenient))).contains("debug: \"true\"");

        var strict = new Placement.Kustomize(components, false, Placement.MissingComponents.REFUSE);
        assertThat(render(snapshot, "prod", strict)).isInstanceOf(Result.Failed.class);
    }

    @Test
    void aDirectoryWithoutKustomizationGetsOneWhereAsked() {
        var snapshot = SHOP.without("prod/kustomization.yaml")
                .with("all/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")
                .with("all/deep/b.yml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n")
                .with("all/settings.json", "{\"not\": \"an object\"}\n")
                .with("all/.hidden/c.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n")
                .with("all/own/kustomization.yaml", "resources: [d.yaml]\nnamePrefix: own-\n")
                .with("all/own/d.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: d}\n")
                .with("all/own/e.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: e}\n");
        var prefix = Mapping.of("namePrefix", Value.of("x-"));

        var made = new Placement.Kustomize(prefix, true, Placement.MissingComponents.REFUSE);
        assertThat(manifests(render(snapshot, "all", made)).stream()
                        .map(manifest -> manifest.ref().name()))
                .containsExactlyInAnyOrder("x-a", "x-b", "x-own-d");

        var refused = (Result.Failed)
                render(snapshot, "all", new Placement.Kustomize(prefix, false, Placement.MissingComponents.REFUSE));
        assertThat(refused.fault().code()).isEqualTo("KustomizationNotFound");
    }

    @Test
    void whatIsWrongIsToldAtItsLine() {
        var wrong = SHOP.with("prod/kustomization.yaml", "resources:\n- ../base\n- nothing.yaml\n");

        var failed = (Result.Failed) render(wrong, "prod");

        assertThat(failed.fault().sentence())
                .startsWith("prod/kustomization.yaml:3: ")
                .contains("nothing.yaml");
    }

    @Test
    void objectsThatNoClusterWouldTakeAreRefused() {
        var wrong = SHOP.with("base/web.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: we/b}\n");

        assertThat(render(wrong, "base")).isInstanceOf(Result.Failed.class);
    }
}
