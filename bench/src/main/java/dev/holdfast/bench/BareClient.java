package dev.holdfast.bench;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// The least that anybody can do: sends ready bodies, a number of them at once, and does not read what comes back.
final class BareClient {

    /// The benchmark's own requests go under a name of their own, so that the server's count can tell them apart.
    static final String AGENT_NAME = "bench-of-holdfast";

    private static final Header AGENT = new Header("User-Agent", AGENT_NAME);

    private final ApiTransport transport;
    private final int concurrency;

    BareClient(ApiTransport transport, int concurrency) {
        this.transport = transport;
        this.concurrency = concurrency;
    }

    static Request apply(Mapping object, String namespace) {
        var headers = List.of(
                new Header("Accept", "application/json"),
                new Header("Content-Type", "application/apply-patch+yaml"),
                AGENT);
        var target = AppObjects.path(object, namespace) + "?fieldManager=bare&force=true";
        return new Request("PATCH", target, headers, JsonWriter.write(object));
    }

    static Request create(String collection, Mapping object) {
        return body("POST", collection, "application/json", object);
    }

    static Request merge(String target, Mapping change) {
        return body("PATCH", target, "application/merge-patch+json", change);
    }

    private static Request body(String method, String target, String type, Mapping object) {
        var headers = List.of(new Header("Accept", "application/json"), new Header("Content-Type", type), AGENT);
        return new Request(method, target, headers, JsonWriter.write(object));
    }

    /// Sends all; every one must succeed.
    Duration send(List<Request> requests) {
        var next = new AtomicInteger();
        var wrong = new AtomicReference<String>("");
        long begin = System.nanoTime();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < concurrency; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int at = next.getAndIncrement(); at < requests.size(); at = next.getAndIncrement()) {
                    var reply = transport.send(requests.get(at));
                    if (!reply.ok()) {
                        wrong.set(requests.get(at) + ": " + reply.status() + " "
                                + new String(reply.body(), StandardCharsets.UTF_8));
                    }
                }
            }));
        }
        for (var thread : threads) join(thread);
        if (!wrong.get().isEmpty()) throw new IllegalStateException(wrong.get());
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    Mapping get(String target) {
        var headers = List.of(new Header("Accept", "application/json"), AGENT);
        var reply = transport.send(new Request("GET", target, headers, null));
        if (!reply.ok()) throw new IllegalStateException(target + ": " + reply.status());
        return JsonReader.readObject(reply.body());
    }

    ApiTransport.Stream open(String target) {
        var stream = transport.open(
                new Request("GET", target, List.of(new Header("Accept", "application/json"), AGENT), null));
        if (stream.status() != 200) throw new IllegalStateException(target + ": " + stream.status());
        return stream;
    }

    boolean answers(String target) {
        try {
            return transport
                    .send(new Request("GET", target, List.of(new Header("Accept", "application/json"), AGENT), null))
                    .ok();
        } catch (FaultException notYet) {
            return false;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
