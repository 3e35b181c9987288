package dev.holdfast.cluster.light;

import dev.holdfast.cluster.Unreachable;
import dev.holdfast.cluster.WatchTimes;
import dev.holdfast.cluster.kubeconfig.Kubeconfig;
import dev.holdfast.cluster.kubeconfig.Kubeconfig.Bearer;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.port.ApiTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import jdk.net.ExtendedSocketOptions;

/// Bytes to and from an API server over an HTTP/1.1 client of our own: it loads a handful of classes, while the
/// JDK's own clients take 400 ms to start, or know no PATCH. Connections are kept and used again, the latest first.
public final class LightTransport implements ApiTransport {

    private static final int CONNECT_MILLIS = 10_000;
    private static final int ANSWER_MILLIS = 60_000;
    private static final int LARGEST_ANSWER = 256 << 20;
    private static final int KEPT = 64;
    private static final int PROBE_SECONDS = 30;
    private static final long LONGEST_IDLE_NANOS = 45_000_000_000L;
    private static final long GLANCE_AFTER_NANOS = 1_000_000_000L;

    private final String server;
    private final String host;
    private final int port;
    private final String authority;
    private final String prefix;
    private final Optional<Tls> tls;
    private final Bearer bearer;
    private final Deque<Wire> idle = new ConcurrentLinkedDeque<>();
    private final Set<LightStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// @throws FaultException terminal where the kubeconfig asks for what this transport does not do: exec plugins
    /// and
    /// proxies
    public LightTransport(Kubeconfig config) {
        refuseUnsupported(config);
        var address = URI.create(config.server());
        boolean secure = address.getScheme().equals("https");
        this.server = config.server();
        this.host = unbracketed(address.getHost());
        this.port = address.getPort() >= 0 ? address.getPort() : secure ? 443 : 80;
        this.authority = address.getRawAuthority();
        this.prefix = address.getRawPath();
        this.tls = secure ? Optional.of(Tls.of(config.trust(), config.user().certificate(), host)) : Optional.empty();
        this.bearer = config.user().bearer();
    }

    private static void refuseUnsupported(Kubeconfig config) {
        if (config.user().exec().isPresent()) {
            throw unsupported(
                    "an exec plugin (" + config.user().exec().get().command().getFirst() + ")",
                    "Use a context with a token or a client certificate, for example of a service account");
        }
        if (!config.proxy().isEmpty()) throw unsupported("a proxy-url", "Use a context without one");
    }

    private static FaultException unsupported(String what, String next) {
        return new FaultException(Fault.terminal(
                "KubeconfigUnsupported",
                "this context of the kubeconfig uses " + what + ", which the command line does not support",
                next));
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public Reply send(Request request) {
        Wire wire = null;
        try {
            wire = connection();
            wire.timeout(ANSWER_MILLIS);
            var head = wire.exchange(prefixed(request), authority, authorization());
            var body = Body.of(wire, head);
            var bytes = collect(body);
            if (body.reusable() && !head.says("Connection", "close")) keep(wire);
            else wire.close();
            return new Reply(head.status(), head.headers(), bytes);
        } catch (IOException broken) {
            if (wire != null) wire.close();
            throw Unreachable.because(server, broken);
        }
    }

    private static byte[] collect(Body body) throws IOException {
        var bytes = new ByteArrayOutputStream(4096);
        var buffer = new byte[16 << 10];
        while (true) {
            int count = body.read(buffer);
            if (count < 0) return bytes.toByteArray();
            if (count > LARGEST_ANSWER - bytes.size()) {
                throw new IOException("the answer is larger than " + (LARGEST_ANSWER >> 20) + " MiB");
            }
            bytes.write(buffer, 0, count);
        }
    }

    @Override
    public Stream open(Request request) {
        Wire wire = null;
        try {
            wire = connection();
            wire.timeout(ANSWER_MILLIS);
            var head = wire.exchange(prefixed(request), authority, authorization());
            wire.timeout((int) Math.min(Integer.MAX_VALUE, WatchTimes.idleMillis(request.target())));
            var stream = new LightStream(wire, head, Body.of(wire, head), server, open::remove);
            open.add(stream);
            if (closed) stream.close();
            return stream;
        } catch (IOException broken) {
            if (wire != null) wire.close();
            throw Unreachable.because(server, broken);
        }
    }

    /// The server of a kubeconfig may have a path: a proxy such as Rancher's.
    private Request prefixed(Request request) {
        return prefix.isEmpty() ? request : request.withTarget(prefix + request.target());
    }

    private List<Header> authorization() {
        return switch (bearer) {
            case Bearer.None _ -> List.of();
            case Bearer.Token(var token) -> List.of(new Header("Authorization", "Bearer " + token.reveal()));
            case Bearer.TokenFile(var file) ->
                List.of(new Header(
                        "Authorization", "Bearer " + new String(file.read(), StandardCharsets.UTF_8).trim()));
            case Bearer.Basic(var name, var password) -> {
                var pair = (name + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
                yield List.of(new Header(
                        "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair)));
            }
        };
    }

    private Wire connection() throws IOException {
        if (closed) throw new IOException("the connection to the API server was given up");
        while (true) {
            var kept = idle.pollFirst();
            if (kept == null) return connect();
            if (kept.usable(System.nanoTime(), LONGEST_IDLE_NANOS, GLANCE_AFTER_NANOS)) return kept;
            kept.close();
        }
    }

    private Wire connect() throws IOException {
        var socket = new Socket();
        try {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            probeWhileSilent(socket);
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            socket.setSoTimeout(CONNECT_MILLIS);
            return new Wire(socket, tls.isPresent() ? tls.get().over(socket, port) : socket);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    /// Finds out within a minute that the other end of a silent watch is gone, where the system lets us say so.
    private static void probeWhileSilent(Socket socket) throws IOException {
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        var supported = socket.supportedOptions();
        if (supported.contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, PROBE_SECONDS);
        }
        if (supported.contains(ExtendedSocketOptions.TCP_KEEPINTERVAL)) {
            socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, PROBE_SECONDS / 3);
        }
    }

    private void keep(Wire wire) {
        wire.rest(System.nanoTime());
        idle.addFirst(wire);
        if (closed || idle.size() > KEPT) {
            var oldest = idle.pollLast();
            if (oldest != null) oldest.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        List.copyOf(open).forEach(LightStream::close);
        for (var wire = idle.pollFirst(); wire != null; wire = idle.pollFirst()) wire.close();
    }
}
