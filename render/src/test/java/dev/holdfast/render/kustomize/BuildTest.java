package dev.holdfast.render.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.testkit.InMemorySnapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a build tells beside the text: where every value comes from, and what it needs.
class BuildTest {

    private static final String DEPLOYMENT =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
            spec:
              replicas: 1
              template:
                spec:
                  containers:
                  - name: main
                    image: nginx:1
            """;

    private static final InMemorySnapshot TREE = InMemorySnapshot.EMPTY
            .with("base/kustomization.yaml", "resources: [web.yaml]\n")
            .with("base/web.yaml", DEPLOYMENT)
            .with(
                    "prod/kustomization.yaml",
                    """
                    resources:
                    - ../base
                    namePrefix: p-
                    namespace: shop
                    images:
                    - name: nginx
                      newTag: "2"
                    patches:
                    - path: more.yaml
                    """)
            .with("prod/more.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 5\n");

    private static List<Mapping> objects(KustomizeOptions options) {
        return switch (Kustomize.build(TREE, "prod", options)) {
            case KustomizeResult.Built(var objects) -> objects;
            case KustomizeResult.Needs(var bases) -> throw new AssertionError("needs " + bases);
        };
    }

    private static String place(Value value) {
        return value.origin().place();
    }

    @Test
    void everyFieldPointsAtTheLineThatSetIt() {
        var object = objects(KustomizeOptions.LIBRARY).getFirst();
        assertThat(place(object.find("kind").orElseThrow())).isEqualTo("base/web.yaml:2");
        assertThat(place(object.mapping("spec").find("replicas").orElseThrow())).isEqualTo("prod/more.yaml:5");
        var name = object.mapping("metadata").find("name").orElseThrow();
        assertThat(name.asText()).contains("p-web");
        assertThat(place(name)).isEqualTo("prod/kustomization.yaml:3");
        assertThat(name.origin().transformation()).isEqualTo("namePrefix");
        assertThat(place(object.mapping("metadata").find("namespace").orElseThrow()))
                .isEqualTo("prod/kustomization.yaml:4");
        var image = object.sequence("spec", "template", "spec", "containers").mappings().getFirst();
        assertThat(place(image.find("image").orElseThrow())).startsWith("prod/kustomization.yaml:");
        assertThat(place(image.find("name").orElseThrow())).isEqualTo("base/web.yaml:10");
    }

    @Test
    void overridesChangeTheOutermostKustomizationAsFluxDoes() {
        var overrides = new Overrides(
                Mapping.of("namespace", Value.of("other")),
                List.of(),
                List.of(Mapping.of(Map.of("name", Value.of("nginx"))).with("newTag", Value.of("3"))),
                List.of(),
                new Overrides.Metadata(Map.of("team", "a"), Map.of()));
        var object = objects(KustomizeOptions.LIBRARY.with(overrides)).getFirst();
        assertThat(object.text("metadata", "namespace")).contains("other");
        assertThat(object.text("metadata", "labels", "team")).contains("a");
        var container = object.sequence("spec", "template", "spec", "containers").mappings().getFirst();
        assertThat(container.text("image")).contains("nginx:3");
    }

    @Test
    void aRemoteBaseIsANeedAndThenABase() {
        var address = "https://git.example.com/org/repo//prod?ref=v1";
        var snapshot = InMemorySnapshot.EMPTY.with(
                "kustomization.yaml", "resources: ['" + address + "']\nnameSuffix: -x\n");
        var allowed = new Remotes.Allowed(Map.of(), Map.of());
        var first = Kustomize.build(snapshot, "", KustomizeOptions.LIBRARY.with(allowed));
        var need = new RemoteBase.Repository(address, "https://git.example.com/org/repo", "v1");
        assertThat(first).isEqualTo(new KustomizeResult.Needs(List.of(need)));
        var fetched = new Remotes.Allowed(Map.of(address, TREE), Map.of());
        var second = CaseFolders.built(snapshot, "", KustomizeOptions.LIBRARY.with(fetched));
        assertThat(second).contains("name: p-web-x");
    }

    @Test
    void theOrderOfTheCommandLineIsThatOfKinds() {
        var snapshot = InMemorySnapshot.EMPTY
                .with("kustomization.yaml", "resources: [b.yaml, a.yaml]\n")
                .with("b.yaml", DEPLOYMENT)
                .with("a.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n");
        assertThat(CaseFolders.built(snapshot, "", KustomizeOptions.LIBRARY)).startsWith("apiVersion: apps/v1");
        assertThat(CaseFolders.built(snapshot, "", KustomizeOptions.COMMAND_LINE)).startsWith("apiVersion: v1\nkind: Namespace");
    }
}
