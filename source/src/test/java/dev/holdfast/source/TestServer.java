package dev.holdfast.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;

/// A {@link GitEndpoint} on the JDK's HTTP server at 127.0.0.1, which counts what goes over it and misbehaves when
/// told to.
final class TestServer implements AutoCloseable {

    interface Answer {
        /// Whether it answered; if not, the endpoint does.
        boolean to(HttpExchange exchange) throws IOException;
    }

    record Seen(String method, String target, Optional<String> authorization, Optional<String> protocol) {}

    private final HttpServer server;
    private final String scheme;
    private final Map<String, LocalRepository> repositories = new ConcurrentHashMap<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Seen> requests = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong sent = new AtomicLong();
    private final GitEndpoint endpoint;

    private TestServer(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        this.endpoint =
                new GitEndpoint(name -> Optional.ofNullable(repositories.get(name)), GitEndpoint.Access.READ_AND_WRITE);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    static TestServer start() throws IOException {
        return new TestServer(HttpServer.create(address(), 0), "http");
    }

    static TestServer start(SSLContext context) throws IOException {
        var server = HttpsServer.create(address(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new TestServer(server, "https");
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    void mount(String name, LocalRepository repository) {
        repositories.put(name, repository);
    }

    /// Answers requests of this repository before the endpoint does.
    void answer(String name, Answer answer) {
        answers.put(name, answer);
    }

    void answerNormally(String name) {
        answers.remove(name);
    }

    String url(String name) {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
    }

    List<Seen> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    long sent() {
        return sent.get();
    }

    static Answer status(int status) {
        return exchange -> text(exchange, status, "text/plain", "no");
    }

    static boolean text(HttpExchange exchange, int status, String type, String text) throws IOException {
        exchange.getRequestBody().readAllBytes();
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        return true;
    }

    static Answer password(String password) {
        return exchange -> {
            var given = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                    .filter(header -> header.startsWith("Basic "))
                    .map(header -> new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8));
            if (given.filter(pair -> pair.endsWith(":" + password)).isPresent()) return false;
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
            return text(exchange, 401, "text/plain", "no");
        };
    }

    /// Refuses every request that wants this commit, as servers do that hand out the tips of branches only.
    static Answer refusing(String commit) {
        return exchange -> {
            var raw = exchange.getRequestBody().readAllBytes();
            exchange.setStreams(new ByteArrayInputStream(raw), null);
            var zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-encoding"));
            var body = zipped ? new GZIPInputStream(new ByteArrayInputStream(raw)).readAllBytes() : raw;
            if (!new String(body, StandardCharsets.ISO_8859_1).contains("want " + commit)) return false;
            var refusal = "ERR upload-pack: not our ref " + commit + "\n";
            return text(
                    exchange,
                    200,
                    "application/x-git-upload-pack-result",
                    "%04x".formatted(refusal.length() + 4) + refusal);
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders().forEach((key, values) -> headers.put(key, values.getFirst()));
            requests.add(new Seen(
                    exchange.getRequestMethod(),
                    uri.toString(),
                    Optional.ofNullable(headers.get("Authorization")),
                    Optional.ofNullable(headers.get("Git-protocol"))));
            var name = uri.getPath().split("/")[1].replaceFirst("\\.git$", "");
            var answer = answers.get(name);
            if (answer != null && answer.to(exchange)) return;
            var query = uri.getQuery() == null ? "" : uri.getQuery();
            var reply = endpoint.handle(new GitEndpoint.Request(
                    exchange.getRequestMethod(), uri.getPath(), query, headers, exchange.getRequestBody()));
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), 0);
            reply.body().writeTo(new Counted(exchange.getResponseBody()));
        }
    }

    private final class Counted extends FilterOutputStream {
        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            sent.addAndGet(length);
            out.write(bytes, offset, length);
        }

        @Override
        public void write(int one) throws IOException {
            sent.incrementAndGet();
            out.write(one);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
