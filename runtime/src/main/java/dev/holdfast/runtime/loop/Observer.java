package dev.holdfast.runtime.loop;

import dev.holdfast.dialect.App;
import dev.holdfast.engine.decide.Holdings;
import dev.holdfast.engine.decide.Observation;
import dev.holdfast.engine.decide.Wanted;
import dev.holdfast.engine.decide.World;
import dev.holdfast.engine.desired.DesiredSet;
import dev.holdfast.engine.gate.WriteGate;
import dev.holdfast.engine.guard.Siblings;
import dev.holdfast.engine.validate.LocalValidation;
import dev.holdfast.model.AppStatus;
import dev.holdfast.model.Discovery;
import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.GroupKind;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Placement;
import dev.holdfast.model.PlacementKey;
import dev.holdfast.model.Revision;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.discovery.DiscoveryCache;
import dev.holdfast.runtime.discovery.SchemaCache;
import dev.holdfast.runtime.inventory.InventoryStore;
import dev.holdfast.runtime.inventory.Kept;
import dev.holdfast.runtime.live.LiveCache;
import dev.holdfast.runtime.render.Renders;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Puts together what a decision is made of.
final class Observer {

    private final Tasks tasks;
    private final Renders renders;
    private final DiscoveryCache discovery;
    private final SchemaCache schemas;
    private final LiveCache live;
    private final InventoryStore inventories;
    private final Surroundings surroundings;
    private final WriteGate gate;

    Observer(Tasks tasks, Renders renders, Readings readings, InventoryStore inventories, WriteGate gate) {
        this.tasks = tasks;
        this.renders = renders;
        this.discovery = readings.discovery();
        this.schemas = readings.schemas();
        this.live = readings.live();
        this.surroundings = readings.surroundings();
        this.inventories = inventories;
        this.gate = gate;
    }

    /// What is read from the cluster.
    record Readings(DiscoveryCache discovery, SchemaCache schemas, LiveCache live, Surroundings surroundings) {}

    Sight look(PlacementMemory memory, App app) {
        relook(memory);
        var placement = Policies.ending(memory.placement(), surroundings.ending(memory.placement()));
        var holdings = holdings(memory, app, placement);
        return look(memory, placement, holdings, Again.MAYBE);
    }

    private enum Again {
        MAYBE,
        NEVER
    }

    private Sight look(PlacementMemory memory, Placement placement, Holdings holdings, Again again) {
        var served = discovery.current();
        var wanted = wanted(memory, placement, holdings, served);
        if (wanted instanceof Wanted.Unknown(var waitingFor) && !resting(placement))
            return new Sight.NotYet(waitingFor);
        var world = world(placement, wanted, holdings, served);
        if (world.isEmpty()) return new Sight.NotYet("the first list of its kinds");
        boolean servedMore = again == Again.MAYBE
                && surroundings.definitionsEstablished(
                        wanted, world.get().live().values());
        if (servedMore) return look(memory, placement, holdings, Again.NEVER);
        return new Sight.Seen(new Observation(
                placement, wanted, holdings, world.get(), memory.recall(), gate, Siblings.NONE, tasks.now()));
    }

    private void relook(PlacementMemory memory) {
        var id = memory.id();
        switch (memory.relook()) {
            case NEEDLESS -> {}
            case STRANGERS -> live.introduce(id);
            case OTHER_FIELDS -> live.reread(id);
        }
    }

    /// Neither a suspended placement nor one that goes needs its sources.
    private static boolean resting(Placement placement) {
        return placement.policy().suspended()
                || placement.identity().deletedAt().isPresent()
                || placement.identity().ending() != Placement.Ending.NONE;
    }

    /// What is kept in memory is newer than what is kept in the cluster, never older.
    private Holdings holdings(PlacementMemory memory, App app, Placement placement) {
        var remembered = memory.inventory();
        if (remembered.isPresent()) return new Holdings.Loaded(remembered.get());
        var key = placement.key();
        var judged = judged(inventories.read(key), app, key);
        memory.inventory(inventory(judged));
        return judged;
    }

    /// What the cluster keeps, judged by what the App's status tells of it.
    static Holdings judged(Kept kept, App app, PlacementKey key) {
        var status = app.metadata().status();
        return switch (kept) {
            case Kept.Unreadable(var fault) ->
                new Holdings.Lost(
                        fault,
                        StatusMemory.told(status, key, Optional.empty())
                                .map(AppStatus.Target::inventory)
                                .map(AppStatus.Holding::generation)
                                .orElse(0L));
            case Kept.Absent _ ->
                Holdings.judge(key, Optional.empty(), StatusMemory.told(status, key, Optional.empty()));
            case Kept.Found(var inventory) -> {
                var told = StatusMemory.told(status, key, Optional.of(inventory));
                yield Holdings.judge(key, Optional.of(inventory), told);
            }
        };
    }

