package dev.holdfast.runtime.apps;

import dev.holdfast.dialect.App;
import dev.holdfast.model.AppName;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.home.Kinds;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows all Apps of the cluster, on one task.
public final class AppWatch implements Cluster.Follower {

    private static final Logger LOG = LoggerFactory.getLogger(AppWatch.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /// Hears what became of Apps.
    public interface Listener {
        void changed(App app, AppBook.Change change);

        void gone(App app);

        /// The first list is complete.
        void complete();
    }

    private final Tasks tasks;
    private final Cluster cluster;
    private final AppBook book;
    private final Listener listener;
    private final Tasks.Monitor monitor;
    // guarded by the monitor
    private final Map<String, AppName> names = new HashMap<>();
    private final Map<String, String> versions = new HashMap<>();
    private Optional<Set<String>> listing = Optional.empty();
    private Optional<Fault> trouble =
            Optional.of(Fault.waiting("NotRead", "Apps are not listed yet", "the first list"));

    public AppWatch(Tasks tasks, Cluster cluster, AppBook book, Listener listener) {
        this.tasks = tasks;
        this.cluster = cluster;
        this.book = book;
        this.listener = listener;
        this.monitor = tasks.monitor();
    }

    /// Follows until the running task is cancelled. Where Apps can't be read (no definition yet, no right) it says
    /// so and tries again.
    public void run() {
        while (true) {
            try {
                cluster.follow(Cluster.Selection.all(Kinds.APPS), this);
            } catch (FaultException refused) {
                interrupted(refused.fault());
            }
            tasks.sleepUntil(tasks.now().plus(AGAIN));
        }
    }

    /// Why Apps can't be read now, if so.
    public Optional<Fault> trouble() {
        return monitor.hold(() -> trouble);
    }

    @Override
    public boolean knows(String uid, String resourceVersion) {
        return monitor.hold(() -> {
            if (!resourceVersion.equals(versions.get(uid))) return false;
            listing.ifPresent(seen -> seen.add(uid));
            return true;
        });
    }

    @Override
    public void listing() {
        monitor.run(() -> listing = Optional.of(new HashSet<>()));
    }

    @Override
    public void present(Mapping object) {
        var uid = object.text("metadata", "uid").orElse("");
        var version = object.text("metadata", "resourceVersion").orElse("");
        var change = book.accept(object);
        var name = name(object);
        monitor.run(() -> {
            names.put(uid, name);
            versions.put(uid, version);
            listing.ifPresent(seen -> seen.add(uid));
        });
        if (change instanceof AppBook.Change.None) return;
        book.find(name).ifPresent(app -> listener.changed(app, change));
    }

    @Override
    public void gone(Mapping object) {
        drop(object.text("metadata", "uid").orElse(""));
    }

    @Override
    public void listed(String resourceVersion) {
        var missing = monitor.hold(() -> {
            var left = new HashSet<>(names.keySet());
            listing.ifPresent(left::removeAll);
            listing = Optional.empty();
            return left.stream().sorted().toList();
        });
        missing.forEach(this::drop);
        boolean first = monitor.hold(() -> {
            boolean waited = trouble.isPresent();
            trouble = Optional.empty();
            return waited;
        });
        if (first) listener.complete();
    }

    @Override
    public void interrupted(Fault fault) {
        boolean fresh = monitor.hold(() -> {
            boolean same = trouble.filter(fault::equals).isPresent();
            trouble = Optional.of(fault);
            return !same;
        });
        if (fresh)
            LOG.atWarn()
                    .addKeyValue("cluster", cluster.name())
                    .addKeyValue("fault", fault.code())
                    .log(fault.sentence());
    }

    private void drop(String uid) {
        var name = monitor.hold(() -> {
            versions.remove(uid);
            return Optional.ofNullable(names.remove(uid));
        });
        name.flatMap(known -> book.remove(known, uid)).ifPresent(listener::gone);
    }

    private static AppName name(Mapping object) {
        return new AppName(
                object.text("metadata", "namespace").orElse(""),
                object.text("metadata", "name").orElse(""));
    }
}
