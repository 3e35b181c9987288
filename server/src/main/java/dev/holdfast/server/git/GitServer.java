package dev.holdfast.server.git;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.source.GitEndpoint;
import dev.holdfast.source.LocalRepository;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// A Git server on 127.0.0.1: every repository it is given can be cloned, fetched and pushed to by anyone on this
/// machine.
public final class GitServer implements AutoCloseable {

    private final Server server;
    private final ServerConnector connector;

    private GitServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /// @param port 0 for a free one
    /// @param repositories by name, without `.git`; asked anew with every request
    public static GitServer start(int port, Supplier<Map<String, LocalRepository>> repositories) {
        var threads = new QueuedThreadPool(16);
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        var server = new Server(threads);
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        var endpoint = new GitEndpoint(
                name -> Optional.ofNullable(repositories.get().get(name)), GitEndpoint.Access.READ_AND_WRITE);
        server.setHandler(new Door(endpoint));
        try {
            server.start();
        } catch (Exception failed) {
            throw new FaultException(
                    Fault.terminal(
                            "GitServerFailed",
                            "the Git server cannot listen on 127.0.0.1:" + port + ": " + failed.getMessage(),
                            "Choose another port"),
                    failed);
        }
        return new GitServer(server, connector);
    }

    public String url(String repository) {
        return "http://127.0.0.1:" + connector.getLocalPort() + "/" + repository + ".git";
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failed) {
            throw new IllegalStateException("the Git server does not stop", failed);
        }
    }

    private static final class Door extends Handler.Abstract {
        private final GitEndpoint endpoint;

        private Door(GitEndpoint endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            var headers = new TreeMap<String, String>();
            for (var field : request.getHeaders()) {
                var value = field.getValue();
                headers.put(field.getName().toLowerCase(Locale.ROOT), value == null ? "" : value);
            }
            var uri = request.getHttpURI();
            var query = uri.getQuery();
            try (var body = Content.Source.asInputStream(request);
                    var sink = Content.Sink.asOutputStream(response)) {
                var reply = endpoint.handle(new GitEndpoint.Request(
                        request.getMethod(),
                        Request.getPathInContext(request),
                        query == null ? "" : query,
                        headers,
                        body));
                response.setStatus(reply.status());
                reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
                reply.body().writeTo(sink);
            }
            callback.succeeded();
            return true;
        }
    }
}
