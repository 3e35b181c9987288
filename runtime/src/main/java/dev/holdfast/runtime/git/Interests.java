package dev.holdfast.runtime.git;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who wants which refs of one store, and how often it wants them looked at. Guarded by whoever has it.
final class Interests<K extends Comparable<K>> {

    private record Interest(Set<String> refs, Duration interval) {}

    private final Map<K, Interest> bySubscriber = new TreeMap<>();
    private final Map<String, Integer> wantedBy = new TreeMap<>();

    void put(K subscriber, Set<String> refs, Duration interval) {
        var earlier = bySubscriber.put(subscriber, new Interest(Set.copyOf(refs), interval));
        refs.forEach(ref -> wantedBy.merge(ref, 1, Integer::sum));
        if (earlier != null) release(earlier);
    }

    void remove(K subscriber) {
        var earlier = bySubscriber.remove(subscriber);
        if (earlier != null) release(earlier);
    }

    private void release(Interest earlier) {
        for (var ref : earlier.refs()) {
            wantedBy.computeIfPresent(ref, (_, count) -> count > 1 ? count - 1 : null);
        }
    }

    boolean isEmpty() {
        return bySubscriber.isEmpty();
    }

    boolean has(K subscriber) {
        return bySubscriber.containsKey(subscriber);
    }

    /// The refs that anybody wants; changes with them.
    Set<String> refs() {
        return wantedBy.keySet();
    }

    /// Those who want one of these refs.
    Set<K> in(Set<String> refs) {
        var touched = new TreeSet<K>();
        bySubscriber.forEach((subscriber, interest) -> {
            if (interest.refs().stream().anyMatch(refs::contains)) touched.add(subscriber);
        });
        return touched;
    }

    /// The shortest interval that anybody wants.
    Optional<Duration> shortest() {
        return bySubscriber.values().stream().map(Interest::interval).min(Duration::compareTo);
    }
}
