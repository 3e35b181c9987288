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
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
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

    private static void two(Stage stage) {
        for (var target : TARGETS) stage.namespace(target);
        stage.commit(
                "first", Map.of("web/a.yaml", Files.configMap("a", "one"), "web/b.yaml", Files.configMap("b", "one")));
        stage.app("web", "web", "targets: [{name: one, namespace: one}, {name: two, namespace: two}]");
        stage.start();
        stage.eventually("the first sync", () -> stage.ready("web"));
    }

    private static List<String> targets(Stage stage) {
        return stage.app("web").sequence("status", "targets").mappings().stream()
                .map(target -> target.text("name").orElse(""))
                .toList();
    }

    private static void confirm(Stage stage) {
        stage.annotate(
                "web",
                "holdfast.dev/confirm",
                confirmations(stage).getFirst().text("digest").orElseThrow());
    }

    @Test
    void whatARenamedTargetOwnedIsHeldUntilAPersonSaysAWord() {
        Stage.play(54, stage -> {
            two(stage);
            stage.spec("web", "targets: [{name: one, namespace: one}, {name: three, namespace: three}]");
            stage.eventually("the new target", () -> owned(stage) == 6);
            stage.eventually("the old one is told", () -> confirmations(stage).size() == 1);
            assertThat(stage.why("web")).contains("no target two any more").contains("2 objects");
            assertThat(stage.app("web").text("status", "sync")).contains("OutOfSync");
            stage.kill();
            stage.start();
            stage.pass(Duration.ofMinutes(20));
            assertThat(owned(stage)).isEqualTo(6);
            assertThat(confirmations(stage)).hasSize(1);

            confirm(stage);
            stage.eventually("what it owned goes", () -> owned(stage) == 4);
            stage.eventually("and the target with it", () -> targets(stage).equals(List.of("one", "three")));
            stage.eventually("settles", () -> stage.ready("web"));
            assertThat(stage.app("web").sequence("metadata", "finalizers").size())
                    .isEqualTo(1);
        });
    }

    @Test
    void aTargetThatComesBackGoesOn() {
        Stage.play(55, stage -> {
            two(stage);
            stage.spec("web", "targets: [{name: one, namespace: one}]");
            stage.eventually("told", () -> confirmations(stage).size() == 1);
            stage.commit("second", Map.of("web/b.yaml", ""));
            stage.eventually("the other target goes on", () -> owned(stage) == 3);
            stage.spec("web", "targets: [{name: one, namespace: one}, {name: two, namespace: two}]");
            stage.eventually("it is as Git says again", () -> owned(stage) == 2 && stage.ready("web"));
        });
    }

    @Test
    void whatALostTargetOwnedIsLetGoWhereTheAppSaysSo() {
        Stage.play(56, stage -> {
            two(stage);
            stage.spec("web", "{targets: [{name: one, namespace: one}], sync: {onDelete: orphan}}");
            stage.eventually("told", () -> confirmations(stage).size() == 1);
            confirm(stage);
            stage.eventually("let go", () -> owned(stage) == 2 && targets(stage).equals(List.of("one")));
            assertThat(stage.person.read(Cluster.Address.of(Kinds.CONFIG_MAPS, "two", "a"), Caller.SELF))
                    .isInstanceOf(Cluster.Answer.Done.class);
        });
    }

    @Test
    void theDeletionOfTheAppTakesALostTargetAlong() {
        Stage.play(57, stage -> {
            two(stage);
            stage.spec("web", "targets: [{name: one, namespace: one}]");
            stage.eventually("told", () -> confirmations(stage).size() == 1);
            stage.delete(Kinds.APPS, "web");
            stage.eventually("all is gone", () -> stage.find(Kinds.APPS, "web").isEmpty());
            assertThat(owned(stage)).isZero();
        });
    }

    @Test
    void anUnreadableAppThatIsDeletedLetsGoOfWhatItOwned() {
        Stage.play(58, stage -> {
            two(stage);
            stage.spec("web", "sorces: []");
            stage.eventually("told", () -> stage.why("web").contains("sorces"));
            stage.delete(Kinds.APPS, "web");
            stage.eventually(
                    "the app is gone", () -> stage.find(Kinds.APPS, "web").isEmpty());
            assertThat(owned(stage)).isZero();
            assertThat(stage.person.read(Cluster.Address.of(Kinds.CONFIG_MAPS, "two", "a"), Caller.SELF))
                    .isInstanceOf(Cluster.Answer.Done.class);
        });
    }

    @Test
    void anUnreadableAppIsLetGoAlsoAfterARestartAndWhereItNeverOwnedAnything() {
        Stage.play(59, stage -> {
            two(stage);
            stage.spec("web", "sorces: []");
            stage.kill();
            stage.delete(Kinds.APPS, "web");
            stage.app("fresh", "web", "sorces: []");
            stage.finalizer("fresh");
            stage.delete(Kinds.APPS, "fresh");
            stage.start();
            stage.eventually(
                    "both are gone",
                    () -> stage.find(Kinds.APPS, "web").isEmpty()
                            && stage.find(Kinds.APPS, "fresh").isEmpty());
            assertThat(owned(stage)).isZero();
        });
    }

    @Test
    @Tag("slow")
    void anAppGoesWheneverTheProcessDiesMeanwhile() {
        for (int killAt = 1; killAt <= 60; killAt++) {
            int request = killAt;
            Stage.play(60, stage -> {
                two(stage);
                stage.pass(Duration.ofSeconds(10));
                stage.kill();
                stage.wire = through ->
                        new KillingTransport(through, request, KillingTransport.Moment.AFTER, stage::killAtOnce);
                stage.delete(Kinds.APPS, "web");
                stage.launch();
                stage.pass(Duration.ofMinutes(1));
                stage.kill();
                stage.wire = UnaryOperator.identity();
                if (!stage.app("web").isEmpty()) stage.start();
                stage.eventually(
                        "the app is gone after request " + request,
                        () -> stage.app("web").isEmpty());
                assertThat(owned(stage)).isZero();
            });
        }
    }
}
