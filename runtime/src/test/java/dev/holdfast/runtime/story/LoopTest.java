package dev.holdfast.runtime.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.runtime.home.Kinds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The whole loop, on one thread, under a seed: from the first sync to the deletion of the app.
class LoopTest {

    private static void story(Stage stage) {
        firstSyncAndCommit(stage);
        healing(stage);
        pruning(stage);
        brokenCommit(stage);
        emptiedFolder(stage);
        suspension(stage);
        deletion(stage);
    }

    private static void firstSyncAndCommit(Stage stage) {
        var maps = Kinds.CONFIG_MAPS;
        stage.commit(
                "first",
                Map.of(
                        "web/a.yaml", Files.configMap("a", "one"),
                        "web/b.yaml", Files.configMap("b", "one"),
                        "web/web.yaml", Files.deployment("web", "2")));
        stage.apply(Stage.yaml(Files.configMap("neighbour", "mine").replace("{name:", "{namespace: team-a, name:")));
        stage.app("web", "web");
        stage.start();
        stage.eventually("the first sync", () -> stage.ready("web"));
        assertThat(stage.owned(maps)).containsOnlyKeys("a", "b");

        stage.commit("second", Map.of("web/a.yaml", Files.configMap("a", "two")));
        stage.eventually("a commit rolls out", () -> value(stage, "a").equals("two"));
        stage.eventually("and is told", () -> stage.ready("web"));
    }

    private static void healing(Stage stage) {
        var maps = Kinds.CONFIG_MAPS;
        stage.edit(maps, "b", "data: {key: edited}");
        stage.eventually(
                "an edit is reverted",
                Duration.ofSeconds(2),
                () -> value(stage, "b").equals("one"));
        stage.eventually(
                "and told",
                () -> stage.events("web").stream()
                        .anyMatch(event -> event.contains("kubectl-edit") && event.contains("data.key")));

        stage.delete(maps, "b");
        stage.eventually(
                "a deleted object comes back",
                Duration.ofSeconds(2),
                () -> value(stage, "b").equals("one"));
    }

    private static void pruning(Stage stage) {
        var maps = Kinds.CONFIG_MAPS;
        stage.commit("drop b", Map.of("web/b.yaml", ""));
        stage.eventually("what left Git is pruned", () -> stage.find(maps, "b").isEmpty());
        assertThat(stage.find(maps, "neighbour")).isPresent();
        stage.eventually("settles", () -> stage.ready("web"));
    }

    private static void brokenCommit(Stage stage) {
        var maps = Kinds.CONFIG_MAPS;
        stage.commit("broken", Map.of("web/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a\n"));
        stage.eventually("a broken commit is held", () -> stage.why("web").contains("web/a.yaml:"));
        assertThat(value(stage, "a")).isEqualTo("two");
        stage.edit(maps, "a", "data: {key: edited}");
        stage.eventually("what is good is kept good", () -> value(stage, "a").equals("two"));

        stage.commit("revert", Map.of("web/a.yaml", Files.configMap("a", "three")));
        stage.eventually("the revert recovers", () -> value(stage, "a").equals("three") && stage.ready("web"));
    }

    private static void emptiedFolder(Stage stage) {
        var maps = Kinds.CONFIG_MAPS;
        stage.commit("empty", Map.of("web/a.yaml", "", "web/web.yaml", "", "web/README.yaml", "# nothing\n"));
        stage.eventually(
                "an emptied folder waits for a person",
                () -> confirmation(stage).isPresent());
        stage.pass(Duration.ofMinutes(10));
        assertThat(stage.owned(maps)).containsOnlyKeys("a");
        stage.annotate("web", "holdfast.dev/confirm", confirmation(stage).orElseThrow());
        stage.eventually("confirm lets it", () -> stage.owned(maps).isEmpty() && stage.ready("web"));

        stage.commit(
                "back", Map.of("web/a.yaml", Files.configMap("a", "four"), "web/b.yaml", Files.configMap("b", "uno")));
        stage.eventually("things come back", () -> stage.owned(maps).size() == 2 && stage.ready("web"));
    }

    private static void suspension(Stage stage) {
        var maps = Kinds.CONFIG_MAPS;
        stage.spec("web", "suspend: true");
        stage.pass(Duration.ofSeconds(2));
        stage.commit("while suspended", Map.of("web/a.yaml", Files.configMap("a", "five")));
        stage.edit(maps, "b", "data: {key: edited}");
        stage.pass(Duration.ofMinutes(5));
        assertThat(value(stage, "a")).isEqualTo("four");
        assertThat(value(stage, "b")).isEqualTo("edited");
        stage.spec("web", "suspend: false");
        stage.eventually(
                "resume",
                () -> value(stage, "a").equals("five") && value(stage, "b").equals("uno"));
        stage.eventually("settles again", () -> stage.ready("web"));
    }

