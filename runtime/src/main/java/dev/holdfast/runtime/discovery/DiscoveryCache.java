package dev.holdfast.runtime.discovery;

import dev.holdfast.model.Discovery;
import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Gvk;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// What the cluster serves, read at first use and again when something says that it changed: a definition of ours
/// was established, a watch found its resource gone, a kind is unknown, a person asks. Nothing is asked while
/// nothing happens. Re-reading for unknown kinds and silent groups is spaced: an app with a typing error must not
/// ask for ever.
public final class DiscoveryCache {

    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Tasks tasks;
    private final Cluster cluster;
    private final Consumer<Discovery> changed;
    private final Tasks.Permits reading;
    private final Tasks.Monitor monitor;
    // guarded by the monitor
    private Optional<Discovery> known = Optional.empty();
    private boolean stale = true;
    private Duration pause = FIRST;
    private Instant nextSearch = Instant.MIN;

    /// `changed` hears of every discovery that differs from the one before.
    public DiscoveryCache(Tasks tasks, Cluster cluster, Consumer<Discovery> changed) {
        this.tasks = tasks;
        this.cluster = cluster;
        this.changed = changed;
        this.reading = tasks.permits(1);
        this.monitor = tasks.monitor();
    }

    /// What is served. Asks the cluster where nothing is known, or something said that it changed.
    public Discovery current() {
        var fresh = fresh();
        return fresh.orElseGet(this::readOnce);
    }

    /// The resource of a kind in just this version.
    /// @throws FaultException waiting `ApiGone` where it is not served; then discovery is read anew
    public ApiResource exactly(Gvk gvk) {
        return current().find(gvk).orElseThrow(() -> {
            changed();
            return new FaultException(
                    Fault.waiting("ApiGone", gvk + " is not served any more", "definition of " + gvk.groupKind()));
        });
    }

    /// The resource of a kind that the inventory names: it may be served in another version by now.
    public Optional<ApiResource> anyVersion(Gvk gvk) {
        var now = current();
        return now.find(gvk).or(() -> now.preferred(gvk.groupKind()));
    }

    /// The next {@link #current} asks.
    public void changed() {
        monitor.run(() -> stale = true);
    }

    /// A person asks: the next search is made at once, too.
    public void asked() {
        monitor.run(() -> {
            stale = true;
            pause = FIRST;
            nextSearch = Instant.MIN;
        });
    }

    /// Something that is needed is not served, or its group is silent: asks again, unless that was done a short
    /// time ago; returns when the next search is due.
    public Instant search() {
        var now = tasks.now();
        return monitor.hold(() -> {
            if (now.isBefore(nextSearch)) return nextSearch;
            stale = true;
            nextSearch = now.plus(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
            return now;
        });
    }

    private Optional<Discovery> fresh() {
        return monitor.hold(() -> stale ? Optional.empty() : known);
    }

    /// However many wait, one asks.
    private Discovery readOnce() {
        reading.acquire();
        try {
            var meanwhile = fresh();
            if (meanwhile.isPresent()) return meanwhile.get();
            // said before the request: what changes during it makes it stale again
            monitor.run(() -> stale = false);
            var read = read();
            boolean differs = monitor.hold(() -> {
                boolean other = known.filter(read::equals).isEmpty();
                // the same stays the same value: what was made of it holds
                if (!other) return false;
                known = Optional.of(read);
                pause = FIRST;
                return true;
            });
            if (differs) changed.accept(read);
            return monitor.hold(() -> known).orElse(read);
        } finally {
            reading.release();
        }
    }

    private Discovery read() {
        boolean done = false;
        try {
            var read = cluster.discover();
            done = true;
            return read;
        } finally {
            if (!done) changed();
        }
    }
}
