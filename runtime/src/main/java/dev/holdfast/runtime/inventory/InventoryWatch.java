package dev.holdfast.runtime.inventory;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Form;
import dev.holdfast.port.Cluster.Selection;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.home.Home;
import dev.holdfast.runtime.home.Kinds;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices when somebody deletes an inventory, by metadata only. Changes are of no interest here: a write that finds
/// another version than it expects says so.
public final class InventoryWatch implements Cluster.Follower {

    private static final Logger LOG = LoggerFactory.getLogger(InventoryWatch.class);
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final Tasks tasks;
    private final Home home;
    private final InventoryStore store;
    private final Consumer<String> lost;
    private final Tasks.Monitor monitor;
    /// Placements by the uids of their objects. Guarded by the monitor.
    private final Map<String, String> placements = new TreeMap<>();

    private Set<String> unheard = new HashSet<>();

    /// @param lost hears the id of a placement whose inventory somebody deleted
    public InventoryWatch(Tasks tasks, Home home, InventoryStore store, Consumer<String> lost) {
        this.tasks = tasks;
        this.home = home;
        this.store = store;
        this.lost = lost;
        this.monitor = tasks.monitor();
    }

    /// Follows until the running task is cancelled. Where that is refused, the next write notices.
    public void run() {
        var selection = new Selection(Kinds.CONFIG_MAPS, home.namespace(), InventoryStore.LABEL, "", Form.METADATA);
        while (true) {
            try {
                home.cluster().follow(selection, this);
            } catch (FaultException refused) {
                interrupted(refused.fault());
            }
            tasks.sleepUntil(tasks.now().plus(AGAIN));
        }
    }

    @Override
    public boolean knows(String uid, String resourceVersion) {
        return monitor.hold(() -> {
            unheard.remove(uid);
            return placements.containsKey(uid);
        });
    }

    @Override
    public void listing() {
        monitor.run(() -> unheard = new HashSet<>(placements.keySet()));
    }

    @Override
    public void present(Mapping object) {
        var uid = object.text("metadata", "uid").orElse("");
        monitor.run(() -> {
            unheard.remove(uid);
            placements.put(uid, InventoryStore.id(object));
        });
    }

    @Override
    public void gone(Mapping object) {
        drop(object.text("metadata", "uid").orElse(""));
    }

    @Override
    public void listed(String resourceVersion) {
        var missing = monitor.hold(() -> {
            var left = unheard.stream().sorted().toList();
            unheard = new HashSet<>();
            return left;
        });
        missing.forEach(this::drop);
    }

    @Override
    public void interrupted(Fault fault) {
        LOG.atDebug().addKeyValue("fault", fault.code()).log("inventories are not watched now: {}", fault.sentence());
    }

    private void drop(String uid) {
        var id = monitor.hold(() -> placements.remove(uid));
        if (id != null && store.vanished(id, uid)) lost.accept(id);
    }
}
