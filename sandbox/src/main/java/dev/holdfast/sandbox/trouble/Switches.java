package dev.holdfast.sandbox.trouble;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// The switches for trouble, as they stand.
public final class Switches {

    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentSkipListMap<Long, Armed> faults = new ConcurrentSkipListMap<>();
    private volatile Set<String> down = Set.of();
    private volatile boolean refusing;
    private volatile Set<Feature> missing = Set.of();
    private volatile Duration lag = Duration.ofSeconds(2);
    private volatile Duration watchDelay = Duration.ZERO;

    /// What older servers have not.
    public enum Feature {
        /// Watches that begin with the state and mark its end.
        WATCH_LIST,
        AGGREGATED_DISCOVERY
    }

    /// From now on as a server that has not this feature.
    public void without(Feature feature) {
        var more = new TreeSet<>(missing);
        more.add(feature);
        missing = Set.copyOf(more);
    }

    public void with(Feature feature) {
        var fewer = new TreeSet<>(missing);
        fewer.remove(feature);
        missing = Set.copyOf(fewer);
    }

    public boolean has(Feature feature) {
        return !missing.contains(feature);
    }

    /// How far the second view is behind: what it remembers, and what it tells its watches.
    public void lag(Duration behind) {
        lag = behind;
    }

    public Duration lag() {
        return lag;
    }

    /// Every watch, of both views, hears of changes so much later.
    public void delayWatches(Duration delay) {
        watchDelay = delay;
    }

    public Duration watchDelay() {
        return watchDelay;
    }

    private static final class Armed {
        final FaultRule rule;
        final AtomicLong seen = new AtomicLong();

        Armed(FaultRule rule) {
            this.rule = rule;
        }
    }

    public void arm(FaultRule rule) {
        faults.put(numbers.incrementAndGet(), new Armed(rule));
    }

    public void disarm() {
        faults.clear();
    }

    /// Whether any rule waits for its request.
    public boolean armed() {
        return !faults.isEmpty();
    }

    /// What is to happen to a request; every matching rule counts it.
    public Optional<FaultRule.Outcome> on(RequestLog.Entry request) {
        Optional<FaultRule.Outcome> chosen = Optional.empty();
        for (var entry : faults.entrySet()) {
            var armed = entry.getValue();
            var rule = armed.rule;
            if (!rule.covers(request)) continue;
            long number = armed.seen.incrementAndGet();
            boolean hit = number >= rule.from() && number < rule.from() + rule.times();
            if (number + 1 >= rule.from() + rule.times()) faults.remove(entry.getKey());
            if (hit && chosen.isEmpty()) chosen = Optional.of(rule.outcome());
        }
        return chosen;
    }

    /// An API group whose server does not answer: its requests fail with 503, discovery calls it stale.
    public void groupDown(String group) {
        var more = new TreeSet<>(down);
        more.add(group);
        down = Set.copyOf(more);
    }

    public void groupUp(String group) {
        var fewer = new TreeSet<>(down);
        fewer.remove(group);
        down = Set.copyOf(fewer);
    }

    public Set<String> groupsDown() {
        return down;
    }

    /// The whole server refuses connections.
    public void refuse() {
        refusing = true;
    }

    public void accept() {
        refusing = false;
    }

    public boolean refusing() {
        return refusing;
    }
}
