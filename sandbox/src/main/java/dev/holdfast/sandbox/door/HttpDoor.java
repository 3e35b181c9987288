package dev.holdfast.sandbox.door;

import dev.holdfast.sandbox.access.User;
import dev.holdfast.sandbox.answer.Answer;
import dev.holdfast.sandbox.request.Call;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// HTTP/1.1, with or without TLS. One virtual thread per request, which for a watch means one per watch.
public final class HttpDoor implements AutoCloseable {

    private final Server server;
    private final ServerConnector connector;

    private final String scheme;
    private final Optional<SelfSigned> identity;
    private final Optional<String> certificate;

    private HttpDoor(Server server, ServerConnector connector, Optional<SelfSigned> identity) throws IOException {
        this.server = server;
        this.connector = connector;
        this.identity = identity;
        this.certificate = identity.isPresent() ? Optional.of(identity.get().pem()) : Optional.empty();
        this.scheme = identity.isPresent() ? "https" : "http";
    }

    /// How bytes travel. kubectl sends a token from its kubeconfig over TLS only.
    public enum Wire {
        PLAIN,
        TLS
    }

    /// Where it listens. `patience` is how long a client may leave what it is sent unread.
    public record Options(String host, int port, Wire wire, Duration patience) {
        public static Options loopback(int port) {
            return new Options("127.0.0.1", port, Wire.PLAIN, Duration.ofSeconds(30));
        }

        public Options over(Wire other) {
            return new Options(host, port, other, patience);
        }
    }

    /// The server's one function; the user is there where a client certificate names one.
    public interface Exchange {
        Answer answer(Call call, Optional<User> certified);
    }

    public static HttpDoor open(Options options, Instant now, Exchange exchange) throws IOException {
        var pool = new QueuedThreadPool();
        pool.setName("sandbox-http");
        pool.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("sandbox-request-", 0).factory()));
        var server = new Server(pool);
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(true);
        configuration.setHttpCompliance(HttpCompliance.RFC7230);
        configuration.setUriCompliance(UriCompliance.RFC3986.with(
                "kubernetes",
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
        var http = new HttpConnectionFactory(configuration);
        Optional<SelfSigned> known = Optional.empty();
        ServerConnector connector;
        if (options.wire() == Wire.TLS) {
            var identity = SelfSigned.make(now);
            var tls = new SslContextFactory.Server();
            tls.setKeyStore(identity.store());
            tls.setKeyStorePassword(identity.password());
            tls.setTrustStore(identity.authority());
            tls.setWantClientAuth(true);
            configuration.addCustomizer(new SecureRequestCustomizer(false));
            known = Optional.of(identity);
            connector = new ServerConnector(server, new SslConnectionFactory(tls, "http/1.1"), http);
        } else {
            connector = new ServerConnector(server, http);
        }
        connector.setHost(options.host());
        connector.setPort(options.port());
        connector.setIdleTimeout(options.patience().toMillis());
        server.setStopTimeout(0);
        server.addConnector(connector);
        server.setHandler(new HttpExchange(exchange));
        try {
            server.start();
        } catch (IOException busy) {
            throw new IOException(
                    "cannot listen on " + options.host() + ":" + options.port() + ": " + busy.getMessage(), busy);
        } catch (Exception broken) {
            throw new IOException("the HTTP door did not open: " + broken.getMessage(), broken);
        }
        return new HttpDoor(server, connector, known);
    }

    public int port() {
        return connector.getLocalPort();
    }

    public String url() {
        return scheme + "://" + connector.getHost() + ":" + port();
    }

    /// A certificate with which a client is this user, of these groups. Only a door with TLS can take one.
    public ClientCertificate issue(String user, List<String> groups, Instant now) throws IOException {
        if (identity.isEmpty()) throw new IOException("client certificates need TLS");
        return identity.get().issue(user, groups, now);
    }

    /// In PEM, where there is one: what clients need to trust.
    public Optional<String> certificate() {
        return certificate;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception broken) {
            throw new IllegalStateException("the HTTP door did not close", broken);
        }
    }
}
