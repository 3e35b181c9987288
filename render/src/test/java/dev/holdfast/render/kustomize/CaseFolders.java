package dev.holdfast.render.kustomize;

import dev.holdfast.model.Mapping;
import dev.holdfast.testkit.InMemorySnapshot;
import dev.holdfast.yaml.YamlWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Folders on disk to builds, and builds to the text that `kustomize build` prints.
final class CaseFolders {

    private CaseFolders() {}

    static InMemorySnapshot load(Path folder) {
        var snapshot = InMemorySnapshot.EMPTY;
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var path = folder.relativize(file).toString().replace('\\', '/');
                snapshot = snapshot.with(path, Files.readAllBytes(file));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return snapshot;
    }

    static String text(List<Mapping> objects) {
        var text = new StringBuilder();
        for (var object : objects) {
            if (!text.isEmpty()) text.append("---\n");
            text.append(YamlWriter.text(object));
        }
        return text.toString();
    }

    static String built(InMemorySnapshot snapshot, String directory, KustomizeOptions options) {
        return switch (Kustomize.build(snapshot, directory, options)) {
            case KustomizeResult.Built(var objects) -> text(objects);
            case KustomizeResult.Needs(var bases) -> "needs " + bases;
        };
    }
}
