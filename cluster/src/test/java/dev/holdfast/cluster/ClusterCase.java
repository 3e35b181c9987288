package dev.holdfast.cluster;

import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.Discovery.Scope;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.testkit.SimulatedTasks;
import dev.holdfast.yaml.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;

/// A cluster on a scripted transport, under virtual time.
final class ClusterCase {

    static final ApiResource CONFIG_MAPS = resource("v1", "ConfigMap", "configmaps", Scope.NAMESPACED);
    static final ApiResource NAMESPACES = resource("v1", "Namespace", "namespaces", Scope.CLUSTER);
    static final ApiResource DEPLOYMENTS = resource("apps/v1", "Deployment", "deployments", Scope.NAMESPACED);

    final SimulatedTasks tasks = new SimulatedTasks(1, Instant.parse("2026-01-01T00:00:00Z"));
    final ScriptedTransport api = new ScriptedTransport(tasks);
    final KubernetesCluster cluster = new KubernetesCluster(api, tasks, ClusterSettings.named("test", new Random(1)));

    static ApiResource resource(String apiVersion, String kind, String plural, Scope scope) {
        return new ApiResource(Gvk.of(apiVersion, kind), plural, scope, new TreeSet<>(), new TreeSet<>());
    }

    static Mapping json(String text) {
        return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    void run(Consumer<KubernetesCluster> body) {
        tasks.run(() -> body.accept(cluster), Duration.ofHours(24));
    }

    /// The fault that a call ends with.
    static FaultException faultOf(Runnable call) {
        return Assertions.catchThrowableOfType(FaultException.class, call::run);
    }
}
