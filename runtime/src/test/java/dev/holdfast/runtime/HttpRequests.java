package dev.holdfast.runtime;

import dev.holdfast.port.Cluster;
import dev.holdfast.testkit.ClusterContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

/// The contract over HTTP, whatever the transport.
abstract class HttpRequests extends ClusterContract {

    private final HttpSandbox http;

    HttpRequests(HttpSandbox.Opening opening) throws IOException {
        this.http = new HttpSandbox(opening);
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Override
    protected Cluster cluster() {
        return http.cluster;
    }

    @Override
    protected void run(Runnable body) {
        http.run(body);
    }

    @Override
    protected void makeNamespace(String name) {
        http.makeNamespace(name);
    }
}
