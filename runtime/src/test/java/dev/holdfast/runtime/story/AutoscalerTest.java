package dev.holdfast.runtime.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Replicas that belong to an autoscaler stay its own, whatever happens to Git, to Holdfast and to the App.
class AutoscalerTest {

    @Test
    void anAutoscalersReplicasAreLeftAlone() {
        Stage.play(34, stage -> {
            var deployments = stage.resource(Gvk.of("apps/v1", "Deployment"));
            stage.commit("first", Map.of("web/web.yaml", Files.deployment("web", "3")));
            stage.app("web", "web", "ignore: [{kind: Deployment, paths: [spec.replicas]}]");
            stage.start();
            stage.eventually("the sync", () -> stage.ready("web"));
            assertThat(replicas(stage)).isEqualTo(3);
            var scale = Mapping.of("spec", Stage.yaml("replicas: 7"));
            stage.person.patch(
                    Address.of(deployments, Stage.NAMESPACE, "web").sub("scale"),
                    new Cluster.Patch.Merge(scale),
                    "autoscaler",
                    Caller.SELF);
            stage.pass(Duration.ofSeconds(20));
            assertThat(replicas(stage)).as("scaled").isEqualTo(7);
            stage.commit(
                    "image", Map.of("web/web.yaml", Files.deployment("web", "3").replace("nginx", "nginx:2")));
            stage.eventually(
                    "the new image",
                    () -> stage.find(deployments, "web")
                            .orElseThrow()
                            .toString()
                            .contains("nginx:2"));
            stage.eventually("settles", () -> stage.ready("web"));
            assertThat(replicas(stage)).as("a new revision").isEqualTo(7);
            stage.kill();
            stage.start();
            stage.pass(Duration.ofSeconds(20));
            assertThat(replicas(stage)).as("a restart").isEqualTo(7);
            stage.commit(
                    "no replicas",
                    Map.of("web/web.yaml", Files.deployment("web", "").replace("nginx", "nginx:2")));
            stage.pass(Duration.ofMinutes(3));
            assertThat(replicas(stage)).as("replicas leave Git").isEqualTo(7);
            stage.spec("web", "ignore: null");
            stage.pass(Duration.ofMinutes(3));
            assertThat(replicas(stage)).as("ignore is removed").isEqualTo(7);
        });
    }

    @Test
    void whenReplicasAreNoLongerIgnoredGitsNumberComesBackInOneStep() {
        Stage.play(35, stage -> {
            var deployments = stage.resource(Gvk.of("apps/v1", "Deployment"));
            stage.commit("first", Map.of("web/web.yaml", Files.deployment("web", "3")));
            stage.app("web", "web", "ignore: [{kind: Deployment, paths: [spec.replicas]}]");
            stage.start();
            stage.eventually("the sync", () -> stage.ready("web"));
            var scale = Mapping.of("spec", Stage.yaml("replicas: 7"));
            stage.person.patch(
                    Address.of(deployments, Stage.NAMESPACE, "web").sub("scale"),
                    new Cluster.Patch.Merge(scale),
                    "autoscaler",
                    Caller.SELF);
            stage.pass(Duration.ofSeconds(20));
            var seen = new ArrayList<Long>();
            var watch = stage.tasks.spawn("watch", () -> {
                while (true) {
                    long now = replicas(stage);
                    if (seen.isEmpty() || seen.getLast() != now) seen.add(now);
                    stage.pass(Duration.ofMillis(1));
                }
            });
            stage.spec("web", "ignore: null");
            stage.eventually("three again", () -> replicas(stage) == 3);
            watch.cancel();
            assertThat(seen).containsExactly(7L, 3L);
        });
    }

    private static long replicas(Stage stage) {
        return stage.find(stage.resource(Gvk.of("apps/v1", "Deployment")), "web")
                .flatMap(object -> object.whole("spec", "replicas"))
                .orElse(-1L);
    }
}
