package dev.holdfast.runtime.git;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.port.GitHost;
import dev.holdfast.port.Refs;
import dev.holdfast.port.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks one store, on one task.
final class StorePoller<K extends Comparable<K>> {

    private static final Logger LOG = LoggerFactory.getLogger(StorePoller.class);

    private final Tasks tasks;
    private final GitHost.Store store;
    private final RandomGenerator random;
    private final SourceWatch.Pace pace;
    private final SourceWatch.Listener<K> listener;
    private final Tasks.Monitor monitor;

    // guarded by the monitor
    private final Interests<K> interests = new Interests<>();
    private final Map<String, Tracked> tracked = new TreeMap<>();
    private Map<String, String> refs = Map.of();
    private boolean asked;
    private Set<K> askers = new TreeSet<>();
    private Set<K> beingAnswered = Set.of();
    private int failures;
    /// The interval that the next question was appointed by, and whether somebody wants it sooner since.
    private Duration spacedBy = Duration.ZERO;
    private boolean sooner;
    private Tasks.@Nullable Task task;

    StorePoller(
            Tasks tasks,
            GitHost.Store store,
            RandomGenerator random,
            SourceWatch.Pace pace,
            SourceWatch.Listener<K> listener) {
        this.tasks = tasks;
        this.store = store;
        this.random = random;
        this.pace = pace;
        this.listener = listener;
        this.monitor = tasks.monitor();
    }

    GitHost.Store store() {
        return store;
    }

    void start() {
        var started = tasks.spawn("poll " + store.name(), this::run);
        monitor.run(() -> task = started);
    }

    void stop() {
        var running = monitor.hold(() -> Optional.ofNullable(task));
        running.ifPresent(Tasks.Task::cancel);
    }

    void want(K subscriber, Set<String> wanted, Duration interval) {
        monitor.run(() -> {
            interests.put(subscriber, wanted, interval);
            tracked.keySet().retainAll(interests.refs());
            sooner |= spacedBy.isZero() || interval.compareTo(spacedBy) < 0;
        });
    }

    void drop(K subscriber) {
        monitor.run(() -> {
            interests.remove(subscriber);
            tracked.keySet().retainAll(interests.refs());
            askers.remove(subscriber);
        });
    }

    boolean unused() {
        return monitor.hold(interests::isEmpty);
    }

    void ask(K subscriber) {
        monitor.run(() -> {
            if (interests.has(subscriber)) askers.add(subscriber);
        });
    }

    boolean asking(K subscriber) {
        return monitor.hold(() -> askers.contains(subscriber) || beingAnswered.contains(subscriber));
    }

    Tracked look(String ref) {
        return monitor.hold(() -> tracked.getOrDefault(ref, new Tracked.Unasked()));
    }

    private void run() {
        var due = tasks.now();
        while (true) {
            var wake = due;
            monitor.await(() -> !interests.refs().isEmpty(), Instant.MAX);
            monitor.await(() -> !askers.isEmpty() || hasUnresolved() || sooner, wake);
            due = respaced(due);
            boolean timely = !due.isAfter(tasks.now());
            boolean idle = monitor.hold(() -> askers.isEmpty() && !hasUnresolved());
            if (idle && !timely) continue;
            boolean ask = monitor.hold(() -> {
                beingAnswered = askers;
                askers = new TreeSet<>();
                return timely || !asked || !beingAnswered.isEmpty();
            });
            boolean well = ask ? lookRemote() : lookKnown();
            answer();
            if (!well) due = afterFailure();
            else if (ask) due = nextDue();
        }
    }

    private boolean lookRemote() {
        return guarded(() -> {
            var now = Map.copyOf(store.refs());
            monitor.run(() -> {
                asked = true;
                refs = now;
            });
            resolve(now);
        });
    }

    /// Somebody wants another ref of what is known already.
    private boolean lookKnown() {
        return guarded(() -> resolve(monitor.hold(() -> refs)));
    }

    private boolean guarded(Runnable look) {
        try {
            look.run();
            return true;
        } catch (FaultException failed) {
            failed(failed.fault());
        } catch (Tasks.Cancelled cancelled) {
            throw cancelled;
        } catch (RuntimeException unexpected) {
            LOG.atError()
                    .setCause(unexpected)
                    .addKeyValue("store", store.name())
                    .log("reading a repository failed");
            failed(SourceWatch.unexpected(store.name(), unexpected));
        }
        return false;
    }

