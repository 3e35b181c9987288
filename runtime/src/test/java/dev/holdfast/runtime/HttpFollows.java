package dev.holdfast.runtime;

import dev.holdfast.port.Cluster;
import dev.holdfast.port.Tasks;
import dev.holdfast.testkit.FollowContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

/// The contract over HTTP, whatever the transport.
abstract class HttpFollows extends FollowContract {

    private final HttpSandbox http;

    HttpFollows(HttpSandbox.Opening opening) throws IOException {
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

    @Override
    protected Tasks tasks() {
        return http.tasks();
    }

    @Override
    protected void forgetHistory() {
        http.sandbox.compact();
        http.sandbox.dropWatches();
    }

    @Override
    protected void dropWatches() {
        http.sandbox.dropWatches();
    }
}
