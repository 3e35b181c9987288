package dev.holdfast.bench;

import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.Kustomize;
import dev.holdfast.render.kustomize.KustomizeOptions;
import dev.holdfast.render.kustomize.KustomizeResult;
import dev.holdfast.testkit.Outcome;
import dev.holdfast.testkit.YamlTable;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.YamlReader;
import dev.holdfast.yaml.YamlWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The tables `*.json` of a folder: what a text reads as, what a value prints as.
final class YamlCases {

    private YamlCases() {}

    static Outcome in(Path folder) throws IOException {
        var failures = new ArrayList<Outcome.Failure>();
        int cases = 0;
        try (var files = Files.newDirectoryStream(folder, "*.json")) {
            for (var file : files) {
                var outcome = table(JsonReader.read(Files.readAllBytes(file)));
                System.out.println(file.getFileName() + ": " + outcome.sentence());
                cases += outcome.cases();
                failures.addAll(outcome.failures());
            }
        }
        return new Outcome(cases, failures);
    }

    private static Outcome table(Value table) {
        return switch (YamlTable.about(table)) {
            case READING_AS_KUBECTL ->
                YamlTable.read(table, (path, file) -> YamlReader.go2().documents(path, file, Limits.FILE));
            case READING_AS_KUSTOMIZE -> YamlTable.read(table, YamlCases::throughKustomize);
            case PRINTING -> YamlTable.print(table, YamlWriter::text);
        };
    }

    /// The way the table was made: a kustomization with the file as its resource, and the output read once more by
    /// kubectl's rules.
    private static List<Value> throughKustomize(String path, byte[] file) {
        var files = FileMap.ofBytes(Map.of(
                "kustomization.yaml", ("resources: [" + path + "]").getBytes(StandardCharsets.UTF_8), path, file));
        return switch (Kustomize.build(files, "", KustomizeOptions.LIBRARY)) {
            case KustomizeResult.Built(var objects) ->
                objects.stream()
                        .flatMap(object ->
                                YamlReader.go2().documents(path, YamlWriter.text(object), Limits.FILE).stream())
                        .toList();
            case KustomizeResult.Needs needs -> throw new IllegalStateException("it needs " + needs.bases());
        };
    }
}
