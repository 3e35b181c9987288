package dev.holdfast.cluster;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.Tasks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A transport that answers what a test wrote down, per request line and in order, and remembers what it was asked.
/// The last answer of a request line is given again and again. `timeoutSeconds`, which is random, is not part of
/// it.
final class ScriptedTransport implements ApiTransport {

    /// What a request meets.
    sealed interface Act {
        record Say(Reply reply) implements Act {}

        record Break() implements Act {}

        /// A streaming answer: its lines, then how it ends.
        record Watch(int status, List<String> lines, End end) implements Act {}
    }

    enum End {
        CLEAN,
        BREAK,
        /// Stays open until the reader is cancelled.
        OPEN
    }

    private final Tasks tasks;
    private final Map<String, Deque<Act>> script = new HashMap<>();
    final List<Request> requests = new ArrayList<>();

    ScriptedTransport(Tasks tasks) {
        this.tasks = tasks;
    }

    ScriptedTransport on(String requestLine, Act... acts) {
        script.computeIfAbsent(requestLine, _ -> new ArrayDeque<>()).addAll(List.of(acts));
        return this;
    }

    ScriptedTransport on(String requestLine, int status, String json) {
        return on(requestLine, say(status, json));
    }

    static Act say(int status, String json, Header... headers) {
        var all = new ArrayList<>(List.of(headers));
        all.add(new Header("content-type", "application/json"));
        return new Act.Say(new Reply(status, all, json.getBytes(StandardCharsets.UTF_8)));
    }

    static Act watch(End end, String... lines) {
        return new Act.Watch(200, List.of(lines), end);
    }

    List<String> asked() {
        return requests.stream().map(ScriptedTransport::line).toList();
    }

    private static String line(Request request) {
        return request.method() + " " + request.target().replaceAll("&timeoutSeconds=[0-9]+", "");
    }

    private Act next(Request request) {
        requests.add(request);
        var acts = script.get(line(request));
        if (acts == null) return say(404, "404 page not found");
        return acts.size() > 1 ? acts.removeFirst() : acts.getFirst();
    }

    @Override
    public Reply send(Request request) {
        return switch (next(request)) {
            case Act.Say(var reply) -> reply;
            case Act.Break _ -> throw broken();
            case Act.Watch _ -> throw new AssertionError(request + " was sent, not opened");
        };
    }

    @Override
    public Stream open(Request request) {
        return switch (next(request)) {
            case Act.Say(var reply) ->
                new Lines(
                        reply.status(),
                        reply.headers(),
                        new ArrayDeque<>(List.of(new String(reply.body(), StandardCharsets.UTF_8))),
                        End.CLEAN);
            case Act.Break _ -> throw broken();
            case Act.Watch(var status, var lines, var end) ->
                new Lines(status, List.of(), new ArrayDeque<>(lines), end);
        };
    }

    @Override
    public void close() {}

    private static FaultException broken() {
        return new FaultException(Fault.temporary("Unreachable", "the connection broke", "Look at the network"));
    }

    private final class Lines implements Stream {
        private final int status;
        private final List<Header> headers;
        private final Deque<String> lines;
        private final End end;

        Lines(int status, List<Header> headers, Deque<String> lines, End end) {
            this.status = status;
            this.headers = headers;
            this.lines = lines;
            this.end = end;
        }

        @Override
        public int status() {
            return status;
        }

        @Override
        public List<Header> headers() {
            return headers;
        }

        @Override
        public byte @Nullable [] nextLine() {
            var line = lines.pollFirst();
            if (line != null) return line.getBytes(StandardCharsets.UTF_8);
            return switch (end) {
                case CLEAN -> null;
                case BREAK -> throw broken();
                case OPEN -> {
                    tasks.sleepUntil(Instant.MAX);
                    yield null;
                }
            };
        }

        @Override
        public void close() {}
    }
}
