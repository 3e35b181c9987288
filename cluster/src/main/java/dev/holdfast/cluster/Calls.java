package dev.holdfast.cluster;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Reply;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Tasks;
import dev.holdfast.yaml.JsonReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Requests under the cluster's limit of concurrency. Reads are repeated where the server asks for it; writes
/// never: whether a broken one took effect is not known here, and the caller looks before it tries again.
final class Calls {

    static final String JSON = "application/json";

    private static final int READ_ATTEMPTS = 4;
    /// A server that asks for a longer pause than this gets its refusal passed on.
    private static final int LONGEST_PAUSE_SECONDS = 10;

    private final ApiTransport transport;
    private final Tasks tasks;
    private final Tasks.Permits permits;
    private final ClusterSettings settings;

    Calls(ApiTransport transport, Tasks tasks, ClusterSettings settings) {
        this.transport = transport;
        this.tasks = tasks;
        this.permits = tasks.permits(settings.concurrency());
        this.settings = settings;
    }

    Tasks tasks() {
        return tasks;
    }

    Backoff backoff() {
        return new Backoff(tasks, settings.random());
    }

    /// A number of seconds between `least` and twice that.
    int spread(int least) {
        return least + settings.random().nextInt(least);
    }

    static Request get(String target, Caller caller, String accept) {
        var headers = headers(caller);
        headers.add(new Header("Accept", accept));
        return Request.get(target, headers);
    }

    static Request write(String method, String target, Caller caller, Body body) {
        var headers = headers(caller);
        headers.add(new Header("Accept", JSON));
        headers.add(new Header("Content-Type", body.type()));
        return new Request(method, target, headers, body.bytes());
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Body(String type, byte[] bytes) {}

    /// Headers for who asks. The server adds a service account's groups by itself.
    private static List<Header> headers(Caller caller) {
        var headers = new ArrayList<Header>(4);
        switch (caller) {
            case Caller.Self _ -> {}
            case Caller.ServiceAccount account -> headers.add(new Header("Impersonate-User", account.user()));
        }
        return headers;
    }

    Answer answer(Request request) {
        return answer(send(request));
    }

    static Answer answer(Reply reply) {
        if (!reply.ok()) return new Answer.Refused(Statuses.of(reply));
        return new Answer.Done(reply.status(), JsonReader.readObject(reply.body()), Statuses.warnings(reply.headers()));
    }

    Reply send(Request request) {
        permits.acquire();
        try {
            return transport.send(request);
        } finally {
            permits.release();
        }
    }

    /// Sends a request that changes nothing.
    Reply read(Request request) {
        int broken = 0;
        for (int attempt = 1; ; attempt++) {
            Reply reply;
            try {
                reply = send(request);
            } catch (FaultException fault) {
                // a kept connection that the server has closed meanwhile breaks once; a server that is down, twice
                if (!(fault.fault() instanceof Fault.Transient) || ++broken > 1) throw fault;
                continue;
            }
            var pause = attempt < READ_ATTEMPTS ? pause(reply) : Optional.<Duration>empty();
            if (pause.isEmpty()) return reply;
            tasks.sleepUntil(tasks.now().plus(pause.get()));
        }
    }

    private Optional<Duration> pause(Reply reply) {
        if (reply.status() != 429 && reply.status() != 503 && reply.status() != 504) return Optional.empty();
        var asked = Statuses.of(reply).retryAfterSeconds();
        if (asked.isEmpty() && reply.status() != 429) return Optional.empty();
        int seconds = asked.orElse(1);
        if (seconds > LONGEST_PAUSE_SECONDS) return Optional.empty();
        return Optional.of(Duration.ofMillis(seconds * 1000L + settings.random().nextInt(500)));
    }

    ApiTransport.Stream open(Request request) {
        return transport.open(request);
    }
}
