package dev.holdfast.runtime.loop;

import dev.holdfast.engine.decide.Recall;
import dev.holdfast.engine.desired.DesiredSet;
import dev.holdfast.engine.live.Baseline;
import dev.holdfast.engine.live.LiveView;
import dev.holdfast.model.DesiredObject;
import dev.holdfast.model.Discovery;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.Manifest;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Secret;
import dev.holdfast.port.Tasks;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What this process remembers of one placement. Everything in here can be made anew from Git, the inventory and
/// the cluster. One task at a time works on a placement; watches read along.
final class PlacementMemory {

    /// A settled set, with what it was settled from.
    private record Settled(
            List<Manifest> manifests,
            Discovery discovery,
            Placement placement,
            DesiredSet set,
            SortedMap<Ref, DesiredObject> byRef) {}

    /// The placement's, which is a digest: worth keeping.
    private final String id;

    private final Secret key;
    private final Tasks.Monitor monitor;
    // guarded by the monitor
    private Placement placement;
    private Optional<LiveView> view;
    private Optional<Inventory> inventory = Optional.empty();
    private boolean owing;
    private Optional<Settled> settled = Optional.empty();
    private final Map<Ref, Baseline> bases = new HashMap<>();
    private Recall recall = Recall.NOTHING;
    private final TreeMap<Ref, Fault> refusedHeals = new TreeMap<>();
    private Relook relook = Relook.STRANGERS;
    private Optional<String> refreshedFor = Optional.empty();
    private Optional<Instant> waitsSince = Optional.empty();

    PlacementMemory(Placement placement, Secret key, Tasks tasks) {
        this.id = placement.key().id();
        this.key = key;
        this.monitor = tasks.monitor();
        this.placement = placement;
        this.view = view(placement, key);
    }

    String id() {
        return id;
    }

    /// The placement as the App says it now.
    Placement placement() {
        return monitor.hold(() -> placement);
    }

    /// Takes over what the App says now.
    void becomes(Placement next) {
        var nextView = view(next, key);
        monitor.run(() -> {
            boolean same = placement.policy().ignore().equals(next.policy().ignore());
            placement = next;
            if (same) return;
            view = nextView;
            bases.clear();
            if (relook == Relook.NEEDLESS) relook = Relook.OTHER_FIELDS;
        });
    }

    /// Whether objects must be read anew before a decision.
    enum Relook {
        NEEDLESS,
        /// The placement is new here: what carries its label was a stranger's.
        STRANGERS,
        /// Other fields are ignored now.
        OTHER_FIELDS
    }

    /// Answers once.
    Relook relook() {
        return monitor.hold(() -> {
            var due = relook;
            relook = Relook.NEEDLESS;
            return due;
        });
    }

    /// A live object as this placement sees it; without a readable `ignore` it is seen as if there were none, which
    /// is never written by: such a placement is held.
    LiveObject see(Gvk gvk, Mapping object) {
        var ref = new Ref(
                gvk.group(),
                gvk.kind(),
                object.text("metadata", "namespace").orElse(""),
                object.text("metadata", "name").orElse(""));
        var base = monitor.hold(() -> Optional.ofNullable(bases.get(ref)));
        var entry = monitor.hold(() -> inventory).flatMap(known -> known.find(ref));
        var desired = monitor.hold(() -> settled)
                .flatMap(set -> Optional.ofNullable(set.byRef().get(ref)));
        return view().of(gvk, object, new LiveView.Memory(base, entry, desired));
    }

    LiveView view() {
        return monitor.hold(() -> view).orElseGet(() -> LiveView.of(Policies.ignoringNothing(placement()), key));
    }

    /// The answer of an apply is what later versions are measured against.
    LiveView.Answered remember(DesiredObject desired, Mapping answer) {
        var answered = view().answered(desired, answer);
        monitor.run(() -> bases.put(desired.ref(), answered.base()));
        return answered;
    }

