package dev.holdfast.runtime.loop;

import dev.holdfast.dialect.App;
import dev.holdfast.model.AppName;
import dev.holdfast.model.Ownership;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Placement.Ending;
import dev.holdfast.model.PlacementKey;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.inventory.InventoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which placements are worked on for an App: those that it names, those that it named once and that still own
/// something, and those of an App that is deleted while nobody can read it.
final class Roster {

    private final InventoryStore inventories;
    private final Settings settings;
    private final Tasks.Monitor monitor;
    // guarded by the monitor
    private final Map<AppName, List<Placement>> known = new TreeMap<>();

    Roster(Tasks tasks, InventoryStore inventories, Settings settings) {
        this.inventories = inventories;
        this.settings = settings;
        this.monitor = tasks.monitor();
    }

    /// The placements as they were made out last.
    List<Placement> of(AppName app) {
        return monitor.hold(() -> known.getOrDefault(app, List.of()));
    }

    List<PlacementKey> keys(AppName app) {
        return of(app).stream().map(Placement::key).toList();
    }

    /// Makes them out anew, after the App or its inventories changed.
    List<Placement> renew(App app) {
        var placements = placements(app).stream()
                .map(placement -> Policies.runningAs(placement, settings.serviceAccount()))
                .toList();
        monitor.run(() -> known.put(app.name(), placements));
        return placements;
    }

    void forget(AppName app) {
        monitor.run(() -> known.remove(app));
    }

    private List<Placement> placements(App app) {
        return switch (app) {
            case App.Readable(var metadata, var named) -> {
                var all = new ArrayList<>(named);
                var keys = new TreeSet<PlacementKey>();
                named.forEach(placement -> keys.add(placement.key()));
                var ending = metadata.deletedAt().isPresent() ? Ending.NONE : Ending.UNMATCHED;
                for (var key : kept(app.name())) {
                    if (!keys.contains(key)) all.add(elsewhere(named.getFirst(), key, ending));
                }
                yield all;
            }
            case App.Unreadable unreadable ->
                unreadable.metadata().deletedAt().isEmpty() ? List.of() : leaving(unreadable);
        };
    }

    private List<PlacementKey> kept(AppName app) {
        var installation = settings.installation().name();
        return inventories.of(app).stream()
                .filter(key -> key.installation().equals(installation))
                .toList();
    }

    private static Placement elsewhere(Placement like, PlacementKey key, Ending ending) {
        var identity = like.identity();
        var to = like.destination();
        return new Placement(
                key,
                Ownership.of(key),
                new Placement.Identity(identity.appUid(), identity.generation(), identity.deletedAt(), ending),
                like.sources(),
                new Placement.Destination(
                        key.cluster(),
                        to.namespace(),
                        to.namespaceMode(),
                        to.createNamespace(),
                        to.labels(),
                        to.annotations()),
                like.policy(),
                like.requests());
    }

    /// What an unreadable App owned, as its status and the inventories tell; at least the one target that an App has
    /// by itself, so that somebody takes the finalizer off.
    private List<Placement> leaving(App.Unreadable app) {
        var keys = new TreeSet<>(kept(app.name()));
        var installation = settings.installation().name();
        for (var target : app.metadata().status().sequence("targets").mappings()) {
            keys.add(new PlacementKey(
                    installation,
                    app.name(),
                    target.text("name").orElse("here"),
                    target.text("cluster").orElse("in-cluster")));
        }
        if (keys.isEmpty()) keys.add(new PlacementKey(installation, app.name(), "here", "in-cluster"));
        return keys.stream().map(key -> leaving(app, key)).toList();
    }

    private static Placement leaving(App.Unreadable app, PlacementKey key) {
        var metadata = app.metadata();
        return new Placement(
                key,
                Ownership.of(key),
                new Placement.Identity(metadata.uid(), metadata.generation(), metadata.deletedAt(), Ending.UNREADABLE),
                List.of(),
                new Placement.Destination(
                        key.cluster(),
                        app.name().namespace(),
                        Placement.NamespaceMode.DEFAULT,
                        false,
                        new TreeMap<>(),
                        new TreeMap<>()),
                app.policy(),
                app.requests());
    }
}
