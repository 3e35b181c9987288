package dev.holdfast.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Another main of this program, in a process of its own, with its output in a file.
public final class ChildProcess implements AutoCloseable {

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /// What to start: a main class, flags of the virtual machine, arguments.
    public record Program(String name, String mainClass, List<String> flags, List<String> arguments) {}

    /// @param log appended to, so that a restarted program's file tells the whole story
    public static ChildProcess start(Program program, Path log) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(program.flags());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.mainClass()));
        command.addAll(program.arguments());
        return of(program.name(), command, log);
    }

    /// Any command, in a process of its own.
    public static ChildProcess of(String name, List<String> command, Path log) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process.getOutputStream().close();
            // also where this process ends without a word
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            return new ChildProcess(name, process, log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean alive() {
        return process.isAlive();
    }

    public int exitCode() {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /// The end of its output, for messages.
    public String tail() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException unreadable) {
            return "(no log)";
        }
    }

    /// SIGKILL: no chance to clean up.
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS))
                process.destroyForcibly().waitFor();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
