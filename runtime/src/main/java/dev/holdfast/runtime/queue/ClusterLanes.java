package dev.holdfast.runtime.queue;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The waiting keys of one cluster, in lanes, and how many of its keys are being worked on. The most urgent lane
/// goes first, but every fourth turn goes to the least urgent one that waits, so that a flood of commits does not
/// starve healing. Guarded by the queue's monitor.
final class ClusterLanes<K> {

    private static final int TURNS = 4;

    private final Map<Lane, LinkedHashSet<K>> waiting = new EnumMap<>(Lane.class);
    private int running;
    private int turn;

    ClusterLanes() {
        for (var lane : Lane.values()) waiting.put(lane, new LinkedHashSet<>());
    }

    void add(K key, Lane lane) {
        lane(lane).add(key);
    }

    void remove(K key, Lane lane) {
        lane(lane).remove(key);
    }

    boolean idle() {
        return running == 0 && size() == 0;
    }

    int size() {
        int size = 0;
        for (var lane : waiting.values()) size += lane.size();
        return size;
    }

    boolean canTake(int limit) {
        return running < limit && size() > 0;
    }

    void ended() {
        running--;
    }

    /// The next key with its lane; null when nothing waits.
    Map.@Nullable Entry<Lane, K> take() {
        turn = (turn + 1) % TURNS;
        var lanes = Lane.values();
        for (int i = 0; i < lanes.length; i++) {
            var lane = lanes[turn == 0 ? lanes.length - 1 - i : i];
            var keys = lane(lane);
            if (keys.isEmpty()) continue;
            running++;
            return Map.entry(lane, keys.removeFirst());
        }
        return null;
    }

    private LinkedHashSet<K> lane(Lane lane) {
        return waiting.computeIfAbsent(lane, _ -> new LinkedHashSet<>());
    }
}
