package dev.holdfast.engine.world;

import dev.holdfast.engine.decide.Probe;
import dev.holdfast.engine.decide.Recall;
import dev.holdfast.engine.live.Baseline;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Ref;
import java.util.Optional;
import java.util.TreeMap;

/// What a process knows and may forget.
public final class TestMemory {
    Optional<Inventory> inventory = Optional.empty();
    /// The inventory is to be written when nothing else is to be done.
    boolean owing;
    Recall recall = Recall.NOTHING;
    final TreeMap<Ref, Baseline> bases = new TreeMap<>();
    public final TreeMap<Ref, Probe> probes = new TreeMap<>();

    void clear() {
        owing = false;
        inventory = Optional.empty();
        recall = Recall.NOTHING;
        bases.clear();
        probes.clear();
    }
}