    private static void deletion(Stage stage) {
        var maps = Kinds.CONFIG_MAPS;
        stage.delete(Kinds.APPS, "web");
        stage.eventually("the app is gone", () -> stage.find(Kinds.APPS, "web").isEmpty());
        assertThat(stage.owned(maps)).isEmpty();
        assertThat(stage.find(maps, "neighbour")).isPresent();
        stage.pass(Duration.ofMinutes(1));
    }

    private static java.util.Optional<String> confirmation(Stage stage) {
        return stage.app("web").sequence("status", "targets").mappings().stream()
                .flatMap(target -> target.text("confirm", "digest").stream())
                .findFirst();
    }

    private static String value(Stage stage, String name) {
        return stage.find(Kinds.CONFIG_MAPS, name)
                .flatMap(object -> object.text("data", "key"))
                .orElse("");
    }

    @Test
    void theWholeStoryOfAnApp() {
        Stage.play(1, LoopTest::story);
    }

    @Test
    @Tag("slow")
    void theSameSeedGivesTheSameRun() {
        var one = Stage.play(7, LoopTest::story);
        var two = Stage.play(7, LoopTest::story);
        assertThat(two.choices()).isEqualTo(one.choices());
        assertThat(two.digest()).isEqualTo(one.digest());
    }

    @Test
    @Tag("long")
    void anySeedTellsTheSameStory() {
        for (long seed = 100; seed < 140; seed++) Stage.play(seed, LoopTest::story);
    }

    @Test
    void aRestartWritesNothingWhenNothingChanged() {
        Stage.play(3, stage -> {
            stage.commit("first", Files.fourObjects("web", "web"));
            stage.app("web", "web");
            stage.start();
            stage.eventually("the first sync", () -> stage.ready("web"));
            stage.pass(Duration.ofSeconds(30));
            stage.kill();
            stage.sandbox.log().reset();
            stage.start();
            stage.pass(Duration.ofMinutes(2));
            assertThat(writes(stage)).isEmpty();
        });
    }

    @Test
    void aNewAppOfFourObjectsCostsNoMoreThanTenWritesAndThenNothing() {
        Stage.play(4, stage -> {
            stage.commit("first", Files.fourObjects("web", "web"));
            stage.start();
            stage.pass(Duration.ofSeconds(5));
            stage.app("web", "web");
            stage.sandbox.log().reset();
            stage.eventually("the first sync", () -> stage.ready("web"));
            stage.pass(Duration.ofSeconds(30));
            var writes = writes(stage);
            assertThat(writes.values().stream().mapToLong(Long::longValue).sum())
                    .as(writes::toString)
                    .isLessThanOrEqualTo(10);
            assertThat(writes.get("apply")).isEqualTo(4);
            stage.sandbox.log().reset();
            stage.pass(Duration.ofMinutes(5));
            assertThat(idleRequests(stage)).isEmpty();
        });
    }

    @Test
    void aStrangersStatusUpdatesCostNoRequest() {
        Stage.play(5, stage -> {
            stage.commit("first", Map.of("web/web.yaml", Files.deployment("web", "2")));
            stage.app("web", "web");
            stage.start();
            stage.eventually("the first sync", () -> stage.ready("web"));
            stage.pass(Duration.ofSeconds(10));
            stage.sandbox.log().reset();
            var deployments = stage.resource(Gvk.of("apps/v1", "Deployment"));
            for (int i = 0; i < 50; i++) {
                var patch = Mapping.of("status", Stage.yaml("collisionCount: " + i));
                stage.person.patch(
                        dev.holdfast.port.Cluster.Address.of(deployments, Stage.NAMESPACE, "web")
                                .sub("status"),
                        new dev.holdfast.port.Cluster.Patch.Merge(patch),
                        "stranger",
                        dev.holdfast.port.Cluster.Caller.SELF);
                stage.pass(Duration.ofMillis(20));
            }
            stage.pass(Duration.ofSeconds(30));
            assertThat(idleRequests(stage))
                    .allSatisfy((what, count) -> assertThat(what)
                            .isIn(List.of(
                                    "patch deployments.apps/status", "get /apis", "get /api", "get /apis/apps/v1")));
        });
    }

    private static Map<String, Long> writes(Stage stage) {
        return stage.sandbox.log().by(request -> request.verb(), request -> Stage.write(request) && ours(request));
    }

    /// Whatever is asked while nothing happens, apart from watches and the lease.
    private static Map<String, Long> idleRequests(Stage stage) {
        return stage.sandbox
                .log()
                .by(
                        request -> request.verb() + " " + request.resource(),
                        request -> !request.verb().equals("watch")
                                && !request.resource().startsWith("leases")
                                && ours(request));
    }

    private static boolean ours(dev.holdfast.sandbox.trouble.RequestLog.Entry request) {
        return !request.user().startsWith("person");
    }
}
