package dev.holdfast.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.SimulatedTasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A sandbox that is never closed stands for one that was killed: what it answered is in the file by then.
class PersistenceTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private static void run(Path data, Consumer<Client> story) {
        var tasks = new SimulatedTasks(1, Instant.parse("2026-11-21T12:00:00Z"));
        tasks.run(
                () -> {
                    var sandbox = Sandbox.start(SandboxOptions.inMemory(1).withData(data), tasks);
                    story.accept(new Client(sandbox.direct()));
                },
                Duration.ofHours(1));
    }

    @Test
    void objectsVersionsAndUidsSurviveSuddenEnd(@TempDir Path data) {
        var seen = new ArrayList<String>();
        run(data, client -> {
            client.applyConfigMap("a", "1");
            client.applyConfigMap("b", "1");
            client.delete(MAPS + "/b");
            seen.add(client.get(MAPS + "/a").toString());
            seen.add(client.get(MAPS).text("metadata", "resourceVersion").orElseThrow());
        });
        run(data, client -> {
            assertThat(client.get(MAPS + "/a").toString()).isEqualTo(seen.getFirst());
            assertThat(client.call("GET", MAPS + "/b", "application/json", "").status())
                    .isEqualTo(404);
            var reply = Client.body(client.applyConfigMap("c", "1"));
            assertThat(Long.parseLong(reply.text("metadata", "resourceVersion").orElseThrow()))
                    .isGreaterThan(Long.parseLong(seen.getLast()));
            assertThat(seen.getFirst())
                    .doesNotContain(reply.text("metadata", "uid").orElseThrow());
        });
    }

    @Test
    void tornLastRecordIsForgotten(@TempDir Path data) {
        run(data, client -> client.applyConfigMap("a", "1"));
        tear(data.resolve("journal"));
        run(data, client -> {
            assertThat(client.get("/api/v1/namespaces/default").text("kind")).contains("Namespace");
            assertThat(client.applyConfigMap("b", "1").status()).isEqualTo(201);
        });
        run(
                data,
                client -> assertThat(client.get(MAPS + "/b").text("data", "a")).contains("1"));
    }

    private static void tear(Path file) {
        try {
            var bytes = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 7));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
