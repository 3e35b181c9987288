package dev.holdfast.cli;

import dev.holdfast.cluster.ClusterSettings;
import dev.holdfast.cluster.KubernetesCluster;
import dev.holdfast.engine.gate.WriteGate;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Secret;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.VirtualThreadTasks;
import dev.holdfast.runtime.home.Home;
import dev.holdfast.runtime.home.Installation;
import dev.holdfast.runtime.inventory.InventoryStore;
import dev.holdfast.runtime.loop.Preview;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What `plan` and `diff` work with: the parts of the controllers that look and decide, in this process and with
/// the caller's own rights. Nothing here writes.
final class Workplace implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final VirtualThreadTasks tasks;
    private final Cluster cluster;
    private final Home home;
    private final Identity identity;
    private final Preview preview;
    private final InventoryStore inventories;

    /// Under which name, and with which key. Without the real key digests of the inventory tell nothing.
    record Identity(String installation, Secret key, Optional<String> keyless) {}

    private Workplace(VirtualThreadTasks tasks, Cluster cluster, Home home, Identity identity) {
        this.tasks = tasks;
        this.cluster = cluster;
        this.home = home;
        this.identity = identity;
        var gate = new WriteGate(WriteGate.Standing.STARTER, home.namespace());
        this.preview = new Preview(tasks, cluster, identity.key(), gate);
        this.inventories = new InventoryStore(home, tasks);
    }

    static Workplace open(Session session, Session.Connection connection, LookOptions options) {
        var tasks = new VirtualThreadTasks(
                PATIENCE, (name, failure) -> session.note("the task '" + name + "' failed: " + failure.getMessage()));
        var settings = ClusterSettings.named(connection.name(), RandomGenerator.getDefault());
        var cluster = new KubernetesCluster(connection.transport(), tasks, settings);
        var home = new Home(cluster, options.home());
        try {
            return new Workplace(tasks, cluster, home, identity(home, options));
        } catch (FaultException failed) {
            tasks.close();
            throw failed;
        }
    }

    private static Identity identity(Home home, LookOptions options) {
        var secret = "Secret " + home.namespace() + "/" + Installation.SECRET;
        String why;
        try {
            var found = Installation.find(home);
            if (found.isPresent())
                return new Identity(found.get().name(), found.get().key(), Optional.empty());
            why = secret + " does not exist: Holdfast has not run in this cluster yet, or in another namespace"
                    + " (--holdfast-namespace)";
        } catch (FaultException refused) {
            if (!refused.fault().code().equals("Forbidden")) throw refused;
            why = "you may not read " + secret;
        }
        var name = options.installation().or(() -> Installation.usualName(home));
        if (name.isEmpty()) {
            throw Problem.of(
                    "Forbidden",
                    why + ", so nobody can tell which objects are the App's",
                    "Give the installation's name with --installation, or ask for the right to read that Secret");
        }
        return new Identity(name.get(), Masking.randomKey(), Optional.of(why));
    }

    Tasks tasks() {
        return tasks;
    }

    Cluster cluster() {
        return cluster;
    }

    Home home() {
        return home;
    }

    Identity identity() {
        return identity;
    }

    Preview preview() {
        return preview;
    }

    InventoryStore inventories() {
        return inventories;
    }

    @Override
    public void close() {
        tasks.close();
    }
}