    /// Brings in the commits of refs that moved, then tells where everything stands. One missing commit is no
    /// reason to hold back the others.
    private void resolve(Map<String, String> now) {
        var standing = new TreeMap<String, Tracked>();
        var moved = new TreeMap<String, Refs.Resolved>();
        for (var ref : monitor.hold(this::wantedRefs)) {
            var before = look(ref);
            try {
                var found = Refs.resolve(now, Optional.of(ref));
                boolean same = before instanceof Tracked.At at
                        && at.commit().equals(found.commit())
                        && at.ref().equals(found.ref());
                if (same) standing.put(ref, before);
                else moved.put(ref, found);
            } catch (FaultException unresolved) {
                standing.put(ref, new Tracked.Failed(unresolved.fault(), before.last()));
            }
        }
        var commits = new TreeSet<String>();
        moved.values().forEach(found -> commits.add(found.commit()));
        var missing = fetch(commits);
        var rewritten = new TreeSet<String>();
        moved.forEach((ref, found) -> {
            var fault = missing.get(found.commit());
            var before = look(ref).last();
            var ancestry = fault == null && before.isPresent() ? Ancestry.of(before.get(), found) : Ancestry.FOLLOWS;
            if (ancestry == Ancestry.REWRITTEN) rewritten.add(ref);
            // a person who asks takes what there is
            boolean held = ancestry == Ancestry.UNKNOWN && monitor.hold(() -> beingAnswered.isEmpty());
            if (held) fault = Ancestry.unknown(before.orElseThrow(), found);
            standing.put(
                    ref,
                    fault == null
                            ? new Tracked.At(store, found.ref(), found.commit())
                            : new Tracked.Failed(fault, before));
        });
        interested(rewritten).forEach(subscriber -> listener.moved(subscriber, SourceWatch.News.REWRITTEN));
        publish(standing);
    }

    private Set<K> interested(Set<String> changed) {
        return monitor.hold(() -> interests.in(changed));
    }

    /// Fetches together; where that is refused, one by one, so that the fault is kept by the commit that has it.
    private Map<String, Fault> fetch(Set<String> commits) {
        var faults = new TreeMap<String, Fault>();
        if (commits.isEmpty()) return faults;
        try {
            store.fetch(commits);
        } catch (FaultException together) {
            if (commits.size() == 1 || together.fault() instanceof Fault.Transient) {
                commits.forEach(commit -> faults.put(commit, together.fault()));
                return faults;
            }
            for (var commit : commits) faults.putAll(fetch(Set.of(commit)));
        }
        return faults;
    }

    private void failed(Fault fault) {
        var standing = new TreeMap<String, Tracked>();
        for (var ref : monitor.hold(this::wantedRefs)) {
            standing.put(ref, new Tracked.Failed(fault, look(ref).last()));
        }
        publish(standing);
    }

    private void publish(Map<String, Tracked> standing) {
        var changed = monitor.hold(() -> {
            var different = new HashSet<String>();
            standing.forEach((ref, now) -> {
                if (!now.equals(tracked.put(ref, now))) different.add(ref);
            });
            tracked.keySet().retainAll(interests.refs());
            return different;
        });
        interested(changed).forEach(subscriber -> listener.moved(subscriber, SourceWatch.News.MOVED));
    }

    private void answer() {
        var answered = monitor.hold(() -> {
            var all = beingAnswered;
            beingAnswered = Set.of();
            return all;
        });
        answered.forEach(subscriber -> listener.moved(subscriber, SourceWatch.News.ANSWERED));
    }

    private Instant nextDue() {
        boolean healthy = monitor.hold(() -> tracked.values().stream().noneMatch(StorePoller::transientTrouble));
        if (!healthy) return afterFailure();
        var now = tasks.now();
        return monitor.hold(() -> {
            failures = 0;
            if (!onlyCommits()) return now.plus(spacing());
            spacedBy = Duration.ZERO;
            return Instant.MAX;
        });
    }

    private Instant afterFailure() {
        var now = tasks.now();
        return monitor.hold(() -> now.plus(pace.backoff().after(++failures, random)));
    }

    /// Somebody with a shorter interval came since the next question was appointed.
    private Instant respaced(Instant due) {
        var now = tasks.now();
        return monitor.hold(() -> {
            if (!sooner) return due;
            sooner = false;
            if (failures > 0 || onlyCommits()) return due;
            var next = now.plus(spacing());
            return next.isBefore(due) ? next : due;
        });
    }

    private Duration spacing() {
        var interval = interests.shortest().orElse(pace.shortest());
        if (interval.compareTo(pace.shortest()) < 0) interval = pace.shortest();
        spacedBy = interval;
        sooner = false;
        double spread = 1 + pace.jitter() * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.round(interval.toMillis() * spread));
    }

    private static boolean transientTrouble(Tracked tracked) {
        return tracked.trouble().filter(Fault.Transient.class::isInstance).isPresent();
    }

    /// Commits do not move: nothing is to be asked once they are here.
    private boolean onlyCommits() {
        return !interests.refs().isEmpty()
                && interests.refs().stream()
                        .allMatch(ref -> Refs.commit(ref) && tracked.get(ref) instanceof Tracked.At);
    }

    private boolean hasUnresolved() {
        return !tracked.keySet().containsAll(interests.refs());
    }

    private Set<String> wantedRefs() {
        return new TreeSet<>(interests.refs());
    }
}
