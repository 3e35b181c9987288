package dev.holdfast.bench;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.yaml.JsonReader;
import java.util.function.Consumer;

/// Tells of every object of a collection that changes, through a watch: a list that is asked for again and again
/// would cost the server more than what is measured.
final class Follower implements AutoCloseable {

    private final ApiTransport.Stream stream;

    private Follower(ApiTransport.Stream stream) {
        this.stream = stream;
    }

    /// From now on; `told` runs on one thread of its own.
    static Follower of(BareClient client, String collection, Consumer<Mapping> told) {
        var version = client.get(collection + "?limit=1")
                .text("metadata", "resourceVersion")
                .orElseThrow();
        var follower = new Follower(client.open(collection + "?watch=true&resourceVersion=" + version));
        Thread.ofPlatform().daemon().start(() -> follower.read(told));
        return follower;
    }

    private void read(Consumer<Mapping> told) {
        try {
            for (var line = stream.nextLine(); line != null; line = stream.nextLine()) {
                told.accept(JsonReader.readObject(line).mapping("object"));
            }
        } catch (FaultException closed) {
            // whoever waits for something finds out
        }
    }

    @Override
    public void close() {
        stream.close();
    }
}
