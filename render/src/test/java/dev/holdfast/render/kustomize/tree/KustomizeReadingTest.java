package dev.holdfast.render.kustomize.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.testkit.HalfAStack;
import dev.holdfast.testkit.SharedCases;
import dev.holdfast.testkit.YamlTable;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.YamlReader;
import dev.holdfast.yaml.YamlWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts as Kustomize reads them. The rows below were tried with kubectl 1.32; the table has more.
class KustomizeReadingTest {

    @Test
    void readsEveryRecordedTextAsKustomizeDoes() throws IOException {
        var table = JsonReader.read(Files.readAllBytes(SharedCases.find("conformance/yaml/go-yaml-v3.json")));
        var outcome = YamlTable.read(table, KustomizeReadingTest::throughKustomize);

        System.out.println("go-yaml-v3: " + outcome.sentence());
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.cases()).isGreaterThan(400);
    }

    /// The table has Kustomize's output, read once more by kubectl's rules.
    private static List<Value> throughKustomize(String path, byte[] file) {
        return documents(path, file).stream()
                .flatMap(object -> YamlReader.go2().documents(path, YamlWriter.text(object), Limits.FILE).stream())
                .toList();
    }

    @Test
    void aBlockScalarThatEndsTheFileWithoutALineBreakHasNone() {
        assertThat(read("v: |+\n  a")).isEqualTo(Mapping.of("v", Value.of("a")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v: 2001-01-01T1:02:03Z                 | {"v":"2001-01-01T01:02:03Z"}
            v: 2001-01-01T01:02:03,5Z              | {"v":"2001-01-01T01:02:03.5Z"}
            v: 2001-01-01T01:02:03+05:30           | {"v":"2001-01-01T01:02:03+05:30"}
            v: 2001-01-01T01:02:03.1234567891Z     | {"v":"2001-01-01T01:02:03.123456789Z"}
            v: 2001-01-01T01:02:03+00:00           | {"v":"2001-01-01T01:02:03Z"}
            v: 2001-01-01 1:2:3.50                 | {"v":"2001-01-01T01:02:03.5Z"}
            v: 2001-01-01T24:02:03Z                | {"v":"2001-01-01T24:02:03Z"}
            v: 2001-02-29                          | {"v":"2001-02-29"}
            v: 0b-1                                | {"v":-1}
            v: 0o-7                                | {"v":-7}
            v: ! 0644                              | {"v":420}
            v: ! "0644"                            | {"v":"0644"}
            v: !foo 1                              | {"v":"1"}
            v: [!!null ""]                         | {"v":[null]}
            v: [a, &x ]                            | {"v":["a",""]}
            v: {? : x}                             | {"v":{"":"x"}}
            v: {a: , b}                            | {"v":{"a":"","b":""}}
            v: {"~": x}                            | {"v":{"~":"x"}}
            v: {!!str 1: x}                        | {"v":{"1":"x"}}
            true: x                                | {"true":"x"}
            1: x                                   | {"1":"x"}
            2001-01-01: x                          | {"2001-01-01":"x"}
            !!binary YQ==: x                       | {"a":"x"}
            v: {"<<": {c: 1}, <<: {b: 2}}          | {"v":{"b":2}}
            v: {<<: {b: 2}, "<<": {c: 1}}          | {"v":{"<<":{"c":1},"b":2}}
            v: {<<: [{a: 1}, {a: 2, b: 3}], b: 4}  | {"v":{"a":1,"b":4}}
            """)
    void readsAsKustomizeDoes(String text, String json) {
        assertThat(JsonWriter.textSorted(read(text + "\n"))).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v: {true: x}",
                "v: {1: x}",
                "v: {2001-01-01: x}",
                "v: {!!binary YQ==: x}",
                "v: {!foo a: x}",
                "v: {~: x}",
                "~: x",
                "v: {a: 1, 'a': 2}",
                "1: x\n'1': y",
                "v: {<<: {a: 1}, a: 2, a: 3}",
                "v: {<<: {a: 1}, <<: {b: 1}}",
                "a: &a [1]\nv: {<<: *a}",
                "v: {<<: ~}",
                "v: !!bool yes",
                "v: !!null a",
                "v: !!timestamp x",
                "v: !!float 18446744073709551615",
                "v: 2001-01-01T01:02:03+24:00",
                "v: |2\n  \ta",
                "v: >2\n  \ta\n  b",
                "v: &a {x: *a}",
            })
    void refusesWhatKustomizeRefuses(String text) {
        assertThatThrownBy(() -> read(text + "\n"))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        refused -> assertThat(
                                        refused.fault().explanation().place().place())
                                .startsWith("x.yaml:"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            >\\n  a b\\n  c\\n\\n  d\\n   | a b c\\nd\\n
            >\\n  a\\n   b\\n            | a\\n\\n b\\n
            >+\\n  a\\n  b\\n\\n\\n      | a b\\n\\n\\n\\n
            >\\n\\n\\n  a\\n  b\\n       | \\n\\na b\\n
            >-\\n  a\\n\\n\\n  b\\n      | a\\n\\nb
            >2\\n    a\\n   b\\n         | __a\\n b\\n
            """)
    void foldedTextsGainBreaksAsInKustomize(String scalar, String text) {
        var found = (Mapping) read("v: " + scalar.replace("\\n", "\n"));

        assertThat(found.text("v")).contains(text.replace("\\n", "\n").replace('_', ' '));
    }

    @Test
    void cutsFilesWhereKustomizeDoes() {
        assertThat(documents("---\na: 1\n--- # b\nb: 1\n---\n---\nc: 1\n---")).hasSize(3);
        assertThat(documents("--- {a: 1}\n")).hasSize(1);
        assertThatThrownBy(() -> documents("a: 1\n----\nb: 1\n"))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        refused -> assertThat(
                                        refused.fault().explanation().place().place())
                                .isEqualTo("x.yaml:2"));
    }

    @Test
    void tellsTheLineOfALaterDocument() {
        assertThatThrownBy(() -> documents("a: 1\n---\nb: 1\n\n---\nc: 1\nc: 2\n"))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        refused -> assertThat(
                                        refused.fault().explanation().place().place())
                                .isEqualTo("x.yaml:7"));
    }

    /// Wherever a text breaks off, it is read or refused, at once.
    @Test
    void readsOrRefusesEveryBeginningOfAText() {
        var text = """
                users: [{name: a, user: {token: t}}, "b: c", [d, {e: [f]}: g]]
                ? &k key
                : - &x !!str 'y'
                  - *x
                  - {*k : v, "<<": {}}
                m: >-
                  folded
                """;
        for (var each : List.of(text, text.replace("\n", " "))) {
            for (int end = 0; end <= each.length(); end++) {
                try {
                    assertThat(documents(each.substring(0, end))).isNotNull();
                } catch (FaultException refused) {
                    assertThat(refused.fault().code()).isEqualTo("InvalidYaml");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void refusesTextsDeeperThanAnyStack(String opening) throws InterruptedException {
        assertThat(HalfAStack.run(() -> assertThatThrownBy(() -> documents(opening.repeat(100_000)))
                        .isInstanceOf(FaultException.class)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"[,]", "'{a: ','}'"})
    void readsAndPrintsAllLevelsThatAreAllowedOnHalfAStack(String opening, String closing) throws InterruptedException {
        var text = opening.repeat(Limits.DEPTH) + closing.repeat(Limits.DEPTH);
        assertThat(HalfAStack.run(() -> assertThat(documents(text)).hasSize(1))).isEmpty();
        assertThatThrownBy(() -> documents(opening + text + closing))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        refused -> assertThat(refused.fault().code()).isEqualTo("TooDeep"));
    }

    private static List<Value> documents(String text) {
        return documents("x.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Value> documents(String path, byte[] file) {
        return Trees.read(path, file, Limits.FILE).stream().map(Values::of).toList();
    }

    private static Value read(String text) {
        return documents(text).getFirst();
    }
}
