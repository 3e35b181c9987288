package dev.holdfast.runtime.apps;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Form;
import dev.holdfast.port.Cluster.Selection;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.home.Kinds;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Secrets that hold credentials of repositories: labelled ones of all namespaces, followed.
public final class SecretWatch implements Cluster.Follower {

    public static final String SELECTOR = "holdfast.dev/secret=repository";
    private static final Logger LOG = LoggerFactory.getLogger(SecretWatch.class);
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Tasks tasks;
    private final Cluster cluster;
    private final Runnable changed;
    private final Tasks.Monitor monitor;
    // guarded by the monitor
    private final TreeMap<String, Mapping> secrets = new TreeMap<>();
    private @Nullable List<Mapping> all;
    private TreeSet<String> unheard = new TreeSet<>();
    private boolean complete;

    /// `changed` is called when credentials may be different from before.
    public SecretWatch(Tasks tasks, Cluster cluster, Runnable changed) {
        this.tasks = tasks;
        this.cluster = cluster;
        this.changed = changed;
        this.monitor = tasks.monitor();
    }

    /// Follows until the running task is cancelled. Where Secrets can't be read there are no credentials, which the
    /// repositories' own faults then tell.
    public void run() {
        while (true) {
            try {
                cluster.follow(new Selection(Kinds.SECRETS, "", SELECTOR, "", Form.WHOLE), this);
            } catch (FaultException refused) {
                LOG.atWarn().addKeyValue("fault", refused.fault().code()).log(refused.getMessage());
                finished();
            }
            tasks.sleepUntil(tasks.now().plus(AGAIN));
        }
    }

    /// Whether the first list is complete, or is known to be impossible.
    public boolean complete() {
        return monitor.hold(() -> complete);
    }

    /// The same list until one of them changes.
    public List<Mapping> all() {
        return monitor.hold(() -> {
            var known = all;
            if (known == null) {
                known = List.copyOf(secrets.values());
                all = known;
            }
            return known;
        });
    }

    @Override
    public boolean knows(String uid, String resourceVersion) {
        return monitor.hold(() -> {
            var known = secrets.get(uid);
            boolean same = known != null
                    && known.text("metadata", "resourceVersion")
                            .filter(resourceVersion::equals)
                            .isPresent();
            if (same) unheard.remove(uid);
            return same;
        });
    }

    @Override
    public void listing() {
        monitor.run(() -> unheard = new TreeSet<>(secrets.keySet()));
    }

    @Override
    public void present(Mapping object) {
        var uid = object.text("metadata", "uid").orElse("");
        boolean differs = monitor.hold(() -> {
            unheard.remove(uid);
            var before = secrets.put(uid, object);
            all = null;
            return complete && (before == null || !meaning(before).equals(meaning(object)));
        });
        if (differs) changed.run();
    }

    @Override
    public void gone(Mapping object) {
        boolean known = monitor.hold(() -> {
            all = null;
            return secrets.remove(object.text("metadata", "uid").orElse("")) != null;
        });
        if (known) changed.run();
    }

    @Override
    public void listed(String resourceVersion) {
        monitor.run(() -> {
            unheard.forEach(secrets::remove);
            all = null;
            unheard = new TreeSet<>();
        });
        finished();
    }

    @Override
    public void interrupted(Fault fault) {
        LOG.atDebug().addKeyValue("fault", fault.code()).log("credentials may be old: {}", fault.sentence());
    }

    private void finished() {
        monitor.run(() -> complete = true);
        changed.run();
    }

    private static Mapping meaning(Mapping secret) {
        return Mapping.of("data", secret.mapping("data"))
                .with("stringData", secret.mapping("stringData"))
                .with("labels", secret.mapping("metadata", "labels"))
                .with("annotations", secret.mapping("metadata", "annotations"));
    }
}
