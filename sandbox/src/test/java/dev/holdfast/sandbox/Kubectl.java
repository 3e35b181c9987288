package dev.holdfast.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.sandbox.door.HttpDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// kubectl against a sandbox over HTTPS, as a person would use it. Skipped where kubectl is missing, except in CI.
final class Kubectl implements AutoCloseable {

    final Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory(3), new ThreadTasks());
    private final Path folder;

    record Ran(int code, String output) {}

    Kubectl(Path folder) throws IOException {
        boolean present = present();
        if ("true".equals(System.getenv("CI")))
            assertThat(present).as("kubectl is there in CI").isTrue();
        Assumptions.assumeTrue(present, "skipped: kubectl is not installed");
        this.folder = folder;
        var door = sandbox.listen(HttpDoor.Options.loopback(0).over(HttpDoor.Wire.TLS));
        Kubeconfig.write(folder.resolve("config"), door, sandbox.adminToken());
    }

    private static boolean present() {
        try {
            return new ProcessBuilder("kubectl", "version", "--client")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /// A file for `-f`.
    String file(String name, String text) {
        try {
            var path = folder.resolve(name);
            Files.createDirectories(path.getParent());
            return Files.writeString(path, text).toString();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Words are separated by blanks; a word of several stands in single quotes.
    Ran run(String line) {
        var command = new ArrayList<>(
                List.of("kubectl", "--cache-dir", folder.resolve("cache").toString()));
        var word = java.util.regex.Pattern.compile("'([^']*)'|(\\S+)").matcher(line);
        while (word.find()) command.add(word.group(1) != null ? word.group(1) : word.group(2));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", folder.resolve("config").toString());
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            return new Ran(process.exitValue(), output);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    String works(String line) {
        var ran = run(line);
        assertThat(ran.code()).as(line + ": " + ran.output()).isZero();
        return ran.output();
    }

    String fails(String line) {
        var ran = run(line);
        assertThat(ran.code()).as(line + ": " + ran.output()).isNotZero();
        return ran.output();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
