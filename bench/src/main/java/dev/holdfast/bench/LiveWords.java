package dev.holdfast.bench;

import dev.holdfast.model.FaultException;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.yaml.JsonReader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// When each ConfigMap first said which word, seen through a watch.
final class LiveWords implements AutoCloseable {

    private final ApiTransport.Stream stream;
    private final Map<String, Map<String, Long>> seen = new ConcurrentHashMap<>();

    private LiveWords(ApiTransport.Stream stream) {
        this.stream = stream;
    }

    static LiveWords watch(BareClient client) {
        var collection = "/api/v1/configmaps";
        var version = client.get(collection + "?limit=1")
                .text("metadata", "resourceVersion")
                .orElseThrow();
        var words = new LiveWords(client.open(collection + "?watch=true&resourceVersion=" + version));
        Thread.ofPlatform().daemon().start(words::read);
        return words;
    }

    /// Per ConfigMap the moment, as `System.nanoTime()`.
    Map<String, Long> of(String word) {
        return seen.computeIfAbsent(word, _ -> new ConcurrentHashMap<>());
    }

    private void read() {
        try {
            for (var line = stream.nextLine(); line != null; line = stream.nextLine()) {
                long now = System.nanoTime();
                var object = JsonReader.readObject(line).mapping("object");
                var word = object.text("data", "word");
                if (word.isEmpty()) continue;
                of(word.get()).putIfAbsent(object.text("metadata", "name").orElse(""), now);
            }
        } catch (FaultException closed) {
            // whoever waits for a word finds out
        }
    }

    @Override
    public void close() {
        stream.close();
    }
}
