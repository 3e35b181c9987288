package dev.holdfast.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.port.ApiTransport.Reply;
import dev.holdfast.sandbox.door.HttpDoor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What hostile or broken clients send is refused with a proper Status, and the server goes on.
class BadInputTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String JSON = "application/json";
    private static final String APPLY = "application/apply-patch+yaml";

    private static Sandbox sandbox;
    private static HttpDoor door;
    private static Client client;

    @BeforeAll
    static void start() throws IOException {
        sandbox = Sandbox.start(SandboxOptions.inMemory(1), new ThreadTasks());
        door = sandbox.listen(HttpDoor.Options.loopback(0));
        client = new Client(sandbox.direct());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private record Case(String name, String method, String target, String type, String body, int status, String says) {}

    private static String nested(String open, String close) {
        int depth = 100_000;
        return open.repeat(depth) + close.repeat(depth);
    }

    private static String map(String name, String data) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name + "\"},\"data\":" + data
                + "}";
    }

    @TestFactory
    Stream<DynamicTest> everyBadRequestGetsAStatus() {
        var deepJson = map("deep", nested("{\"a\":", "}").replace("}}", "}}"));
        var deepLists = map("deep", nested("[", "]"));
        var large = map("large", "{\"a\":\"" + "x".repeat((3 << 20) - 90) + "\"}");
        var tooLarge = map("large", "{\"a\":\"" + "x".repeat(3 << 20) + "\"}");
        var cases = List.of(
                new Case("JSON without end", "POST", MAPS, JSON, "{\"a\":", 400, "unexpected end of JSON input"),
                new Case("JSON of 100,000 levels", "POST", MAPS, JSON, deepJson, 400, ""),
                new Case("lists of 100,000 levels", "POST", MAPS, JSON, deepLists, 400, ""),
                new Case(
                        "an apply of 100,000 levels",
                        "PATCH",
                        MAPS + "/deep?fieldManager=x",
                        APPLY,
                        deepLists,
                        400,
                        ""),
                new Case("YAML of 100,000 levels", "POST", MAPS, "application/yaml", nested("- ", ""), 400, ""),
                new Case(
                        "a merge patch of 100,000 levels",
                        "PATCH",
                        MAPS + "/kube-root-ca.crt",
                        "application/merge-patch+json",
                        nested("[", "]"),
                        400,
                        ""),
                new Case("malformed YAML", "POST", MAPS, "application/yaml", "a: b: c", 400, ""),
                new Case("a value of three megabytes", "POST", MAPS, JSON, large, 422, "Too long"),
                new Case("more than three megabytes", "POST", MAPS, JSON, tooLarge, 413, "Request entity too large"),
                new Case("no known type", "POST", MAPS, "text/html", "<p>", 415, "accepted media types"),
                new Case("CBOR", "PATCH", MAPS + "/x?fieldManager=x", "application/apply-patch+cbor", "x", 415, ""),
                new Case("protobuf that is none", "POST", MAPS, "application/vnd.kubernetes.protobuf", "k8s", 400, ""),
                new Case("cut protobuf", "POST", MAPS, "application/vnd.kubernetes.protobuf", "k8s\0\nZ", 400, ""),
                new Case("a name with NUL", "GET", MAPS + "/a%00b", JSON, "", 404, ""),
                new Case("a name with a slash", "GET", MAPS + "/a%2Fb", JSON, "", 404, ""),
                new Case("a new name with NUL", "POST", MAPS, JSON, map("a\\u0000b", "{}"), 422, "metadata.name"),
                new Case("a new name with a slash", "POST", MAPS, JSON, map("a/b", "{}"), 422, "metadata.name"),
                new Case("a name of 300 letters", "POST", MAPS, JSON, map("a".repeat(300), "{}"), 422, "metadata.name"),
                new Case("a list where an object belongs", "POST", MAPS, JSON, "[]", 400, ""),
                new Case("nothing", "POST", MAPS, JSON, "", 400, ""),
                new Case("a selector that is none", "GET", MAPS + "?labelSelector=a+in+(", JSON, "", 400, ""),
                new Case("a limit that is no number", "GET", MAPS + "?limit=many", JSON, "", 400, ""),
                new Case("a version that is no number", "GET", MAPS + "?resourceVersion=x", JSON, "", 400, ""),
                new Case("a broken escape", "GET", MAPS + "?labelSelector=%zz", JSON, "", 400, ""),
                new Case("an unknown verb", "FROB", MAPS, JSON, "", 405, ""));
        return cases.stream()
                .map(each -> DynamicTest.dynamicTest(each.name(), () -> {
                    var reply = client.call(each.method(), each.target(), each.type(), each.body());
                    assertThat(reply.status()).as(text(reply)).isEqualTo(each.status());
                    assertThat(text(reply)).contains(each.says());
                    assertThat(Client.body(reply).text("kind")).contains("Status");
                    assertThat(client.get(MAPS + "/kube-root-ca.crt").text("kind"))
                            .contains("ConfigMap");
                }));
    }

    private static String text(Reply reply) {
        var text = new String(reply.body(), StandardCharsets.UTF_8);
        return text.substring(0, Math.min(500, text.length()));
    }

    @Test
    void overHttpTheyGetAStatusToo() throws Exception {
        var http = HttpClient.newHttpClient();
        for (var body : List.of(nested("[", "]"), "x".repeat((3 << 20) + 1), "{")) {
            var request = HttpRequest.newBuilder(URI.create(door.url() + MAPS))
                    .header("Authorization", "Bearer " + sandbox.adminToken())
                    .header("Content-Type", JSON)
                    .POST(BodyPublishers.ofString(body))
                    .build();
            var reply = http.send(request, BodyHandlers.ofString());
            assertThat(reply.statusCode()).isIn(400, 413);
            assertThat(reply.body()).contains("\"kind\":\"Status\"");
        }
    }

    @Test
    @Tag("slow")
    void clientsThatNeverReadHoldNobodyUp() throws IOException {
        var silent = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 20; i++) silent.add(watching());
            // far more than any buffer holds
            var filler = "x".repeat(200_000);
            for (int i = 0; i < 100; i++) {
                var reply = client.applyConfigMap("busy", filler + i);
                assertThat(reply.ok()).isTrue();
            }
            assertThat(client.get(MAPS + "/busy").text("data", "a")).contains(filler + 99);
        } finally {
            for (var socket : silent) socket.close();
        }
    }

    @Test
    @Tag("slow")
    void athousandIdleWatchesCostLittle() throws IOException {
        var idle = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 1_000; i++) idle.add(watching());
            long begin = System.nanoTime();
            assertThat(client.applyConfigMap("seen", "by all").ok()).isTrue();
            assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
        } finally {
            for (var socket : idle) socket.close();
        }
    }

    private static Socket watching() throws IOException {
        var socket = new Socket("127.0.0.1", door.port());
        var request = new ByteArrayOutputStream();
        request.write(("GET " + MAPS + "?watch=true HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                        + sandbox.adminToken() + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(request.toByteArray());
        return socket;
    }
}
