package dev.holdfast.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Runs Jazzer on a class with `fuzzerTestOneInput(byte[])` in a process of its own, since it instruments classes
/// and bounds memory for the whole of it. The module's test class path must have Jazzer.
public final class Fuzzer {

    private static final int HEAP_MEGABYTES = 512;
    /// One input may take so many seconds: more is a hang.
    private static final int LONGEST_INPUT = 10;
    private static final int TOLD = 4_000;

    private Fuzzer() {}

    /// What the fuzzer said at the end, where it found something; empty where it did not.
    /// @param seeds inputs to begin with
    public static String findings(Class<?> target, Duration time, List<String> seeds) {
        try {
            var folder = Files.createTempDirectory("holdfast-fuzz-");
            try {
                return findings(target, time, seeds, folder);
            } finally {
                try (var left = Files.walk(folder)) {
                    for (var path : left.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static String findings(Class<?> target, Duration time, List<String> seeds, Path folder)
            throws IOException, InterruptedException {
        var corpus = Files.createDirectory(folder.resolve("corpus"));
        for (int i = 0; i < seeds.size(); i++) Files.writeString(corpus.resolve("seed-" + i), seeds.get(i));
        var said = folder.resolve("said").toFile();
        var fuzzer = new ProcessBuilder(command(target, time, corpus))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said)
                .start();
        int code = fuzzer.waitFor();
        var text = Files.readString(said.toPath());
        // before that stands how far it came
        int found = Math.max(0, text.indexOf("== "));
        return code == 0 ? "" : text.substring(Math.max(found, text.length() - TOLD));
    }

    private static List<String> command(Class<?> target, Duration time, Path corpus) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx" + HEAP_MEGABYTES + "m", "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer"));
        command.add("--target_class=" + target.getName());
        command.add("--instrumentation_includes=dev.holdfast.**");
        command.addAll(List.of("-max_total_time=" + time.toSeconds(), "-timeout=" + LONGEST_INPUT, "-max_len=4096"));
        command.add(corpus.toString());
        return command;
    }
}
