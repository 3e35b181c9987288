package dev.holdfast.sandbox;

import dev.holdfast.testkit.KubernetesApiContract;
import dev.holdfast.testkit.SimulatedTasks;
import dev.holdfast.testkit.api.ContractServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// The contract through the direct door, in simulated time.
class DirectApiContractTest extends KubernetesApiContract {

    private final SimulatedTasks tasks = new SimulatedTasks(11, Instant.parse("2026-11-21T12:00:00Z"));
    private final Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory(11), tasks);

    @Override
    protected ContractServer server() {
        return new ContractServer(
                sandbox.direct(), tasks, new YamlNotation(), "d", "pause:3", Set.of("loadbalancer", "ingress"));
    }

    @Override
    protected void run(Runnable body) {
        tasks.run(body, Duration.ofDays(7));
    }
}
