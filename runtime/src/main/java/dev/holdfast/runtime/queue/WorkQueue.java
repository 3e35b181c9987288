package dev.holdfast.runtime.queue;

import dev.holdfast.port.Tasks;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A queue of keys in which each stands at most once. A key that is added while it is worked on comes again
/// afterwards, never twice at once. Keys of one lane take turns, so no key delays another by more than one turn;
/// the keys worked on at a time are bounded per cluster. Each key has at most one appointment (when to look again
/// without being called), and a count of failures in a row that spaces its attempts.
public final class WorkQueue<K extends Comparable<K>> {

    /// How many keys of one cluster are worked on at a time, and how attempts are spaced.
    public record Limits(int perCluster, Backoff backoff) {
        public Limits {
            if (perCluster < 1) throw new IllegalArgumentException("at least one key is worked on at a time");
        }
    }

    /// A key to work on; `lane` tells how urgent it was.
    public record Taken<K>(K key, Lane lane) {}

    private record Appointment<K>(Instant when, K key) {}

    private final Tasks tasks;
    private final Tasks.Monitor monitor;
    private final Function<K, String> clusterOf;
    private final Limits limits;
    private final RandomGenerator random;

    // all below is guarded by the monitor
    private final TreeMap<String, ClusterLanes<K>> clusters = new TreeMap<>();
    private final Map<K, Lane> waiting = new HashMap<>();
    /// Keys being worked on, with the lane in which they were added again meanwhile.
    private final Map<K, Optional<Lane>> running = new HashMap<>();
    private final TreeSet<Appointment<K>> appointments = new TreeSet<>(
            Comparator.comparing((Appointment<K> due) -> due.when()).thenComparing(Appointment::key));
    private final Map<K, Instant> appointed = new HashMap<>();
    private final Map<K, Integer> failures = new HashMap<>();
    private final Map<K, Instant> heldOff = new HashMap<>();
    private String lastCluster = "";

    public WorkQueue(Tasks tasks, RandomGenerator random, Limits limits, Function<K, String> clusterOf) {
        this.tasks = tasks;
        this.monitor = tasks.monitor();
        this.random = random;
        this.limits = limits;
        this.clusterOf = clusterOf;
    }

    /// Asks for a look at a key. Watched changes of a key that is held off after failures wait until that is over:
    /// its own failing writes must not spin it. Persons and commits do not wait.
    public void add(K key, Lane lane) {
        var now = tasks.now();
        monitor.run(() -> {
            var until = heldOff.get(key);
            boolean urgent = lane == Lane.PERSON || lane == Lane.COMMIT;
            if (until != null && now.isBefore(until) && !urgent) appoint(key, until);
            else enqueue(key, lane);
        });
    }

    /// Sets the key's one appointment; an earlier one is replaced.
    public void lookAgain(K key, Instant when) {
        monitor.run(() -> {
            cancelAppointment(key);
            appoint(key, when);
        });
    }

    /// Another failure in a row: the key comes back after a pause, which is returned.
    public Instant failed(K key) {
        var now = tasks.now();
        return monitor.hold(() -> {
            int count = failures.merge(key, 1, Integer::sum);
            var until = now.plus(limits.backoff().after(count, random));
            heldOff.put(key, until);
            cancelAppointment(key);
            appoint(key, until);
            return until;
        });
    }

    /// The key is well: failures are forgotten.
    public void succeeded(K key) {
        monitor.run(() -> {
            failures.remove(key);
            heldOff.remove(key);
            cancelAppointment(key);
        });
    }

    /// Drops what waits for a key. One that is being worked on is finished.
    public void forget(K key) {
        monitor.run(() -> {
            failures.remove(key);
            heldOff.remove(key);
            cancelAppointment(key);
            var lane = waiting.remove(key);
            if (lane != null) lanes(key).remove(key, lane);
            if (running.containsKey(key)) running.put(key, Optional.empty());
        });
    }

