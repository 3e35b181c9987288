package dev.holdfast.runtime.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.runtime.home.Kinds;
import dev.holdfast.runtime.story.KillingTransport.Moment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The process is killed in the middle of a sync of 60 objects, and started again: whatever the moment, the end is
/// the same, nothing is created or deleted twice, and nothing is forgotten.
class KillTest {

    private static final int OBJECTS = 60;
    private static final int POINTS = 20;

    /// What a run came to: the objects, and how often each was created and deleted.
    private record End(TreeMap<String, Mapping> objects, Map<String, Long> created, Map<String, Long> deleted) {}

    private static Map<String, String> files(int from, int to) {
        var files = new LinkedHashMap<String, String>();
        for (int i = from; i < to; i++) {
            var name = "object-" + i;
            files.put("web/" + name + ".yaml", i % 3 == 0 ? Files.service(name) : Files.configMap(name, "v" + i));
        }
        return files;
    }

    private static long requestsOfWholeRun() {
        var requests = new long[1];
        Stage.play(11, stage -> {
            var wire = new KillingTransport[1];
            stage.wire = through -> {
                wire[0] = new KillingTransport(through, -1, Moment.BEFORE, () -> {});
                return wire[0];
            };
            stage.commit("first", files(0, OBJECTS));
            stage.app("web", "web");
            stage.start();
            stage.eventually("the sync", () -> stage.ready("web"));
            requests[0] = wire[0].requests();
        });
        return requests[0];
    }

    private enum Meanwhile {
        NOTHING,
        A_COMMIT_DROPS_TWO
    }

    private static End run(long killAt, Moment moment, Meanwhile meanwhile) {
        var end = new End[1];
        Stage.play(11, stage -> {
            stage.commit("first", files(0, OBJECTS));
            stage.app("web", "web");
            var wire = new KillingTransport[1];
            stage.wire = through -> {
                wire[0] = new KillingTransport(through, killAt, moment, stage::killAtOnce);
                return wire[0];
            };
            if (killAt > 0) {
                stage.launch();
                stage.eventually("the kill", () -> wire[0].dead());
                stage.wire = through -> through;
            }
            if (meanwhile == Meanwhile.A_COMMIT_DROPS_TWO)
                stage.commit("drop", Map.of("web/object-7.yaml", "", "web/object-9.yaml", ""));
            stage.start();
            stage.eventually("the sync", () -> stage.ready("web"));
            stage.pass(Duration.ofSeconds(30));
            end[0] = end(stage);
        });
        return end[0];
    }

    private static End end(Stage stage) {
        var objects = new TreeMap<String, Mapping>();
        for (var kind :
                java.util.List.of(Kinds.CONFIG_MAPS, stage.resource(dev.holdfast.model.Gvk.of("v1", "Service")))) {
            stage.owned(kind)
                    .forEach((name, object) -> objects.put(
                            name, object.mapping("data").with("kind", dev.holdfast.model.Value.of(kind.plural()))));
        }
        return new End(
                objects,
                stage.sandbox
                        .log()
                        .by(
                                entry -> entry.resource() + "/" + entry.name(),
                                entry -> entry.status() == 201 && entry.name().startsWith("object-")),
                stage.sandbox
                        .log()
                        .by(
                                entry -> entry.resource() + "/" + entry.name(),
                                entry -> entry.verb().equals("delete")
                                        && entry.name().startsWith("object-")));
    }

    @Test
    @Tag("slow")
    void whereverItIsKilledTheEndIsTheSame() {
        var whole = run(0, Moment.BEFORE, Meanwhile.NOTHING);
        assertThat(whole.objects()).hasSize(OBJECTS);
        assertThat(whole.created())
                .hasSize(OBJECTS)
                .allSatisfy((_, count) -> assertThat(count).isEqualTo(1));
        long requests = requestsOfWholeRun();
        for (int point = 1; point <= POINTS; point++) {
            long at = Math.max(1, requests * point / POINTS);
            for (var moment : Moment.values()) {
                assertThat(run(at, moment, Meanwhile.NOTHING))
                        .as("killed at %d of %d, %s", at, requests, moment)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    @Tag("slow")
    void whatACommitDropsBetweenKillAndRestartIsPruned() {
        long requests = requestsOfWholeRun();
        for (int point = 1; point <= POINTS; point++) {
            long at = Math.max(1, requests * point / POINTS);
            var end = run(at, point % 2 == 0 ? Moment.BEFORE : Moment.AFTER, Meanwhile.A_COMMIT_DROPS_TWO);
            assertThat(end.objects())
                    .as("killed at %d of %d", at, requests)
                    .hasSize(OBJECTS - 2)
                    .doesNotContainKeys("object-7", "object-9");
            assertThat(end.deleted().values()).allMatch(count -> count == 1);
            assertThat(end.deleted().keySet()).isSubsetOf("configmaps/object-7", "services/object-9");
        }
    }
}