    void forgetBase(Ref ref) {
        monitor.run(() -> bases.remove(ref));
    }

    Optional<Inventory> inventory() {
        return monitor.hold(() -> inventory);
    }

    void inventory(Optional<Inventory> next) {
        monitor.run(() -> {
            inventory = next;
            next.ifPresent(known -> bases.keySet().retainAll(known.entries().keySet()));
        });
    }

    /// The inventory was changed, and is to be written later.
    void owes() {
        monitor.run(() -> owing = true);
    }

    /// Whether the inventory must still be written.
    boolean owing() {
        return monitor.hold(() -> owing);
    }

    /// The inventory is written.
    void owesNothing() {
        monitor.run(() -> owing = false);
    }

    Recall recall() {
        return monitor.hold(() -> recall);
    }

    void recall(UnaryOperator<Recall> change) {
        monitor.run(() -> recall = change.apply(recall));
    }

    /// A heal was refused, or went well.
    void healed(Ref ref, Optional<Fault> fault) {
        monitor.run(() -> {
            refusedHeals.remove(ref);
            fault.ifPresent(why -> refusedHeals.put(ref, why));
        });
    }

    /// Why objects that differ can't be put back: of those that still differ.
    List<Fault> refusedHeals(SortedMap<Ref, LiveObject> live) {
        return monitor.hold(() -> {
            refusedHeals.keySet().removeIf(ref -> asApplied(ref, live.get(ref)));
            return List.copyOf(refusedHeals.values());
        });
    }

    private boolean asApplied(Ref ref, @Nullable LiveObject live) {
        var entry = inventory.flatMap(known -> known.find(ref));
        if (entry.isEmpty()) return true;
        return live != null
                && entry.get().values().filter(live.hints().values()::equals).isPresent()
                && entry.get().owned().filter(live.hints().owned()::equals).isPresent();
    }

    /// The set that these manifests are, settled and checked once for each of them.
    /// @throws FaultException where nothing of the set may be applied
    DesiredSet settle(
            List<Manifest> manifests, Discovery discovery, Placement seen, UnaryOperator<DesiredSet> checked) {
        var known = monitor.hold(() -> settled);
        boolean same = known.filter(last ->
                        last.manifests() == manifests && last.discovery() == discovery && alike(last.placement(), seen))
                .isPresent();
        if (same) return known.get().set();
        var set = checked.apply(DesiredSet.settle(manifests, discovery, seen, key));
        var next = new Settled(manifests, discovery, seen, set, new TreeMap<>(set.byRef()));
        monitor.run(() -> settled = Optional.of(next));
        return set;
    }

    /// The manifests that the last set was settled from.
    Optional<List<Manifest>> manifests() {
        return monitor.hold(() -> settled.map(Settled::manifests));
    }

    /// The last set that could be settled.
    Optional<DesiredSet> lastSet() {
        return monitor.hold(() -> settled.map(Settled::set));
    }

    /// Since when there was nothing to decide on.
    Instant waitsSince(Instant now) {
        return monitor.hold(() -> {
            var since = waitsSince.orElse(now);
            waitsSince = Optional.of(since);
            return since;
        });
    }

    /// There is something to decide on.
    void sees() {
        monitor.run(() -> waitsSince = Optional.empty());
    }

    /// Whether the token was new to the sources.
    boolean refreshFor(String token) {
        return monitor.hold(() -> {
            boolean known = refreshedFor.filter(token::equals).isPresent();
            refreshedFor = Optional.of(token);
            return !known;
        });
    }

    private static boolean alike(Placement one, Placement other) {
        return one.destination().equals(other.destination()) && one.policy().equals(other.policy());
    }

    private static Optional<LiveView> view(Placement placement, Secret key) {
        try {
            return Optional.of(LiveView.of(placement, key));
        } catch (FaultException unreadable) {
            return Optional.empty();
        }
    }
}
