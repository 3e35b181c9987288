package dev.holdfast.render.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.FaultException;
import dev.holdfast.testkit.InMemorySnapshot;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random trees, built by us and by `kubectl kustomize`: the same bytes, or both refuse. Nothing is made that the
/// Kustomize of kubectl 1.32 (5.5.0) does otherwise than later ones.
class DifferentialTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Tag("slow")
    void sixtyRandomTreesGiveWhatKubectlGives() throws Exception {
        compare(0, 60);
    }

    @Test
    @Tag("long")
    void sixHundredRandomTreesGiveWhatKubectlGives() throws Exception {
        compare(10_000, 600);
    }

    private void compare(long first, int count) throws Exception {
        Assumptions.assumeTrue(installed(), "skipped: kubectl is not on the path");
        int built = 0;
        for (long seed = first; seed < first + count; seed++) {
            var files = RandomTree.of(seed);
            var ours = ours(files);
            var theirs = theirs(files, folder.resolve("tree" + seed));
            if (!theirs.isEmpty()) built++;
            assertThat(ours.isEmpty() && !theirs.isEmpty() ? refusal(files) : ours)
                    .as("the tree of seed " + seed)
                    .isEqualTo(theirs);
        }
        System.out.println("kustomize trees: " + count + " equal, " + built + " of them built, the others refused");
        assertThat(built).isGreaterThan(count / 2);
    }

    private static String ours(Map<String, String> files) {
        try {
            return CaseFolders.built(InMemorySnapshot.of(files), "overlay", KustomizeOptions.COMMAND_LINE);
        } catch (FaultException refused) {
            return "";
        }
    }

    private static String refusal(Map<String, String> files) {
        try {
            return CaseFolders.built(InMemorySnapshot.of(files), "overlay", KustomizeOptions.COMMAND_LINE);
        } catch (FaultException refused) {
            return refused.fault().sentence();
        }
    }

    private static String theirs(Map<String, String> files, Path tree) throws IOException, InterruptedException {
        for (var file : files.entrySet()) {
            var path = tree.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        var output = tree.resolve("output").toFile();
        var kubectl = new ProcessBuilder("kubectl", "kustomize", tree.resolve("overlay").toString())
                .redirectOutput(output)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return kubectl.waitFor() == 0 ? Files.readString(output.toPath(), StandardCharsets.UTF_8) : "";
    }

    private static boolean installed() {
        for (var place : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (!place.isEmpty() && Files.isExecutable(Path.of(place, "kubectl"))) return true;
        }
        return false;
    }
}
