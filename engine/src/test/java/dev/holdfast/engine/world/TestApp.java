package dev.holdfast.engine.world;

import dev.holdfast.engine.adopt.Foreign;
import dev.holdfast.engine.decide.Decision;
import dev.holdfast.engine.decide.Holdings;
import dev.holdfast.engine.decide.Ledger;
import dev.holdfast.engine.decide.Observation;
import dev.holdfast.engine.decide.Probe;
import dev.holdfast.engine.decide.Recall;
import dev.holdfast.engine.decide.Wanted;
import dev.holdfast.engine.decide.World;
import dev.holdfast.engine.desired.DesiredSet;
import dev.holdfast.engine.gate.WriteGate;
import dev.holdfast.engine.guard.Siblings;
import dev.holdfast.engine.live.LiveView;
import dev.holdfast.engine.live.LiveView.Memory;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.GroupKind;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.Manifest;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Revision;
import dev.holdfast.model.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/// A naive shell around the engine: observes a {@link TestCluster}, decides, acts and records, in one thread. What
/// a crash loses and what it keeps are apart.
public final class TestApp {

    public static final Secret KEY = Secret.of("test-key");

    public final TestCluster cluster;
    public final List<Decision> decisions = new ArrayList<>();
    public final List<String> events = new ArrayList<>();
    public Placement placement = Placements.named("shop");
    public List<Manifest> manifests = List.of();
    public Optional<Fault> newer = Optional.empty();
    public Siblings siblings = Siblings.NONE;
    public Instant now = Instant.parse("2026-03-01T12:00:00Z");
    public TreeSet<GroupKind> unlisted = new TreeSet<>();
    /// Sees every decision with what it was made of.
    public BiConsumer<Observation, Decision> witness = (_, _) -> {};
    public int inventoryWrites;
    /// What a crash keeps.
    public Optional<Inventory> stored = Optional.empty();
    /// What it loses.
    public final TestMemory memory = new TestMemory();

    public TestApp(TestCluster cluster) {
        this.cluster = cluster;
    }

    public void crash() {
        memory.clear();
    }

    public Inventory inventory() {
        return memory.inventory.or(() -> stored).orElseGet(() -> Inventory.empty(placement.key()));
    }

    public Observation observe() {
        Wanted wanted;
        try {
            var set = DesiredSet.settle(manifests, cluster.discovery(), placement, KEY);
            wanted = new Wanted.Known(set, List.of(new Revision("source-1", "main", commit())), newer);
        } catch (FaultException refused) {
            wanted = new Wanted.Failed(refused.fault());
        }
        return new Observation(
                placement,
                wanted,
                new Holdings.Loaded(inventory()),
                world(wanted),
                memory.recall,
                new WriteGate(WriteGate.Standing.STARTER, "holdfast-system"),
                siblings,
                now);
    }

    private String commit() {
        return dev.holdfast.model.Digest.of(manifests.toString()).first(12);
    }

    private World world(Wanted wanted) {
        var live = new TreeMap<Ref, LiveObject>();
        var view = LiveView.of(placement, KEY);
        var label = placement.ownership().labelKey();
        for (var found : cluster.objects.entrySet()) {
            var uid = found.getValue().text("metadata", "uid");
            boolean labelled = found.getValue()
                    .text("metadata", "labels", label)
                    .filter(placement.ownership().labelValue()::equals)
                    .isPresent();
            boolean known = inventory()
                    .find(found.getKey())
                    .flatMap(Inventory.Entry::uid)
                    .equals(uid);
            if (!labelled && !known) continue;
            live.put(found.getKey(), look(view, found.getKey(), found.getValue(), wanted));
        }
        var discovery = cluster.discovery();
        var listed = new TreeSet<>(discovery.resources().keySet());
        listed.removeAll(unlisted);
        return new World(discovery, listed, live, memory.probes, new TreeMap<>());
    }

