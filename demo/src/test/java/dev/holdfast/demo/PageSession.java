package dev.holdfast.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A second terminal beside the demo: a page's commands, typed one after the other in one folder.
final class PageSession implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 180;

    private final Path folder;
    private final Surroundings world;
    private final List<String> scene = new ArrayList<>();
    private final List<Process> staying = new ArrayList<>();
    private int count;

    /// What a command printed, on both of its streams.
    record Seen(int exitCode, String output) {}

    PageSession(Path folder, Surroundings world) {
        this.folder = folder;
        this.world = world;
        save("holdfast", program());
        executable(folder.resolve("holdfast"));
    }

    void save(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Seen run(Command command) {
        if (command.stays()) return stay(command);
        if (command.setsTheScene()) scene.add(command.text());
        var output = folder.resolve("output-" + count++);
        var process = start(command.setsTheScene() ? "true" : command.text(), output);
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it still runs after " + PATIENCE_SECONDS + " s:\n" + read(output));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
        return new Seen(process.exitValue(), read(output));
    }

    /// Somebody types it in a terminal of its own, and waits for its first line.
    private Seen stay(Command command) {
        var output = folder.resolve("output-" + count++);
        var process = start("exec " + command.text(), output);
        staying.add(process);
        Eventually.found(command.text() + " says that it is there", Duration.ofSeconds(60), () -> {
            if (!process.isAlive()) throw new AssertionError(command.text() + " ended:\n" + read(output));
            return read(output)
                    .lines()
                    .filter(line -> line.startsWith("sandbox: ") || line.startsWith("holdfast: "))
                    .findFirst();
        });
        return new Seen(0, read(output));
    }

    private Process start(String text, Path output) {
        var script = new ArrayList<>(scene);
        script.add(text);
        var builder = new ProcessBuilder("sh", "-c", String.join("\n", script))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile());
        var environment = builder.environment();
        environment.put("HOME", folder.toString());
        environment.put("PATH", folder + ":" + environment.get("PATH"));
        environment.put("KUBECONFIG", world.kubeconfig().toString());
        environment.put("APPS_GIT", world.gitUrl());
        environment.remove("XDG_CACHE_HOME");
        for (var who : List.of("AUTHOR", "COMMITTER")) {
            environment.put("GIT_" + who + "_NAME", "A reader");
            environment.put("GIT_" + who + "_EMAIL", "reader@example.com");
        }
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        try {
            return builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// What `./holdfast` does, with the classes of this build.
    private static String program() {
        return """
                #!/bin/sh
                case "${1:-}" in
                  up | sandbox) main=dev.holdfast.server.Main ;;
                  *) main=dev.holdfast.cli.Main ;;
                esac
                exec "%s/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "%s" "$main" "$@"
                """.formatted(System.getProperty("java.home"), System.getProperty("java.class.path"));
    }

    private static void executable(Path file) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String read(Path output) {
        try {
            return Files.exists(output) ? Files.readString(output) : "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        for (var process : staying.reversed()) {
            process.destroy();
            try {
                if (!process.waitFor(15, TimeUnit.SECONDS))
                    process.destroyForcibly().waitFor();
            } catch (InterruptedException interrupted) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
