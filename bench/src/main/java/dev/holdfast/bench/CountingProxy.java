package dev.holdfast.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.model.FaultException;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/// Stands between the program under test and a cluster that does not count for us, and counts what passes. Listens
/// on the loopback address only, and adds the credentials of the cluster to whatever comes: it lives as long as a
/// measurement.
final class CountingProxy implements RequestCounts, AutoCloseable {

    /// Said anew by whoever sends next.
    private static final Set<String> HOP = Set.of(
            "accept-encoding",
            "authorization",
            "connection",
            "content-length",
            "host",
            "http2-settings",
            "transfer-encoding",
            "upgrade");

    private static final Set<String> TOLD = Set.of("content-type", "retry-after", "warning");

    private final ApiTransport cluster;
    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    private CountingProxy(ApiTransport cluster, HttpServer server) {
        this.cluster = cluster;
        this.server = server;
    }

    static CountingProxy before(ApiTransport cluster) {
        // small answers would otherwise wait for the acknowledgement of their heads
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var proxy = new CountingProxy(cluster, server);
            server.createContext("/", proxy::handle);
            server.setExecutor(proxy.workers);
            server.start();
            return proxy;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// A kubeconfig that leads here.
    Path kubeconfig(Path folder) {
        var text = """
                apiVersion: v1
                kind: Config
                current-context: counted
                clusters: [{name: counted, cluster: {server: 'http://127.0.0.1:%d'}}]
                contexts: [{name: counted, context: {cluster: counted, user: nobody}}]
                users: [{name: nobody, user: {}}]
                """.formatted(server.getAddress().getPort());
        try {
            return Files.writeString(folder.resolve("counted.kubeconfig"), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void reset() {
        counts.clear();
    }

    @Override
    public Map<String, Long> byKind() {
        var sums = new TreeMap<String, Long>();
        counts.forEach((kind, count) -> sums.put(kind, count.sum()));
        return sums;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = request(exchange);
            var kind = RequestKind.of(request);
            counts.computeIfAbsent(kind.words(), _ -> new LongAdder()).increment();
            if (kind.verb().equals("watch")) stream(exchange, request);
            else answer(exchange, request);
        } catch (FaultException unreachable) {
            exchange.sendResponseHeaders(502, -1);
        }
    }

    private static Request request(HttpExchange exchange) throws IOException {
        var headers = new ArrayList<Header>();
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                for (var value : values) headers.add(new Header(name, value));
            }
        });
        var body = exchange.getRequestBody().readAllBytes();
        var target = exchange.getRequestURI().toString();
        return new Request(exchange.getRequestMethod(), target, headers, body.length == 0 ? null : body);
    }

    private void answer(HttpExchange exchange, Request request) throws IOException {
        var reply = cluster.send(request);
        tell(exchange, reply.headers());
        exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
        if (reply.body().length > 0) exchange.getResponseBody().write(reply.body());
    }

    private void stream(HttpExchange exchange, Request request) throws IOException {
        try (var stream = cluster.open(request)) {
            tell(exchange, stream.headers());
            exchange.sendResponseHeaders(stream.status(), 0);
            var out = exchange.getResponseBody();
            for (var line = stream.nextLine(); line != null; line = stream.nextLine()) {
                out.write(line);
                out.write('\n');
                out.flush();
            }
        }
    }

    private static void tell(HttpExchange exchange, List<Header> headers) {
        for (var header : headers) {
            if (TOLD.contains(header.name().toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().add(header.name(), header.value());
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    /// What kind of request it is, in the words of the sandbox's own log.
    record RequestKind(String verb, String resource) {

        static RequestKind of(Request request) {
            int mark = request.target().indexOf('?');
            var path = mark < 0 ? request.target() : request.target().substring(0, mark);
            var query = mark < 0 ? "" : request.target().substring(mark + 1);
            var parts = List.of(path.substring(1).split("/", -1));
            boolean core = parts.getFirst().equals("api") && parts.size() > 2;
            boolean grouped = parts.getFirst().equals("apis") && parts.size() > 3;
            if (!core && !grouped) return new RequestKind("get", path);
            var group = core ? "" : "." + parts.get(1);
            var rest = parts.subList(core ? 2 : 3, parts.size());
            boolean namespaced = rest.getFirst().equals("namespaces")
                    && rest.size() > 2
                    && !Set.of("status", "finalize").contains(rest.get(2));
            if (namespaced) rest = rest.subList(2, rest.size());
            var resource = rest.getFirst() + group + (rest.size() > 2 ? "/" + rest.get(2) : "");
            boolean watch = List.of(query.split("&", -1)).stream()
                    .anyMatch(part -> part.equals("watch=true") || part.equals("watch=1"));
            var reading = watch ? "watch" : rest.size() > 1 ? "get" : "list";
            return new RequestKind(verb(request, reading), resource);
        }

        private static String verb(Request request, String reading) {
            return switch (request.method()) {
                case "GET" -> reading;
                case "POST" -> "create";
                case "PUT" -> "update";
                case "DELETE" -> "delete";
                case "PATCH" -> request.header("Content-Type").orElse("").contains("apply-patch") ? "apply" : "patch";
                default -> request.method().toLowerCase(Locale.ROOT);
            };
        }

        String words() {
            return verb + " " + resource;
        }
    }
}