    LiveObject look(LiveView view, Ref ref, Mapping object, Wanted wanted) {
        var desired = wanted instanceof Wanted.Known known
                ? Optional.ofNullable(known.good().byRef().get(ref))
                : Optional.<dev.holdfast.model.DesiredObject>empty();
        var remembered = new Memory(
                Optional.ofNullable(memory.bases.get(ref)), inventory().find(ref), desired);
        return view.of(cluster.gvk(ref), object, remembered);
    }

    /// One pass of the loop.
    public Decision pass() {
        var seen = observe();
        var decision = Decision.on(seen);
        decisions.add(decision);
        witness.accept(seen, decision);
        switch (decision) {
            case Decision.Ask(var names) -> names.forEach(this::probe);
            case Decision.Act act -> act(seen, act);
            case Decision.Conclude(var operation, var keep, var _) -> {
                var concluded = Ledger.concluded(
                        inventory(), operation, placement.policy().history());
                if (keep == Ledger.Keep.NOW) write(concluded.with(List.of(), concluded.operation()));
                else memory.inventory = Optional.of(concluded);
            }
            case Decision.Recover(var rebuilt, var _) -> write(rebuilt);
            case Decision.Forget _ -> {
                stored = Optional.empty();
                memory.clear();
            }
            case Decision.Rest _, Decision.Hold _, Decision.Await _ -> afterwork();
        }
        return decision;
    }

    private void act(Observation seen, Decision.Act act) {
        Ledger.ahead(inventory(), act).ifPresent(this::write);
        var outcomes = new TestActuator(this, seen).carryOut(act);
        var closing = new Ledger.Closing(placement.policy(), now, 0);
        var written = Ledger.after(inventory(), act, outcomes, closing);
        switch (written.keep()) {
            case NOW -> write(written.inventory());
            case SOON -> {
                memory.inventory = Optional.of(written.inventory());
                memory.owing = true;
            }
            case LATER -> memory.inventory = Optional.of(written.inventory());
        }
    }

    /// Nothing else is to be done: what was put off is written, under the generation that it has.
    private void afterwork() {
        if (!memory.owing) return;
        inventoryWrites++;
        stored = memory.inventory;
        memory.owing = false;
    }

    public void write(Inventory inventory) {
        inventoryWrites++;
        if (inventory.generation() <= stored.map(Inventory::generation).orElse(0L)) {
            throw new AssertionError("every write of the inventory has a new generation");
        }
        stored = Optional.of(inventory);
        memory.inventory = stored;
        memory.owing = false;
    }

    private void probe(Ref ref) {
        var found = cluster.objects.get(ref);
        memory.probes.put(ref, found == null ? new Probe.Absent() : new Probe.Present(Foreign.of(ref, found)));
    }

    /// Passes until there is nothing to do, or something to wait for.
    public Decision settle() {
        memory.probes.clear();
        for (int i = 0; i < 60; i++) {
            var decision = pass();
            switch (decision) {
                case Decision.Rest _, Decision.Hold _, Decision.Await _, Decision.Forget _ -> {
                    return decision;
                }
                case Decision.Ask _, Decision.Act _, Decision.Conclude _, Decision.Recover _ -> {}
            }
        }
        throw new AssertionError(
                "it does not come to rest: " + decisions.subList(decisions.size() - 3, decisions.size()));
    }

    /// The same, with time passing wherever a next look is wanted.
    public Decision settleInTime() {
        for (int i = 0; i < 40; i++) {
            var decision = settle();
            Optional<Instant> next = switch (decision) {
                case Decision.Rest rest -> rest.next();
                case Decision.Hold hold -> hold.next();
                case Decision.Await await -> Optional.of(await.until());
                case Decision.Forget _, Decision.Ask _, Decision.Act _, Decision.Conclude _, Decision.Recover _ ->
                    Optional.empty();
            };
            if (next.isEmpty()) return decision;
            now = next.get();
        }
        return decisions.getLast();
    }

    public void recall(Recall recall) {
        memory.recall = recall;
    }
}
