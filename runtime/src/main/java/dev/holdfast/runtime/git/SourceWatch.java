package dev.holdfast.runtime.git;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.port.GitHost;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.queue.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// Follows refs of Git repositories for many subscribers: each store has one task that asks it once per interval
/// (the smallest that its subscribers want) or at once on request, however many subscribers share it. A store in
/// trouble delays only those who use it.
public final class SourceWatch<K extends Comparable<K>> {

    /// How the asking is spaced: no interval is taken shorter than `shortest`, each is spread by ± `jitter`.
    public record Pace(Duration shortest, double jitter, Backoff backoff) {
        public static final Pace DEFAULT = new Pace(Duration.ofSeconds(1), 0.1, Backoff.DEFAULT);
    }

    /// Hears that something a subscriber follows has moved, failed or recovered, or that what it asked for is
    /// answered.
    public interface Listener<K> {
        void moved(K subscriber, News news);
    }

    public enum News {
        MOVED,
        /// A branch was force-pushed; that it moved is told, too.
        REWRITTEN,
        ANSWERED
    }

    private record Subscription(List<Wanted> wanted, Duration interval) {}

    private final Tasks tasks;
    private final GitHost host;
    private final RandomGenerator random;
    private final Pace pace;
    private final Listener<K> listener;
    private final Tasks.Monitor monitor;

    // guarded by the monitor
    private final Map<K, Subscription> subscriptions = new TreeMap<>();
    private final Map<GitHost.Store, StorePoller<K>> pollers = new LinkedHashMap<>();

    public SourceWatch(Tasks tasks, GitHost host, RandomGenerator random, Pace pace, Listener<K> listener) {
        this.tasks = tasks;
        this.host = host;
        this.random = random;
        this.pace = pace;
        this.listener = listener;
        this.monitor = tasks.monitor();
    }

    /// From now on `subscriber` follows just these refs. Saying the same again costs nothing.
    public void follow(K subscriber, List<Wanted> wanted, Duration interval) {
        var next = new Subscription(List.copyOf(wanted), interval);
        boolean same = monitor.hold(() -> next.equals(subscriptions.put(subscriber, next)));
        if (same) return;
        var stores = new LinkedHashMap<GitHost.Store, TreeSet<String>>();
        for (var want : next.wanted()) {
            store(want)
                    .ifPresent(store ->
                            stores.computeIfAbsent(store, _ -> new TreeSet<>()).add(want.ref()));
        }
        for (var poller : allPollers()) {
            if (!stores.containsKey(poller.store())) poller.drop(subscriber);
        }
        stores.forEach((store, refs) -> poller(store).want(subscriber, refs, interval));
        endUnused();
    }

    public void unfollow(K subscriber) {
        boolean known = monitor.hold(() -> subscriptions.remove(subscriber) != null);
        if (!known) return;
        for (var poller : allPollers()) poller.drop(subscriber);
        endUnused();
    }

    /// Asks the subscriber's stores at once. The listener hears `ANSWERED` when each of them has been asked after
    /// this call, whatever came of it.
    public void refresh(K subscriber) {
        var subscription = monitor.hold(() -> Optional.ofNullable(subscriptions.get(subscriber)));
        for (var poller : allPollers()) {
            if (subscription.isPresent()) poller.ask(subscriber);
        }
    }

    /// Whether an earlier {@link #refresh} still waits for an answer.
    public boolean asking(K subscriber) {
        return allPollers().stream().anyMatch(poller -> poller.asking(subscriber));
    }

    public Tracked look(Wanted wanted) {
        try {
            var store = host.store(wanted.remote());
            var poller = monitor.hold(() -> Optional.ofNullable(pollers.get(store)));
            return poller.map(known -> known.look(wanted.ref())).orElseGet(Tracked.Unasked::new);
        } catch (FaultException refused) {
            return new Tracked.Failed(refused.fault(), Optional.empty());
        }
    }

    /// Makes a commit that was followed once available again, outside the polling.
    public Tracked at(Wanted wanted, String commit) {
        try {
            var store = host.store(wanted.remote());
            store.fetch(Set.of(commit));
            return new Tracked.At(store, wanted.ref(), commit);
        } catch (FaultException failed) {
            return new Tracked.Failed(failed.fault(), Optional.empty());
        }
    }

    public void stop() {
        for (var poller : allPollers()) poller.stop();
    }

    private Optional<GitHost.Store> store(Wanted wanted) {
        try {
            return Optional.of(host.store(wanted.remote()));
        } catch (FaultException refused) {
            // look() tells it to whoever wants this
            return Optional.empty();
        }
    }

    private StorePoller<K> poller(GitHost.Store store) {
        var fresh = new StorePoller<K>(tasks, store, random, pace, listener);
        var poller = monitor.hold(() -> {
            var known = pollers.putIfAbsent(store, fresh);
            return known == null ? fresh : known;
        });
        if (poller == fresh) fresh.start();
        return poller;
    }

    private List<StorePoller<K>> allPollers() {
        return monitor.hold(() -> List.copyOf(pollers.values()));
    }

    private void endUnused() {
        var unused = new ArrayList<StorePoller<K>>();
        for (var poller : allPollers()) {
            if (poller.unused()) unused.add(poller);
        }
        monitor.run(() -> unused.forEach(poller -> pollers.remove(poller.store())));
        unused.forEach(StorePoller::stop);
    }

    static Fault unexpected(String store, RuntimeException failure) {
        return Fault.temporary(
                "SourceFailed",
                "reading " + store + " failed: " + failure.getClass().getSimpleName(),
                "It is tried again; if it stays, report it with the log");
    }
}
