package dev.holdfast.runtime;

import dev.holdfast.cluster.ClusterSettings;
import dev.holdfast.cluster.KubernetesCluster;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Tasks;
import dev.holdfast.sandbox.Sandbox;
import dev.holdfast.sandbox.SandboxOptions;
import dev.holdfast.sandbox.door.HttpDoor;
import dev.holdfast.testkit.ClusterObjects;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/// The sandbox behind its HTTP door, with production's scheduler, and a cluster on a transport to it.
final class HttpSandbox implements AutoCloseable {

    /// Makes a transport from a kubeconfig's text.
    interface Opening {
        ApiTransport open(String kubeconfig) throws IOException;
    }

    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    final VirtualThreadTasks tasks =
            new VirtualThreadTasks(Duration.ofSeconds(20), (_, failure) -> failures.add(failure));
    final Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory(1), tasks);
    final Cluster cluster;
    private final ApiTransport transport;

    HttpSandbox(Opening opening) throws IOException {
        var door = sandbox.listen(HttpDoor.Options.loopback(0));
        transport = opening.open("""
                current-context: sandbox
                contexts: [{name: sandbox, context: {cluster: sandbox, user: admin}}]
                clusters: [{name: sandbox, cluster: {server: "%s"}}]
                users: [{name: admin, user: {token: "%s"}}]
                """.formatted(door.url(), sandbox.adminToken()));
        cluster = new KubernetesCluster(transport, tasks, ClusterSettings.named("sandbox", new Random(1)));
    }

    Tasks tasks() {
        return tasks;
    }

    void run(Runnable body) {
        var failure = new AtomicReference<Throwable>();
        tasks.spawn("test", () -> {
                    try {
                        body.run();
                    } catch (Throwable thrown) {
                        failure.set(thrown);
                    }
                })
                .await();
        switch (failure.get()) {
            case null -> {}
            // skipped tests are told by an exception, too
            case RuntimeException thrown -> throw thrown;
            case Error thrown -> throw thrown;
            case Throwable thrown -> throw new AssertionError(thrown);
        }
    }

    void makeNamespace(String name) {
        cluster.create(
                Address.of(ClusterObjects.NAMESPACES, "", name), ClusterObjects.namespace(name), "test", Caller.SELF);
    }

    @Override
    public void close() {
        tasks.close();
        transport.close();
        sandbox.close();
    }
}
