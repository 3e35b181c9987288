package dev.holdfast.cluster;

import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Tasks;
import dev.holdfast.sandbox.Sandbox;
import dev.holdfast.sandbox.SandboxOptions;
import dev.holdfast.testkit.ClusterContract;
import dev.holdfast.testkit.ClusterObjects;
import dev.holdfast.testkit.FollowContract;
import dev.holdfast.testkit.SimulatedTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Nested;

/// The sandbox by direct calls, one task at a time under virtual time.
class SandboxClusterTest {

    private final SimulatedTasks tasks = new SimulatedTasks(42, Instant.parse("2026-01-01T00:00:00Z"));
    private final Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory(1), tasks);
    private final Cluster cluster =
            new KubernetesCluster(sandbox.direct(), tasks, ClusterSettings.named("sandbox", new Random(1)));

    private void namespace(String name) {
        cluster.create(
                Address.of(ClusterObjects.NAMESPACES, "", name), ClusterObjects.namespace(name), "test", Caller.SELF);
    }

    @Nested
    class Requests extends ClusterContract {
        @Override
        protected Cluster cluster() {
            return cluster;
        }

        @Override
        protected void run(Runnable body) {
            tasks.run(body, Duration.ofHours(1));
        }

        @Override
        protected void makeNamespace(String name) {
            namespace(name);
        }
    }

    @Nested
    class Follows extends FollowContract {
        @Override
        protected Cluster cluster() {
            return cluster;
        }

        @Override
        protected Tasks tasks() {
            return tasks;
        }

        @Override
        protected void run(Runnable body) {
            tasks.run(body, Duration.ofHours(1));
        }

        @Override
        protected void makeNamespace(String name) {
            namespace(name);
        }

        @Override
        protected void forgetHistory() {
            sandbox.compact();
            sandbox.dropWatches();
        }

        @Override
        protected void dropWatches() {
            sandbox.dropWatches();
        }
    }
}
