package dev.holdfast.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.sandbox.door.HttpDoor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpDoorTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory(5), new ThreadTasks());
    private String url = "";

    @BeforeEach
    void open() throws IOException {
        url = sandbox.listen(HttpDoor.Options.loopback(0)).url();
    }

    @AfterEach
    void close() {
        http.shutdownNow();
        sandbox.close();
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create(url + target))
                .header("Authorization", "Bearer " + sandbox.adminToken());
    }

    private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    @Test
    void knowsWhoAsks() throws IOException, InterruptedException {
        assertThat(status(request(MAPS))).isEqualTo(200);
        var stranger = HttpRequest.newBuilder(URI.create(url + MAPS));
        assertThat(status(stranger)).isEqualTo(403);
        assertThat(status(stranger.header("Authorization", "Bearer wrong"))).isEqualTo(401);
        assertThat(status(request(MAPS).header("Impersonate-User", "jane"))).isEqualTo(403);
        assertThat(status(request("/sandbox/log").header("Impersonate-User", "jane")))
                .isEqualTo(200);
    }

    @Test
    void refusesBodiesThatAreTooLarge() throws IOException, InterruptedException {
        var body = BodyPublishers.ofString("x".repeat((3 << 20) + 1));
        assertThat(status(
                        request(MAPS).header("Content-Type", "application/json").POST(body)))
                .isEqualTo(413);
    }

    @Test
    void streamsEventsAsTheyHappen() throws IOException, InterruptedException {
        var from = new Client(sandbox.direct())
                .get(MAPS)
                .text("metadata", "resourceVersion")
                .orElseThrow();
        var target = MAPS + "?watch=true&fieldSelector=metadata.name%3Da&resourceVersion=" + from;
        var stream = http.send(request(target).build(), BodyHandlers.ofLines());
        new Client(sandbox.direct()).applyConfigMap("a", "1");
        new Client(sandbox.direct()).applyConfigMap("a", "2");
        List<String> types = new ArrayList<>();
        stream.body().limit(2).forEach(line -> types.add(line.substring(9, line.indexOf('"', 9))));
        assertThat(types).containsExactly("ADDED", "MODIFIED");
    }

    /// Twenty clients that never read what they watch, and one that works on.
    @Test
    void clientsThatDoNotReadHoldUpNobody() throws IOException, InterruptedException {
        for (int i = 0; i < 20; i++) http.send(request(MAPS + "?watch=true").build(), BodyHandlers.ofInputStream());
        var client = new Client(sandbox.direct());
        var large = "x".repeat(100_000);
        for (int i = 0; i < 50; i++)
            assertThat(client.applyConfigMap("a", large + i).ok()).isTrue();
        assertThat(status(request(MAPS + "/a"))).isEqualTo(200);
    }
}