    /// The next key, once there is one whose cluster has room.
    /// @throws Tasks.Cancelled when the running task was cancelled
    public Taken<K> take() {
        while (true) {
            var now = tasks.now();
            var taken = monitor.hold(() -> {
                promote(now);
                return Optional.ofNullable(pick());
            });
            if (taken.isPresent()) return taken.get();
            var wake = monitor.hold(this::nextAppointment);
            monitor.await(() -> roomFor().isPresent() || nextAppointment().isBefore(wake), wake);
        }
    }

    /// Work on a taken key has ended.
    public void done(K key) {
        monitor.run(() -> {
            var again = running.remove(key);
            lanes(key).ended();
            if (again != null && again.isPresent()) enqueue(key, again.get());
            clusters.values().removeIf(ClusterLanes::idle);
        });
    }

    /// Whether nothing waits, runs or is appointed before `until`: what tests call rest.
    public boolean idleUntil(Instant until) {
        return monitor.hold(() ->
                waiting.isEmpty() && running.isEmpty() && !nextAppointment().isBefore(until));
    }

    /// Waits until nothing is to be done now, or until `until`.
    /// @throws Tasks.Cancelled when the running task was cancelled
    public void awaitLull(Instant until) {
        monitor.await(() -> waiting.isEmpty() && running.isEmpty(), until);
    }

    /// Whether anything is to be done now.
    public boolean busy() {
        return monitor.hold(() -> !waiting.isEmpty() || !running.isEmpty());
    }

    /// Whether more than one key is to be done now, for the one that is being worked on.
    public boolean crowded() {
        return monitor.hold(() -> waiting.size() + running.size() > 1);
    }

    public int waiting() {
        return monitor.hold(waiting::size);
    }

    private void enqueue(K key, Lane lane) {
        if (running.containsKey(key)) {
            var again = running.getOrDefault(key, Optional.empty());
            var sooner = again.filter(known -> known.compareTo(lane) <= 0).orElse(lane);
            running.put(key, Optional.of(sooner));
            return;
        }
        var known = waiting.get(key);
        if (known != null && known.compareTo(lane) <= 0) return;
        if (known != null) lanes(key).remove(key, known);
        waiting.put(key, lane);
        lanes(key).add(key, lane);
    }

    private void appoint(K key, Instant when) {
        var known = appointed.get(key);
        if (known != null && !when.isBefore(known)) return;
        cancelAppointment(key);
        appointed.put(key, when);
        appointments.add(new Appointment<>(when, key));
    }

    private void cancelAppointment(K key) {
        var when = appointed.remove(key);
        if (when != null) appointments.remove(new Appointment<>(when, key));
    }

    private void promote(Instant now) {
        while (!appointments.isEmpty() && !appointments.getFirst().when().isAfter(now)) {
            var due = appointments.removeFirst();
            appointed.remove(due.key());
            enqueue(due.key(), Lane.RESYNC);
        }
    }

    private Instant nextAppointment() {
        return appointments.isEmpty() ? Instant.MAX : appointments.getFirst().when();
    }

    private @Nullable Taken<K> pick() {
        var room = roomFor();
        if (room.isEmpty()) return null;
        lastCluster = room.get();
        var next = cluster(lastCluster).take();
        if (next == null) return null;
        waiting.remove(next.getValue());
        running.put(next.getValue(), Optional.empty());
        return new Taken<>(next.getValue(), next.getKey());
    }

    /// The next cluster in turn that has a waiting key and room for it.
    private Optional<String> roomFor() {
        for (var entry : clusters.tailMap(lastCluster, false).entrySet()) {
            if (entry.getValue().canTake(limits.perCluster())) return Optional.of(entry.getKey());
        }
        for (var entry : clusters.headMap(lastCluster, true).entrySet()) {
            if (entry.getValue().canTake(limits.perCluster())) return Optional.of(entry.getKey());
        }
        return Optional.empty();
    }

    private ClusterLanes<K> lanes(K key) {
        return cluster(clusterOf.apply(key));
    }

    private ClusterLanes<K> cluster(String name) {
        return clusters.computeIfAbsent(name, _ -> new ClusterLanes<>());
    }
}
