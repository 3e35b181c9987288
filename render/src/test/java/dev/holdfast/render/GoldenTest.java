package dev.holdfast.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Fault;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Revision;
import dev.holdfast.testkit.Golden;
import dev.holdfast.testkit.InMemorySnapshot;
import dev.holdfast.testkit.SharedCases;
import dev.holdfast.yaml.YamlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every folder of `render/src/test/golden`: what `in/` renders to is `out.yaml`, objects with their places or
/// faults.
class GoldenTest {

    private static final String FOLDERS = "render/src/test/golden";

    @Test
    void rendersEveryFolderAsRecorded() throws IOException {
        var folders = children(SharedCases.root().resolve(FOLDERS));
        assertThat(folders).hasSizeGreaterThan(2);
        for (var folder : folders) {
            var found = shown(Render.render(request(load(folder.resolve("in")))));
            Golden.file(FOLDERS + "/" + folder.getFileName() + "/out.yaml", found);
        }
    }

    private static Request request(InMemorySnapshot snapshot) {
        var revision = new Revision("deploy", "main", snapshot.id());
        return new Request(snapshot, revision, "", Placement.Rendering.DETECTED, RenderLimits.DEFAULT);
    }

    private static String shown(Result result) {
        return switch (result) {
            case Result.Rendered(var manifests, var _) ->
                manifests.stream()
                        .map(manifest ->
                                "---\n# " + manifest.origin().place() + "\n" + YamlWriter.text(manifest.body()))
                        .collect(Collectors.joining());
            case Result.Failed(var faults, var _) ->
                faults.stream()
                        .map(Fault::sentence)
                        .map(line -> "# " + line + "\n")
                        .collect(Collectors.joining());
            case Result.Needs(var needs, var _) -> "# needs " + needs + "\n";
        };
    }

    private static InMemorySnapshot load(Path folder) throws IOException {
        var snapshot = InMemorySnapshot.EMPTY;
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var path = folder.relativize(file).toString().replace('\\', '/');
                snapshot = snapshot.with(path, Files.readAllBytes(file));
            }
        }
        return snapshot;
    }

    private static List<Path> children(Path folder) throws IOException {
        try (var children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }
}
