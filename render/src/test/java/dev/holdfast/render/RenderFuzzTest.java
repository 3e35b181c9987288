package dev.holdfast.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.Fuzzer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RenderFuzzTest {

    private static final String BASE = """
            resources: [all.yaml]
            configMapGenerator:
            - name: settings
              envs: [settings.env]
              literals: [A=b]
            """;

    private static final String ALL = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, labels: {a: b}}
            spec:
              replicas: 1
              template:
                spec:
                  containers:
                  - {name: web, image: "web:1", envFrom: [{configMapRef: {name: settings}}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {selector: {a: b}, ports: [{port: 80}]}
            """;

    private static final String PATCH = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec: {replicas: 2, template: {spec: {containers: [{name: web, $patch: delete}]}}}
            """;

    private static final List<String> OVERLAYS = List.of("""
            resources: [../base, more.yaml]
            namespace: shop
            namePrefix: a-
            nameSuffix: -b
            labels: [{pairs: {c: d}, includeSelectors: true}]
            commonAnnotations: {e: f}
            images: [{name: web, newTag: "2"}]
            replicas: [{name: web, count: 3}]
            patches: [{path: patch.yaml, target: {kind: Deployment}}]
            """, """
            resources: [../base]
            components: [../base]
            replacements:
            - source: {kind: Service, name: web, fieldPath: "spec.ports.0.port"}
              targets:
              - select: {kind: Deployment}
                fieldPaths: ["metadata.annotations.[x/y]", "spec.template.spec.containers.[name=web].image"]
                options: {create: true, delimiter: ":", index: 1}
            patchesJson6902:
            - target: {kind: Service, name: web}
              patch: '[{"op": "add", "path": "/spec/ports/-", "value": {"port": 8}}]'
            vars: [{name: V, objref: {kind: Service, name: web, apiVersion: v1}, fieldref: {fieldpath: spec.ports[0].port}}]
            sortOptions: {order: legacy}
            buildMetadata: [originAnnotations, transformerAnnotations]
            """, """
            bases: [../base]
            patchesStrategicMerge: [patch.yaml]
            secretGenerator: [{name: s, literals: [p=q], type: Opaque}]
            generatorOptions: {disableNameSuffixHash: true, labels: {g: h}}
            transformers:
            - |-
              apiVersion: builtin
              kind: PrefixTransformer
              metadata: {name: p}
              prefix: z-
              fieldSpecs: [{path: metadata/name}]
            configurations: [more.yaml]
            """);

    @Tag("long")
    @Test
    void noRepositoryEndsARenderOrHoldsItUp() {
        var seeds = OVERLAYS.stream()
                .map(overlay -> String.join(
                        RenderFuzz.NEXT,
                        overlay,
                        PATCH,
                        "apiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n",
                        BASE,
                        ALL,
                        "X=y\n"))
                .toList();

        assertThat(Fuzzer.findings(RenderFuzz.class, Duration.ofMinutes(1), seeds))
                .isEmpty();
    }
}
