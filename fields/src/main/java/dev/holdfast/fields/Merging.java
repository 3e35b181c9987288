package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Lays a configuration over a live value, by schema: maps and keyed lists are merged, everything else is replaced.
/// Parts that do not change stay the same instances. Nothing is removed here; that is pruning.
final class Merging {

    private Merging() {}

    /// `live` and `config` are not both absent.
    static @Nullable Value merge(Type type, @Nullable Value live, @Nullable Value config) {
        if (config == null) return live;
        return switch (type.shapedAs(config)) {
            case Type.ListOf list -> lists(list, live, config);
            case Type.MapOf map -> maps(map, live, config);
            case Type.Scalar _, Type.Any _, Type.Named _ -> replace(live, config);
        };
    }

    private static Value replace(@Nullable Value live, Value config) {
        return live != null && live.equals(config) ? live : config;
    }

    private static @Nullable Value maps(Type.MapOf type, @Nullable Value live, Value config) {
        var theirs = live instanceof Mapping fields ? fields : Mapping.EMPTY;
        var ours = config instanceof Mapping fields ? fields : Mapping.EMPTY;
        if (type.isAtomic() || theirs.isEmpty() && ours.isEmpty()) return replace(live, config);
        if (ours.isEmpty()) return live;
        var merged = theirs;
        for (int i = 0; i < ours.size(); i++) {
            var key = ours.keyAt(i);
            var inner = type.at(key);
            var before = theirs.get(key);
            var value = merge(inner == null ? Type.DEDUCED : inner, before, ours.valueAt(i));
            if (value == null || value == before) continue;
            if (merged == theirs && ours.size() > 2) return mapsFrom(i, type, theirs, ours);
            merged = merged.with(key, value);
        }
        return merged;
    }

    /// The merged map, when it is known that keys before `from` do not change anything and that there may be many
    /// changes: with a builder instead of a copy per key.
    private static Mapping mapsFrom(int from, Type.MapOf type, Mapping theirs, Mapping ours) {
        var merged = Mapping.builder().origin(theirs.origin());
        for (int i = 0; i < theirs.size(); i++) merged.put(theirs.keyAt(i), theirs.valueAt(i));
        for (int i = from; i < ours.size(); i++) {
            var key = ours.keyAt(i);
            var inner = type.at(key);
            var value = merge(inner == null ? Type.DEDUCED : inner, theirs.get(key), ours.valueAt(i));
            if (value != null) merged.put(key, value);
        }
        return merged.build();
    }

    private static @Nullable Value lists(Type.ListOf type, @Nullable Value live, Value config) {
        var theirs = live instanceof Sequence items ? items : Sequence.EMPTY;
        var ours = config instanceof Sequence items ? items : Sequence.EMPTY;
        if (type.isAtomic() || theirs.isEmpty() && ours.isEmpty()) return replace(live, config);
        if (ours.isEmpty()) return live;
        var merged = new ItemMerge(type, theirs, ours).run();
        return same(merged, theirs) ? live : Sequence.of(merged);
    }

    private static boolean same(List<Value> merged, Sequence live) {
        if (merged.size() != live.size()) return false;
        for (int i = 0; i < merged.size(); i++) {
            if (merged.get(i) != live.get(i)) return false;
        }
        return true;
    }

    /// Merges two lists of named items. The configuration's items keep the configuration's order; live items that
    /// it does not name keep their place relative to the shared items around them.
    private static final class ItemMerge {
        private final Type.ListOf type;
        private final List<ListItems.Named> live;
        private final List<ListItems.Named> config;
        private final HashMap<PathElement, Value> configByStep;
        private final HashMap<PathElement, List<Value>> liveByStep;
        /// Steps that both lists have and that are not merged yet, in the configuration's order.
        private final Deque<PathElement> shared = new ArrayDeque<>();
        private final HashSet<PathElement> done;
        private final List<Value> merged;

        ItemMerge(Type.ListOf type, Sequence live, Sequence config) {
            this.type = type;
            this.live = ListItems.named(type, live);
            this.config = ListItems.named(type, config);
            this.liveByStep = ListItems.byStep(this.live);
            this.configByStep = HashMap.newHashMap(this.config.size());
            this.done = HashSet.newHashSet(this.config.size());
            this.merged = new ArrayList<>(Math.max(this.live.size(), this.config.size()));
            for (var item : this.config) {
                configByStep.put(item.step(), item.item());
                if (liveByStep.containsKey(item.step())) shared.add(item.step());
            }
        }

        List<Value> run() {
            int l = 0;
            int c = 0;
            while (l < live.size() || c < config.size()) {
                if (l < live.size()) {
                    var step = live.get(l).step();
                    if (!configByStep.containsKey(step)) {
                        merged.add(live.get(l++).item());
                        continue;
                    }
                    if (c < config.size()) {
                        if (step.equals(config.get(c).step())) {
                            take(config.get(c++));
                            l++;
                            continue;
                        }
                        var next = shared.peekFirst();
                        if (next != null && !next.equals(step)) {
                            // shared, but its turn in the configuration's order comes later
                            l++;
                            continue;
                        }
                    }
                    if (done.contains(step)) l++;
                }
                if (c < config.size()) take(config.get(c++));
            }
            return merged;
        }

        private void take(ListItems.Named item) {
            var same = liveByStep.getOrDefault(item.step(), List.of());
            // among live items that can't be told apart there is none to merge with
            var base = same.size() == 1 ? same.getFirst() : null;
            done.add(item.step());
            if (item.step().equals(shared.peekFirst())) shared.removeFirst();
            var value = merge(type.items(), base, item.item());
            merged.add(Objects.requireNonNull(value));
        }
    }
}
