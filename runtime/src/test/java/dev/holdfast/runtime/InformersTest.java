package dev.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.sandbox.Sandbox;
import dev.holdfast.sandbox.SandboxOptions;
import dev.holdfast.sandbox.door.HttpDoor;
import dev.holdfast.sandbox.trouble.Switches.Feature;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Another client than kubectl, with caches of its own: Fabric8's informers against the sandbox.
@Tag("slow")
class InformersTest {

    private final VirtualThreadTasks tasks = new VirtualThreadTasks(Duration.ofSeconds(20), (_, _) -> {});
    private final Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory(9), tasks);
    private KubernetesClient client;

    @BeforeEach
    void connect() throws IOException {
        var door = sandbox.listen(HttpDoor.Options.loopback(0));
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl(door.url())
                        .withOauthToken(sandbox.adminToken())
                        .build())
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        sandbox.close();
        tasks.close();
    }

    private static final class Heard implements ResourceEventHandler<ConfigMap> {
        final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();

        @Override
        public void onAdd(ConfigMap map) {
            if (map.getMetadata().getName().startsWith("m"))
                events.add("added " + map.getMetadata().getName());
        }

        @Override
        public void onUpdate(ConfigMap before, ConfigMap after) {
            boolean changed = !before.getMetadata()
                    .getResourceVersion()
                    .equals(after.getMetadata().getResourceVersion());
            if (changed)
                events.add("updated " + after.getMetadata().getName() + " "
                        + after.getData().get("a"));
        }

        @Override
        public void onDelete(ConfigMap map, boolean unknown) {
            events.add("deleted " + map.getMetadata().getName());
        }

        String next() throws InterruptedException {
            return String.valueOf(events.poll(30, TimeUnit.SECONDS));
        }
    }

    private static ConfigMap map(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withData(Map.of("a", value))
                .build();
    }

    @Test
    void informersHearOfEverythingAlsoAfterTheirWatchWasDropped() throws InterruptedException {
        var heard = new Heard();
        client.resource(map("m1", "1")).create();
        try (var informer = client.configMaps().inNamespace("default").inform(heard, 0)) {
            assertThat(heard.next()).isEqualTo("added m1");
            client.resource(map("m1", "2")).update();
            assertThat(heard.next()).isEqualTo("updated m1 2");
            sandbox.compact();
            sandbox.dropWatches();
            client.resource(map("m2", "1")).create();
            assertThat(heard.next()).isEqualTo("added m2");
            client.resource(map("m1", "")).delete();
            assertThat(heard.next()).isEqualTo("deleted m1");
            assertThat(informer.getStore().getByKey("default/m2")).isNotNull();
        }
    }

    @Test
    void informersWorkWithoutWatchLists() throws InterruptedException {
        sandbox.switches().without(Feature.WATCH_LIST);
        var heard = new Heard();
        client.resource(map("m1", "1")).create();
        try (var informer = client.configMaps().inNamespace("default").inform(heard, 0)) {
            assertThat(heard.next()).isEqualTo("added m1");
            assertThat(informer.isRunning()).isTrue();
        }
    }

    @Test
    void deploymentsAreWaitedForScaledAndRolledBack() {
        var deployment = new DeploymentBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .addToMatchLabels("app", "web")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "web")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("c")
                .withImage("web:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
        var web = client.apps().deployments().inNamespace("default").withName("web");
        client.resource(deployment).serverSideApply();
        assertThat(web.waitUntilReady(30, TimeUnit.SECONDS).getStatus().getReadyReplicas())
                .isEqualTo(1);
        web.scale(3);
        web.waitUntilCondition(
                found -> Integer.valueOf(3).equals(found.getStatus().getReadyReplicas()), 30, TimeUnit.SECONDS);
        web.rolling().updateImage("web:2");
        web.waitUntilCondition(
                found -> Integer.valueOf(3).equals(found.getStatus().getUpdatedReplicas())
                        && Integer.valueOf(3).equals(found.getStatus().getAvailableReplicas())
                        && Integer.valueOf(3).equals(found.getStatus().getReplicas()),
                60,
                TimeUnit.SECONDS);
        web.rolling().undo();
        assertThat(web.get()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getImage())
                .isEqualTo("web:1");
    }
}
