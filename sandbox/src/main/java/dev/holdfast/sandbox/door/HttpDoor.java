package dev.holdfast.sandbox.door;

import dev.holdfast.sandbox.answer.Answer;
import dev.holdfast.sandbox.request.Call;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// HTTP/1.1, with and without TLS on one port: clients of Kubernetes send tokens over TLS only, and what measures wants
/// none of its cost. One virtual thread per request, which for a watch means one per watch.
public final class HttpDoor implements AutoCloseable {

    private final Server server;
    private final ServerConnector connector;

    private final String authority;

    private HttpDoor(Server server, ServerConnector connector, String authority) {
        this.server = server;
        this.connector = connector;
        this.authority = authority;
    }

    /// Where it listens. `patience` is how long a client may leave what it is sent unread.
    public record Options(String host, int port, Duration patience) {
        public static Options loopback(int port) {
            return new Options("127.0.0.1", port, Duration.ofSeconds(30));
        }
    }

    public static HttpDoor open(Options options, Function<Call, Answer> exchange) throws IOException {
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
                "kubernetes", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR, UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
        var certificate = ServerCertificate.make(Instant.now());
        var http = new HttpConnectionFactory(configuration);
        var tls = new SslConnectionFactory(tls(certificate), http.getProtocol());
        var connector = new ServerConnector(server, new DetectorConnectionFactory(tls), http);
        connector.setHost(options.host());
        connector.setPort(options.port());
        connector.setIdleTimeout(options.patience().toMillis());
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
        return new HttpDoor(server, connector, certificate.pem());
    }

    public int port() {
        return connector.getLocalPort();
    }

    /// Without TLS.
    public String url() {
        return "http://" + connector.getHost() + ":" + port();
    }

    public String secureUrl() {
        return "https://" + connector.getHost() + ":" + port();
    }

    /// The certificate that clients must trust for {@link #secureUrl}, as PEM.
    public String authority() {
        return authority;
    }

    private static SslContextFactory.Server tls(ServerCertificate certificate) {
        var password = "in-memory";
        var tls = new SslContextFactory.Server();
        tls.setKeyStore(certificate.keyStore(password));
        tls.setKeyStorePassword(password);
        tls.setSniRequired(false);
        return tls;
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
