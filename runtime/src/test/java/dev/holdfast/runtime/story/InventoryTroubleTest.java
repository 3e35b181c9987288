package dev.holdfast.runtime.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Selection;
import dev.holdfast.runtime.home.Kinds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What becomes of inventories that somebody touches while Holdfast runs.
class InventoryTroubleTest {

    private static final String HOME = "holdfast-system";

    private static List<Mapping> inventories(Stage stage) {
        var found = new ArrayList<Mapping>();
        stage.person.list(
                new Selection(Kinds.CONFIG_MAPS, HOME, "holdfast.dev/inventory", "", Cluster.Form.WHOLE),
                Caller.SELF,
                found::add);
        return found;
    }

    private static void deleteAll(Stage stage) {
        for (var inventory : inventories(stage)) {
            var name = inventory.text("metadata", "name").orElseThrow();
            stage.person.delete(
                    new Cluster.Delete(
                            Address.of(Kinds.CONFIG_MAPS, HOME, name),
                            inventory.text("metadata", "uid").orElseThrow(),
                            Optional.empty(),
                            Cluster.Propagation.BACKGROUND),
                    Caller.SELF);
        }
    }

    @Test
    void anInventoryThatSomebodyDeletesIsBackAtOnceAndNothingIsForgotten() {
        Stage.play(71, stage -> {
            stage.commit(
                    "first",
                    Map.of("web/a.yaml", Files.configMap("a", "one"), "web/b.yaml", Files.configMap("b", "one")));
            stage.app("web", "web");
            stage.start();
            stage.eventually("the first sync", () -> stage.ready("web"));
            stage.pass(Duration.ofSeconds(10));
            deleteAll(stage);
            stage.eventually(
                    "it is back",
                    Duration.ofSeconds(5),
                    () -> inventories(stage).size() == 1);
            stage.eventually(
                    "and told",
                    () -> stage.events("web").stream().anyMatch(event -> event.startsWith("InventoryRestored")));
            stage.commit("drop", Map.of("web/b.yaml", ""));
            stage.eventually(
                    "what left Git goes",
                    () -> stage.find(Kinds.CONFIG_MAPS, "b").isEmpty());
            stage.eventually("settles", () -> stage.ready("web"));
        });
    }

    @Test
    void itIsBackAlsoWhereTheWatchWasBroken() {
        Stage.play(72, stage -> {
            stage.commit("first", Map.of("web/a.yaml", Files.configMap("a", "one")));
            stage.app("web", "web");
            stage.start();
            stage.eventually("the first sync", () -> stage.ready("web"));
            stage.pass(Duration.ofSeconds(10));
            stage.sandbox.dropWatches();
            deleteAll(stage);
            stage.sandbox.compact();
            stage.eventually(
                    "it is back",
                    Duration.ofMinutes(1),
                    () -> inventories(stage).size() == 1);
            stage.eventually("settles", () -> stage.ready("web"));
        });
    }

    @Test
    void anAppThatGoesLeavesNoInventoryBehind() {
        Stage.play(73, stage -> {
            stage.commit("first", Map.of("web/a.yaml", Files.configMap("a", "one")));
            stage.app("web", "web");
            stage.start();
            stage.eventually("the first sync", () -> stage.ready("web"));
            stage.delete(Kinds.APPS, "web");
            stage.eventually(
                    "the app is gone", () -> stage.find(Kinds.APPS, "web").isEmpty());
            stage.pass(Duration.ofMinutes(1));
            assertThat(inventories(stage)).isEmpty();
            assertThat(stage.events("web")).noneMatch(event -> event.startsWith("InventoryRestored"));
        });
    }
}
