package dev.holdfast.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.world.TestApp;
import dev.holdfast.engine.world.TestCluster;
import dev.holdfast.engine.world.TestCluster.Killed;
import dev.holdfast.engine.world.Yaml;
import dev.holdfast.model.Ref;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The process dies after each of its writes, before it hears the answer, and starts again.
class KillTest {

    private final TestCluster cluster = new TestCluster();
    private final TestApp app = new TestApp(cluster);

    private void sixObjects() {
        app.manifests = Yaml.configMaps("a=1", "b=1", "c=1", "d=1", "e=1", "f=1");
    }

    private void die(int writes) {
        cluster.lives = writes;
        try {
            app.settle();
        } catch (Killed dead) {
            app.crash();
        }
        cluster.lives = Integer.MAX_VALUE;
    }

    private long count(String what) {
        return cluster.log.stream().filter(line -> line.startsWith(what)).count();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void aRestartCreatesNothingTwice(int writes) {
        sixObjects();
        die(writes);

        assertThat(app.settle()).isInstanceOf(Decision.Rest.class);

        assertThat(cluster.objects).hasSize(6);
        assertThat(count("created")).isEqualTo(6);
        assertThat(app.inventory().history()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void whatACommitDropsBetweenKillAndRestartIsPruned(int writes) {
        sixObjects();
        die(writes);

        app.manifests = Yaml.configMaps("c=1", "d=1", "e=1", "f=1");
        assertThat(app.settle()).isInstanceOf(Decision.Rest.class);

        Set<Ref> left = cluster.objects.keySet();
        assertThat(left)
                .containsExactlyElementsOf(List.of("c", "d", "e", "f").stream()
                        .map(Yaml::configMap)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void deletesGoOnAfterARestart(int writes) {
        sixObjects();
        app.settle();
        app.manifests = Yaml.configMaps("a=1", "b=1", "c=1");
        die(writes);

        assertThat(app.settle()).isInstanceOf(Decision.Rest.class);

        assertThat(cluster.objects).hasSize(3);
        assertThat(count("delete")).isEqualTo(3);
    }
}
