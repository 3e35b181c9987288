package dev.holdfast.runtime.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.runtime.home.Kinds;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirstSyncTest {

    private static String configMap(String name, String value) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata: {key: " + value + "}\n";
    }

    @Test
    void whatIsInGitIsInTheClusterAndTheAppIsReady() {
        Stage.play(1, stage -> {
            stage.commit("first", Map.of("web/a.yaml", configMap("a", "one"), "web/b.yaml", configMap("b", "one")));
            stage.app("web", "web");
            stage.start();
            stage.eventually("the app is ready", () -> stage.ready("web"));
            assertThat(stage.owned(Kinds.CONFIG_MAPS)).containsOnlyKeys("a", "b");
            stage.pass(Duration.ofSeconds(5));
            assertThat(stage.events("web")).hasSize(1);
        });
    }
}
