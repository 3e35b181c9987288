package dev.holdfast.render.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.model.FaultException;
import dev.holdfast.testkit.InMemorySnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where Kustomize does what nobody expects. Each was tried with Kustomize itself (5.8.1, and kubectl 1.32 where it
/// knows the feature).
class EdgesTest {

    private static final String NUMBER = "apiVersion: example.org/v1\nkind: Number\nmetadata: {name: n}\nvalue: %s\n";

    private static String built(InMemorySnapshot snapshot) {
        return CaseFolders.built(snapshot, "", KustomizeOptions.LIBRARY);
    }

    private static void refuses(InMemorySnapshot snapshot, String... words) {
        assertThatThrownBy(() -> built(snapshot))
                .isInstanceOf(FaultException.class)
                .hasMessageContainingAll(words);
    }

    private static InMemorySnapshot labelled(String overlay) {
        return InMemorySnapshot.EMPTY
                .with("base/kustomization.yaml", """
                        resources: [web.yaml]
                        labels:
                        - pairs: {tier: front}
                          includeSelectors: true
                        """)
                .with("base/web.yaml", """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: web}
                        spec:
                          template:
                            spec: {hostNetwork: true}
                        """)
                .with("kustomization.yaml", "resources: [base]\n" + overlay);
    }

    @Test
    void aLabelThatWasNewInManyPlacesChangesInAllOfThem() {
        var patched = labelled("""
                patches:
                - patch: |-
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: web, labels: {tier: back}}
                """);
        assertThat(built(patched))
                .containsPattern("matchLabels:\\n +tier: back")
                .doesNotContain("front");

        var replaced = labelled("""
                replacements:
                - sourceValue: side
                  targets: [{select: {kind: Deployment}, fieldPaths: [spec.selector.matchLabels.tier]}]
                """);
        assertThat(built(replaced)).contains("  labels:\n    tier: side\n").doesNotContain("front");
    }

    @Test
    void aJsonPatchChangesTheLabelThatItNamesAndNoOther() {
        var patched = labelled("""
                patches:
                - target: {kind: Deployment}
                  patch: '[{"op": "replace", "path": "/metadata/labels/tier", "value": "back"}]'
                """);
        assertThat(built(patched))
                .contains("  labels:\n    tier: back\n")
                .containsPattern("matchLabels:\\n +tier: front");
    }

    @ParameterizedTest
    @CsvSource({
        "18446744073709551615, 18446744073709551615",
        "0xffffffffffffffff, 18446744073709551615",
        "9223372036854775808, 9223372036854775808",
        "18446744073709551616, 1.8446744073709552e+19",
        "-9223372036854775809, -9.223372036854776e+18",
        "!!float 7, 7",
    })
    void integersOf64BitsKeepTheirDigits(String written, String printed) {
        var files = InMemorySnapshot.EMPTY
                .with("kustomization.yaml", "resources: [n.yaml]\n")
                .with("n.yaml", NUMBER.formatted(written));
        assertThat(built(files)).endsWith("value: " + printed + "\n");
    }

    @Test
    void anUnsignedIntegerIsNoFloat() {
        var files = InMemorySnapshot.EMPTY
                .with("kustomization.yaml", "resources: [n.yaml]\n")
                .with("n.yaml", NUMBER.formatted("!!float 18446744073709551615"));
        refuses(files, "n.yaml:4", "!!float");
    }

    @ParameterizedTest
    @CsvSource({
        "18446744073709551615, 1.8446744073709552e+19",
        "9223372036854775807, 9223372036854776000",
        "9007199254740991, 9007199254740991",
    })
    void aJsonPatchMakesEveryNumberOfItsObjectADouble(String written, String printed) {
        var files = InMemorySnapshot.EMPTY.with("kustomization.yaml", """
                        resources: [n.yaml]
                        patches:
                        - target: {kind: Number}
                          patch: '[{"op": "add", "path": "/a", "value": 12345678901234567890}]'
                        """).with("n.yaml", NUMBER.formatted(written));
        assertThat(built(files)).startsWith("a: 12345678901234567000\n").endsWith("value: " + printed + "\n");
    }

    @Test
    void aTextThatAReplacementChangesKeepsItsLook() {
        var files = InMemorySnapshot.EMPTY.with("kustomization.yaml", """
                        resources: [settings.yaml]
                        replacements:
                        - sourceValue: "blue: 1"
                          targets:
                          - select: {kind: ConfigMap}
                            fieldPaths:
                            - data.[app.yaml].server.colour
                            - data.[app.yaml].tags.0
                        """).with("settings.yaml", """
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: settings}
                        data:
                          app.yaml: |
                            # written by hand

                            server:   # the main one
                                colour: red  # or green
                                # the port of all
                                port: "80"

                                'quoted key': 'it''s'
                            tags:
                              - old   # first
                              - {a: [1, "2"]}
                              -
                                on: yes
                            common: &common {x: y}
                            other: *common
                            folded: >-
                              one
                              line
                            # the end
                        """);
        assertThat(built(files)).contains("""
                  app.yaml: |-
                    # written by hand

                    server: # the main one
                      colour: 'blue: 1' # or green
                      # the port of all
                      port: "80"
                      'quoted key': 'it''s'
                    tags:
                    - 'blue: 1' # first
                    - {a: [1, "2"]}
                    - on: yes
                    common: &common {x: y}
                    other: *common
                    folded: >-
                      one line
                    # the end
                """);
    }

    @Test
    void whatIsRefusedIsNamed() {
        refuses(
                InMemorySnapshot.EMPTY.with("kustomization.yaml", "resources: ['file:///srv/repo.git']\n"),
                "kustomization.yaml:1",
                "'file:///srv/repo.git' names a place on a machine");
        refuses(
                InMemorySnapshot.EMPTY
                        .with("kustomization.yaml", "resources: [n.yaml]\npatchesStrategicMerge: [none.yaml]\n")
                        .with("n.yaml", NUMBER.formatted("1"))
                        .with("none.yaml", "# nothing\n"),
                "patch appears to be empty; files=[none.yaml], Patch=");
    }

    @Test
    void filesAnywhereInTheRepositoryAreReadAndNothingOutsideOfIt() {
        var anywhere = KustomizeOptions.LIBRARY.with(KustomizeOptions.Loading.ANYWHERE);
        var files = InMemorySnapshot.EMPTY.with("shared/n.yaml", NUMBER.formatted("1"));
        assertThat(CaseFolders.built(
                        files.with("app/kustomization.yaml", "resources: [../shared/n.yaml]\n"), "app", anywhere))
                .contains("kind: Number");
        for (var path : new String[] {"../../../etc/passwd", "/etc/passwd", "../../shared/../../etc/passwd"}) {
            var leaving = files.with("app/kustomization.yaml", "resources: ['" + path + "']\n");
            assertThatThrownBy(() -> CaseFolders.built(leaving, "app", anywhere))
                    .isInstanceOf(FaultException.class)
                    .hasMessageContaining("'/etc/passwd' doesn't exist");
        }
        var linked = files.with("app/kustomization.yaml", "resources: [link.yaml]\n")
                .withLink("app/link.yaml", "../../etc/passwd");
        assertThatThrownBy(() -> CaseFolders.built(linked, "app", anywhere)).isInstanceOf(FaultException.class);
    }
}
