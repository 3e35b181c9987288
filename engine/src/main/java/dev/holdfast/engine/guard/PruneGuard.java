package dev.holdfast.engine.guard;

import dev.holdfast.model.GroupKind;
import dev.holdfast.model.Inventory.Entry;
import dev.holdfast.model.Placement.Guard;
import java.util.ArrayList;
import java.util.List;

/// Which deletes may happen now, and which wait for a person's word. `why` is empty where none waits.
public record PruneGuard(List<Entry> free, List<Entry> waiting, String why) {

    public PruneGuard {
        free = List.copyOf(free);
        waiting = List.copyOf(waiting);
    }

    /// What the set that asks for these deletes looks like.
    public enum Render {
        EMPTY,
        FILLED
    }

    /// `owned` is how many objects the inventory holds; `siblings` are counted with it, because the limit is one of
    /// the whole app.
    public static PruneGuard of(Guard guard, List<Entry> deletes, int owned, Render render, Siblings siblings) {
        if (deletes.isEmpty()) return new PruneGuard(List.of(), List.of(), "");
        int all = owned + siblings.owned();
        int leaving = deletes.size() + siblings.leaving();
        int allowed = Math.max(guard.count(), (int) ((long) all * guard.percent() / 100));
        if (render == Render.EMPTY) {
            return new PruneGuard(
                    List.of(),
                    deletes,
                    "the source holds no object at all, which would delete %s".formatted(objects(deletes.size())));
        }
        if (leaving > allowed) {
            return new PruneGuard(
                    List.of(),
                    deletes,
                    "%s of %d would be deleted%s, more than the %d that guard.maxDeletes allows"
                            .formatted(
                                    objects(leaving),
                                    all,
                                    siblings.leaving() > 0
                                            ? " over all targets, %d of them here".formatted(deletes.size())
                                            : "",
                                    allowed));
        }
        if (siblings.asked()) {
            return new PruneGuard(
                    List.of(),
                    deletes,
                    "%s would be deleted, and deletes of the same revision had to be confirmed on another target"
                            .formatted(objects(deletes.size())));
        }
        var free = new ArrayList<Entry>();
        var waiting = new ArrayList<Entry>();
        for (var entry : deletes) {
            (guarded(guard, entry.ref().groupKind()) ? waiting : free).add(entry);
        }
        var why = waiting.isEmpty() ? "" : "objects of kinds that guard.confirm names would be deleted";
        return new PruneGuard(free, waiting, why);
    }

    /// A custom kind is named with its group; `CustomResourceDefinition` alone means Kubernetes' own.
    private static boolean guarded(Guard guard, GroupKind kind) {
        return guard.confirm().stream().anyMatch(kind::matches);
    }

    private static String objects(int count) {
        return count == 1 ? "1 object" : count + " objects";
    }
}
