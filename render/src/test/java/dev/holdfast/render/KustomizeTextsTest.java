package dev.holdfast.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Revision;
import dev.holdfast.model.Value;
import dev.holdfast.testkit.InMemorySnapshot;
import dev.holdfast.testkit.SharedCases;
import dev.holdfast.testkit.YamlTable;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.YamlReader;
import dev.holdfast.yaml.YamlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a resource's text says when it went through Kustomize, by the way in which the table was made.
class KustomizeTextsTest {

    @Test
    void everyRecordedTextSaysWhatItSaysInKustomize() throws IOException {
        var table = JsonReader.read(Files.readAllBytes(SharedCases.find("conformance/yaml/go-yaml-v3.json")));
        var outcome = YamlTable.read(table, KustomizeTextsTest::throughKustomize);

        System.out.println("go-yaml-v3, through Kustomize: " + outcome.sentence());
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.cases()).isGreaterThan(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v: {? : x}                    | {"v":{"":"x"}}
            v: ! 0644                     | {"v":420}
            v: !!int "3"                  | {"v":3}
            v: [a, &x ]                   | {"v":["a",""]}
            v: 2001-01-01T1:02:03,5Z      | {"v":"2001-01-01T01:02:03.5Z"}
            v: 0o-7                       | {"v":-7}
            v: {"<<": {c: 1}, <<: {b: 2}} | {"v":{"b":2}}
            """)
    void otherTextsToo(String text, String json) {
        var head = "apiVersion: v1\nkind: X\nmetadata: {name: x}\n";
        var object = throughKustomize("a.yaml", (head + text + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .getFirst();

        var rest = ((dev.holdfast.model.Mapping) object)
                .without("apiVersion")
                .without("kind")
                .without("metadata");
        assertThat(dev.holdfast.yaml.JsonWriter.textSorted(rest)).isEqualTo(json);
    }

    private static List<Value> throughKustomize(String path, byte[] file) {
        var snapshot = InMemorySnapshot.EMPTY
                .with("kustomization.yaml", "resources: [" + path + "]")
                .with(path, file);
        var revision = new Revision("texts", "main", "0");
        var request = new Request(snapshot, revision, "", Placement.Rendering.DETECTED, RenderLimits.DEFAULT);
        return switch (Render.render(request)) {
            case Result.Rendered(var manifests, var _) ->
                manifests.stream()
                        .flatMap(manifest ->
                                YamlReader.go2()
                                        .documents(path, YamlWriter.text(manifest.body()), Limits.FILE)
                                        .stream())
                        .toList();
            case Result.Failed failed -> throw new FaultException(failed.fault());
            case Result.Needs needs -> throw new IllegalStateException("it needs " + needs.needs());
        };
    }
}
