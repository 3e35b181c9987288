package dev.holdfast.bench;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Revision;
import dev.holdfast.render.Render;
import dev.holdfast.render.RenderLimits;
import dev.holdfast.render.Request;
import dev.holdfast.render.Result;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// How fast directories are rendered with Kustomize, in this process and warm, beside a fork of `kubectl kustomize`
/// for each; how fast YAML is parsed; what a second thread is worth.
final class RenderBench {

    private static final String OVERLAY = "overlays/prod";
    private static final int PARSED_BYTES = 5 << 20;
    private static final int FORKS = 9;
    private static final long WARM_UP = 3_000_000_000L;
    private static final long MEASURED = 2_000_000_000L;

    Mapping run() {
        var small = FileMap.of(RenderTrees.small());
        var large = FileMap.of(RenderTrees.large());
        var text = RenderTrees.text(PARSED_BYTES).getBytes(StandardCharsets.UTF_8);
        var results = Mapping.builder()
                .put("smallOverlay", compared(small))
                .put("objects400", compared(large))
                .put("parse5MegabytesMs", Figures.rounded(millis(() -> parse(text))));
        double one = perSecond(small, 1);
        double two = perSecond(small, 2);
        return results.put("rendersPerSecond", Figures.rounded(one))
                .put("twoThreads", Figures.rounded(two / one))
                .build();
    }

    private static Mapping compared(FileMap files) {
        double own = millis(() -> render(files));
        var result = Mapping.builder().put("ms", Figures.rounded(own)).put("objects", render(files));
        forked(files)
                .ifPresent(kubectl ->
                        result.put("kubectlMs", Figures.rounded(kubectl)).put("ratio", Figures.rounded(kubectl / own)));
        return result.build();
    }

    /// The number of objects.
    private static int render(FileMap files) {
        var revision = new Revision("bench", "main", files.id());
        var request = new Request(files, revision, OVERLAY, Placement.Rendering.DETECTED, RenderLimits.DEFAULT);
        return switch (Render.render(request)) {
            case Result.Rendered(var manifests, var _) -> manifests.size();
            case Result.Failed failed ->
                throw new IllegalStateException(failed.fault().sentence());
            case Result.Needs needs -> throw new IllegalStateException("needs " + needs.needs());
        };
    }

    private static int parse(byte[] text) {
        return YamlReader.go2().documents("all.yaml", text, Limits.FILE).size();
    }

    /// The median, warm.
    private static double millis(Callable<Integer> work) {
        run(work, WARM_UP);
        var nanos = run(work, MEASURED);
        return Figures.percentile(nanos, 50) / 1e6;
    }

    private static List<Long> run(Callable<Integer> work, long time) {
        var nanos = new ArrayList<Long>();
        long end = System.nanoTime() + time;
        try {
            do {
                long begin = System.nanoTime();
                if (work.call() == 0) throw new IllegalStateException("nothing came out");
                nanos.add(System.nanoTime() - begin);
            } while (System.nanoTime() < end);
            return nanos;
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// Of all threads together.
    private static double perSecond(FileMap files, int threads) {
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var counts = new ArrayList<java.util.concurrent.Future<Integer>>();
            for (int thread = 0; thread < threads; thread++) {
                counts.add(pool.submit(() -> run(() -> render(files), MEASURED).size()));
            }
            int renders = 0;
            for (var count : counts) renders += count.get();
            return renders / (MEASURED / 1e9);
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// The median of some forks; empty where there is no kubectl.
    private static Optional<Double> forked(FileMap files) {
        try (var scratch = Scratch.create()) {
            write(files.files(), scratch.folder());
            var nanos = new ArrayList<Long>();
            for (int fork = 0; fork < FORKS; fork++) {
                long begin = System.nanoTime();
                var kubectl = new ProcessBuilder(
                                "kubectl",
                                "kustomize",
                                scratch.folder().resolve(OVERLAY).toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (kubectl.waitFor() != 0) throw new IllegalStateException("kubectl kustomize failed");
                nanos.add(System.nanoTime() - begin);
            }
            return Optional.of(Figures.percentile(nanos, 50) / 1e6);
        } catch (IOException absent) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static void write(Map<String, byte[]> files, Path folder) {
        try {
            for (var file : files.entrySet()) {
                var path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
