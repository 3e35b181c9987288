package dev.holdfast.runtime.loop;

import dev.holdfast.dialect.App;
import dev.holdfast.engine.decide.Ledger;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Placement.Ending;
import dev.holdfast.model.PlacementKey;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.apps.AppBook;
import dev.holdfast.runtime.apps.Finalizers;
import dev.holdfast.runtime.inventory.InventoryStore;
import dev.holdfast.runtime.inventory.Kept;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/// Keeps the inventories: no write of one before the App has our finalizer, and the finalizer goes when the last
/// inventory is gone.
final class Books {

    private final AppBook apps;
    private final Roster roster;
    private final InventoryStore store;
    private final Finalizers finalizers;
    private final Afterwork afterwork;
    private final BooleanSupplier inCharge;
    private final Tasks.Monitor monitor;
    private final Set<PlacementKey> forgotten = new TreeSet<>();

    Books(Tasks tasks, AppBook apps, Roster roster, Keeping keeping, BooleanSupplier inCharge) {
        this.apps = apps;
        this.roster = roster;
        this.store = keeping.store();
        this.finalizers = keeping.finalizers();
        this.afterwork = keeping.afterwork();
        this.inCharge = inCharge;
        this.monitor = tasks.monitor();
    }

    /// Where it is written down.
    record Keeping(InventoryStore store, Finalizers finalizers, Afterwork afterwork) {}

    /// Before the first effect, also of a pass that writes no inventory.
    void ready(App app) {
        stopUnlessInCharge();
        var latest = apps.find(app.name()).orElse(app);
        boolean needed = latest.metadata().deletedAt().isEmpty();
        if (needed && !finalizers.set(latest)) {
            throw new FaultException(Fault.waiting("AppGone", "App " + app.name() + " is gone", "its end"));
        }
    }

    /// Commits what is known now. After a failure what the cluster holds is read again.
    void write(PlacementMemory memory, Inventory inventory) {
        stopUnlessInCharge();
        boolean done = false;
        try {
            store.write(inventory);
            memory.inventory(Optional.of(inventory));
            memory.owesNothing();
            done = true;
        } finally {
            if (!done) memory.inventory(Optional.empty());
        }
    }

    /// Writes what was put off. The generation stays: the App's status told it already, and what is added changes
    /// nothing of what it stands for.
    void settle(PlacementMemory memory) {
        if (!memory.owing()) return;
        memory.inventory().ifPresent(inventory -> write(memory, inventory));
    }

    /// Where somebody deleted what is kept, it is written anew from memory, which knows it whole. True if so. What is
    /// there instead, or is damaged, is judged as at a start.
    boolean restored(App app, PlacementMemory memory) {
        var key = memory.placement().key();
        var remembered = memory.inventory();
        if (remembered.isEmpty() || !store.doubts(key)) return false;
        if (!(store.readAgain(key) instanceof Kept.Absent)) {
            memory.inventory(Optional.empty());
            return false;
        }
        ready(app);
        write(memory, remembered.get().with(List.of(), remembered.get().operation()));
        return true;
    }

    void keep(PlacementMemory memory, Ledger.Written written) {
        switch (written.keep()) {
            case NOW -> write(memory, written.inventory());
            case SOON -> {
                memory.inventory(Optional.of(written.inventory()));
                memory.owes();
                afterwork.add(memory.placement().key());
            }
            case LATER -> memory.inventory(Optional.of(written.inventory()));
        }
    }

    /// Nothing is owned any more. Of an App that goes, the finalizer comes off first and what is kept goes then: the
    /// other way round, a process that dies in between would leave an App whose inventory seems lost.
    void forget(App app, PlacementMemory memory) {
        stopUnlessInCharge();
        var key = memory.placement().key();
        if (memory.placement().identity().ending() == Ending.UNMATCHED) {
            store.forget(key);
            memory.inventory(Optional.empty());
            return;
        }
        var keys = roster.keys(app.name());
        boolean all = monitor.hold(() -> {
            forgotten.add(key);
            return forgotten.containsAll(keys);
        });
        if (!all) return;
        finalizers.remove(apps.find(app.name()).orElse(app));
        for (var each : keys) store.forget(each);
    }

    private void stopUnlessInCharge() {
        if (inCharge.getAsBoolean()) return;
        throw new FaultException(Fault.waiting("NotInCharge", "another Holdfast is in charge", "its end"));
    }

    void drop(PlacementKey key) {
        monitor.run(() -> forgotten.remove(key));
    }
}
