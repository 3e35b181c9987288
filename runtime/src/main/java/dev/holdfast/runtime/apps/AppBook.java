package dev.holdfast.runtime.apps;

import dev.holdfast.dialect.App;
import dev.holdfast.dialect.AppDialect;
import dev.holdfast.model.AppName;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement;
import dev.holdfast.model.PlacementKey;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.home.ResourceVersions;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The Apps as they were last seen, by watch or in the answer to a write of ours; what is older than what is known
/// is dropped.
public final class AppBook {

    /// What a newly seen version means.
    public sealed interface Change {
        /// Nothing that matters to us: our own status, a label.
        record None() implements Change {}

        /// Somebody wrote over the status that we keep.
        record Status() implements Change {}

        /// What is wanted, or asked for, is different.
        record Wanted(App app) implements Change {}
    }

    private final String installation;
    private final Tasks.Monitor monitor;
    private final TreeMap<AppName, App> apps = new TreeMap<>();

    public AppBook(Tasks tasks, String installation) {
        this.installation = installation;
        this.monitor = tasks.monitor();
    }

    public Optional<App> find(AppName name) {
        return monitor.hold(() -> Optional.ofNullable(apps.get(name)));
    }

    /// All Apps, by name.
    public List<App> all() {
        return monitor.hold(() -> List.copyOf(apps.values()));
    }

    public Optional<Placement> placement(PlacementKey key) {
        return find(key.app())
                .flatMap(app -> placements(app).stream()
                        .filter(placement -> placement.key().equals(key))
                        .findFirst());
    }

    public static List<Placement> placements(App app) {
        return switch (app) {
            case App.Readable readable -> readable.placements();
            case App.Unreadable _ -> List.of();
        };
    }

    public Change accept(Mapping resource) {
        // most of what is heard is the echo of a write of ours, whose answer was read already
        if (knows(resource)) return new Change.None();
        var now = AppDialect.read(resource, installation, Placement.Ending.NONE);
        return monitor.hold(() -> {
            var before = apps.get(now.name());
            if (before != null && older(now, before)) return new Change.None();
            apps.put(now.name(), now);
            return change(before, now);
        });
    }

    private boolean knows(Mapping resource) {
        var metadata = resource.mapping("metadata");
        var name = new AppName(
                metadata.text("namespace").orElse(""), metadata.text("name").orElse(""));
        return find(name)
                .map(App::metadata)
                .filter(known -> metadata.text("resourceVersion")
                                .filter(known.resourceVersion()::equals)
                                .isPresent()
                        && metadata.text("uid").filter(known.uid()::equals).isPresent())
                .isPresent();
    }

    /// Forgets an App; empty where it was not known, or where another one of that name came after it.
    public Optional<App> remove(AppName name, String uid) {
        return monitor.hold(() -> {
            var known = apps.get(name);
            if (known == null || !known.metadata().uid().equals(uid)) return Optional.empty();
            return Optional.ofNullable(apps.remove(name));
        });
    }

    private static boolean older(App now, App before) {
        return ResourceVersions.older(
                now.metadata().resourceVersion(), before.metadata().resourceVersion());
    }

    private static Change change(@Nullable App before, App now) {
        if (before == null) return new Change.Wanted(now);
        var earlier = before.metadata();
        var metadata = now.metadata();
        boolean same = switch (now) {
            case App.Readable(var _, var placements) ->
                before instanceof App.Readable readable && readable.placements().equals(placements);
            case App.Unreadable(var _, var fault, var policy, var requests) ->
                before instanceof App.Unreadable unreadable
                        && unreadable.fault().equals(fault)
                        && unreadable.policy().equals(policy)
                        && unreadable.requests().equals(requests);
        };
        same &= earlier.uid().equals(metadata.uid())
                && earlier.deletedAt().equals(metadata.deletedAt())
                && !lost(earlier, metadata);
        if (!same) return new Change.Wanted(now);
        return earlier.status().equals(metadata.status()) ? new Change.None() : new Change.Status();
    }

    /// Only that our finalizer was taken away is news: that we set it is known, and others are not ours to mind.
    private static boolean lost(App.Metadata earlier, App.Metadata now) {
        return earlier.finalizers().contains(AppDialect.FINALIZER)
                && !now.finalizers().contains(AppDialect.FINALIZER);
    }
}
