package dev.holdfast.bench;

import dev.holdfast.model.Mapping;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// When each ConfigMap first said which word.
final class LiveWords implements AutoCloseable {

    private final Map<String, Map<String, Long>> seen = new ConcurrentHashMap<>();
    private final Follower follower;

    private LiveWords(BareClient client) {
        this.follower = Follower.of(client, "/api/v1/configmaps", this::told);
    }

    static LiveWords watch(BareClient client) {
        return new LiveWords(client);
    }

    /// Per ConfigMap the moment, as `System.nanoTime()`.
    Map<String, Long> of(String word) {
        return seen.computeIfAbsent(word, _ -> new ConcurrentHashMap<>());
    }

    private void told(Mapping object) {
        long now = System.nanoTime();
        var word = object.text("data", "word");
        if (word.isEmpty()) return;
        of(word.get()).putIfAbsent(object.text("metadata", "name").orElse(""), now);
    }

    @Override
    public void close() {
        follower.close();
    }
}
