package dev.holdfast.runtime.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Selection;
import dev.holdfast.runtime.home.Kinds;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An app with several targets is one app.
class TargetsTest {

    private static final List<String> TARGETS = List.of("one", "two", "three");

    private static void threeTargets(Stage stage, int objects) {
        for (var target : TARGETS) stage.namespace(target);
        var files = new LinkedHashMap<String, String>();
        for (int i = 0; i < objects; i++) files.put("web/" + i + ".yaml", Files.configMap("map-" + i, "one"));
        stage.commit("first", files);
        stage.app(
                "web",
                "web",
                "targets: [{name: one, namespace: one}, {name: two, namespace: two}, {name: three, namespace: three}]");
        stage.start();
        stage.eventually("the first sync", () -> stage.ready("web"));
    }

    private static void drop(Stage stage, int from, int to) {
        var files = new LinkedHashMap<String, String>();
        for (int i = from; i < to; i++) files.put("web/" + i + ".yaml", "");
        stage.commit("drop", files);
    }

    private static int owned(Stage stage) {
        var count = new java.util.concurrent.atomic.AtomicInteger();
        stage.person.list(
                new Selection(Kinds.CONFIG_MAPS, "", "holdfast.dev/owner", "", Cluster.Form.METADATA),
                Caller.SELF,
                _ -> count.incrementAndGet());
        return count.get();
    }

    private static List<Mapping> confirmations(Stage stage) {
        return stage.app("web").sequence("status", "targets").mappings().stream()
                .filter(target -> target.has("confirm"))
                .map(target -> target.mapping("confirm"))
                .toList();
    }

    @Test
    void deletesAreCountedOverAllTargets() {
        Stage.play(51, stage -> {
            // 30 objects: 6 may go. Three of each target would pass target by target
            threeTargets(stage, 10);
            drop(stage, 0, 3);
            stage.eventually("all targets ask", () -> confirmations(stage).size() == 3);
            stage.pass(Duration.ofMinutes(15));
            assertThat(owned(stage)).isEqualTo(30);
            assertThat(stage.why("web")).contains("9 objects of 30").contains("over all targets");

            for (int asked = 3; asked > 0; asked--) {
                int left = asked - 1;
                stage.annotate(
                        "web",
                        "holdfast.dev/confirm",
                        confirmations(stage).getFirst().text("digest").orElseThrow());
                stage.eventually("one is confirmed", () -> confirmations(stage).size() == left);
                stage.eventually("and done", () -> owned(stage) == 21 + 3 * left);
                stage.pass(Duration.ofMinutes(10));
                // a word for one target is none for the others
                assertThat(confirmations(stage)).hasSize(left);
            }
            stage.eventually("settles", () -> stage.ready("web"));
        });
    }

    @Test
    void fewDeletesNeedNoWordHoweverManyTargets() {
        Stage.play(52, stage -> {
            threeTargets(stage, 10);
            drop(stage, 0, 2);
            stage.eventually("pruned", () -> owned(stage) == 24);
            stage.eventually("settles", () -> stage.ready("web"));
        });
    }

    @Test
    void theDeletionOfTheAppIsCountedOverAllTargets() {
        Stage.play(53, stage -> {
            threeTargets(stage, 4);
            stage.delete(Kinds.APPS, "web");
            stage.eventually("it asks", () -> confirmations(stage).size() == 3);
            stage.pass(Duration.ofMinutes(5));
            assertThat(owned(stage)).isEqualTo(12);
            stage.annotate(
                    "web",
                    "holdfast.dev/confirm",
                    confirmations(stage).getFirst().text("digest").orElseThrow());
            stage.eventually("one target's are gone", () -> owned(stage) == 8);
            assertThat(stage.app("web")).isNotEqualTo(Mapping.EMPTY);
        });
    }
}