    private Wanted wanted(PlacementMemory memory, Placement placement, Holdings holdings, Discovery served) {
        if (resting(placement)) {
            renders.rest(placement.key());
            return new Wanted.Unknown("nothing");
        }
        var inventory = inventory(holdings);
        askWhereAsked(memory, placement, inventory);
        if (renders.asking(placement.key())) return new Wanted.Unknown("the answer of its sources");
        var applied = inventory.map(Inventory::revisions).orElse(List.of());
        return switch (renders.look(placement, applied)) {
            case Renders.Standing.Asking(var waitingFor) -> new Wanted.Unknown(waitingFor);
            case Renders.Standing.Failed(var fault) -> new Wanted.Failed(fault);
            case Renders.Standing.Ready ready -> settled(memory, placement, inventory, ready, served);
        };
    }

    private Wanted settled(
            PlacementMemory memory,
            Placement placement,
            Optional<Inventory> inventory,
            Renders.Standing.Ready ready,
            Discovery served) {
        try {
            var set = memory.settle(ready.manifests(), served, placement, fresh -> checked(fresh, inventory));
            return new Wanted.Known(set, revisions(set, inventory, ready.revisions()), ready.newer());
        } catch (FaultException refused) {
            return memory.lastSet()
                    .<Wanted>map(good -> new Wanted.Known(
                            good, inventory.map(Inventory::revisions).orElse(List.of()), Optional.of(refused.fault())))
                    .orElseGet(() -> new Wanted.Failed(refused.fault()));
        }
    }

    /// Before its first write a set is checked against the cluster's own schemas. What was applied to the end
    /// already needs no check.
    private DesiredSet checked(DesiredSet set, Optional<Inventory> inventory) {
        boolean applied = inventory
                .flatMap(Inventory::operation)
                .filter(last -> last.desired().equals(set.digest()) && last.phase() == Operation.Phase.SUCCEEDED)
                .isPresent();
        return applied ? set : set.holding(LocalValidation.check(set, schemas));
    }

    /// A commit that does not touch an app is not news for it: as long as the same is wanted, the revision that it
    /// was first wanted at is told.
    static List<Revision> revisions(DesiredSet set, Optional<Inventory> inventory, List<Revision> rendered) {
        return inventory
                .flatMap(Inventory::operation)
                .filter(operation -> operation.desired().equals(set.digest()))
                .map(Operation::revisions)
                .filter(known -> sameSources(known, rendered))
                .orElse(rendered);
    }

    private static boolean sameSources(List<Revision> known, List<Revision> rendered) {
        if (known.size() != rendered.size()) return false;
        for (int i = 0; i < known.size(); i++) {
            if (!known.get(i).source().equals(rendered.get(i).source())
                    || !known.get(i).ref().equals(rendered.get(i).ref())) return false;
        }
        return true;
    }

    /// A person's `sync` asks the sources and the cluster's discovery anew, before it is answered.
    private void askWhereAsked(PlacementMemory memory, Placement placement, Optional<Inventory> inventory) {
        var token = placement.requests().sync();
        if (token.isEmpty()) return;
        boolean answered = inventory
                .flatMap(Inventory::operation)
                .flatMap(Operation::request)
                .filter(token.get()::equals)
                .isPresent();
        if (answered || !memory.refreshFor(token.get())) return;
        renders.refresh(placement);
        discovery.asked();
        schemas.changed();
    }

    private Optional<World> world(Placement placement, Wanted wanted, Holdings holdings, Discovery served) {
        var resources = resources(wanted, holdings, served);
        var listed = new TreeSet<GroupKind>();
        boolean listing = false;
        for (var resource : resources.values()) {
            switch (live.follow(resource)) {
                case LiveCache.Standing.Listing _ -> listing = true;
                case LiveCache.Standing.Complete _ -> listed.add(resource.gvk().groupKind());
                case LiveCache.Standing.Failed _ -> {}
            }
        }
        if (listing) return Optional.empty();
        for (var resource : resources.values()) {
            if (live.follow(resource) instanceof LiveCache.Standing.Failed) {
                listed.remove(resource.gvk().groupKind());
            }
        }
        var objects = live.objects(placement.key().id(), resources.keySet());
        var inside = surroundings.inside(placement, wanted, inventory(holdings), objects, served);
        return Optional.of(new World(served, listed, objects, new TreeMap<>(), inside));
    }

    /// The resources that Git wants or the inventory names, in the version that is applied; where that is no longer
    /// served, in the server's preferred one.
    static TreeMap<Gvk, ApiResource> resources(Wanted wanted, Holdings holdings, Discovery served) {
        var kinds = new TreeSet<Gvk>();
        if (wanted instanceof Wanted.Known known) known.good().objects().forEach(object -> kinds.add(object.gvk()));
        inventory(holdings)
                .ifPresent(inventory -> inventory.entries().values().forEach(entry -> kinds.add(entry.gvk())));
        var resources = new TreeMap<Gvk, ApiResource>();
        for (var kind : kinds) {
            served.find(kind)
                    .or(() -> served.preferred(kind.groupKind()))
                    .ifPresent(resource -> resources.put(resource.gvk(), resource));
        }
        return resources;
    }

    static Optional<Inventory> inventory(Holdings holdings) {
        return switch (holdings) {
            case Holdings.Loaded(var inventory) -> Optional.of(inventory);
            case Holdings.Lost _ -> Optional.empty();
        };
    }
}
