package dev.holdfast.bench;

import dev.holdfast.model.Mapping;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which Apps are ready now.
final class ReadyApps implements AutoCloseable {

    private final Set<String> ready = ConcurrentHashMap.newKeySet();
    private final Follower follower;

    private ReadyApps(BareClient client) {
        this.follower = Follower.of(client, Apps.ALL, this::told);
    }

    static ReadyApps watch(BareClient client) {
        return new ReadyApps(client);
    }

    int count() {
        return ready.size();
    }

    private void told(Mapping app) {
        var name = app.text("metadata", "namespace").orElse("") + "/"
                + app.text("metadata", "name").orElse("");
        if (Apps.isReady(app)) ready.add(name);
        else ready.remove(name);
    }

    @Override
    public void close() {
        follower.close();
    }
}
