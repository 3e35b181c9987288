package dev.holdfast.runtime.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Gvk;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.runtime.home.Kinds;
import dev.holdfast.sandbox.trouble.FaultRule;
import dev.holdfast.testkit.Forge;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What goes wrong around Holdfast yields a clear fault, hurts no other app, deletes nothing, and passes by itself
/// where it can.
class TroubleTest {

    private static String value(Stage stage, String name) {
        return stage.find(Kinds.CONFIG_MAPS, name)
                .flatMap(object -> object.text("data", "key"))
                .orElse("");
    }

    private static void twoApps(Stage stage) {
        stage.commit(
                "first",
                Map.of("web/a.yaml", Files.configMap("a", "one"), "other/b.yaml", Files.configMap("b", "one")));
        stage.app("web", "web");
        stage.app("other", "other");
        stage.start();
        stage.eventually("both are ready", () -> stage.ready("web") && stage.ready("other"));
    }

    @Test
    void aPoisonedAppDelaysNoneOfItsNeighbours() {
        Stage.play(21, stage -> {
            var files = new LinkedHashMap<String, String>();
            files.put("poison/a.yaml", "a: [");
            for (int i = 0; i < 20; i++) files.put("app-" + i + "/a.yaml", Files.configMap("object-" + i, "one"));
            stage.commit("first", files);
            stage.app("poison", "poison");
            for (int i = 0; i < 20; i++) stage.app("app-" + i, "app-" + i);
            stage.start();
            stage.eventually("the good ones", Duration.ofSeconds(20), () -> {
                for (int i = 0; i < 20; i++) if (!stage.ready("app-" + i)) return false;
                return true;
            });
            stage.eventually("the bad one", () -> stage.why("poison").contains("poison/a.yaml:"));
        });
    }

    @Test
    void aRefusedObjectIsNamedAndTheOthersGoOn() {
        Stage.play(22, stage -> {
            stage.commit(
                    "first",
                    Map.of(
                            "web/a.yaml", Files.configMap("a", "one"),
                            "web/bad.yaml", Files.configMap("Not_A_Name", "one")));
            stage.app("web", "web");
            stage.start();
            stage.eventually("the good object", () -> value(stage, "a").equals("one"));
            stage.eventually("the fault", () -> stage.why("web").contains("Not_A_Name"));
            stage.commit("mend", Map.of("web/bad.yaml", Files.configMap("good-name", "one")));
            stage.eventually("recovers", () -> stage.ready("web"));
        });
    }

    @Test
    void aConflictWithAnotherApplierNamesIt() {
        Stage.play(23, stage -> {
            stage.commit("first", Map.of("web/a.yaml", Files.configMap("a", "one")));
            stage.app("web", "web");
            stage.start();
            stage.eventually("the sync", () -> stage.ready("web"));
            var body = Stage.yaml(Files.configMap("a", "theirs").replace("{name:", "{namespace: team-a, name:"));
            stage.person.apply(
                    new Cluster.Apply(
                            Address.of(Kinds.CONFIG_MAPS, Stage.NAMESPACE, "a"),
                            body,
                            "other-tool",
                            Cluster.Conflicts.FORCE,
                            Cluster.Effect.WRITE),
                    Caller.SELF);
            stage.eventually("the conflict", () -> stage.why("web").contains("other-tool"));
            assertThat(value(stage, "a")).isEqualTo("theirs");
        });
    }

    @Test
    void theApiServerGoesAwayAndComesBack() {
        Stage.play(24, stage -> {
            twoApps(stage);
            stage.sandbox.switches().refuse();
            stage.sandbox.dropWatches();
            stage.commit("second", Map.of("web/a.yaml", Files.configMap("a", "two")));
            stage.pass(Duration.ofMinutes(10));
            stage.sandbox.switches().accept();
            stage.eventually("catches up", () -> value(stage, "a").equals("two") && stage.ready("web"));
            assertThat(value(stage, "b")).isEqualTo("one");
        });
    }

    @Test
    void expiredWatchesAreListedAnew() {
        Stage.play(25, stage -> {
            twoApps(stage);
            stage.sandbox.switches().refuse();
            stage.sandbox.dropWatches();
            stage.pass(Duration.ofSeconds(20));
            stage.sandbox.compact();
            stage.sandbox.switches().accept();
            stage.edit(Kinds.CONFIG_MAPS, "a", "data: {key: edited}");
            stage.eventually("heals", () -> value(stage, "a").equals("one"));
        });
    }

    @Test
    void aSilentApiGroupHoldsUpOnlyWhatIsInIt() {
        Stage.play(26, stage -> {
            stage.commit(
                    "first",
                    Map.of(
                            "web/a.yaml", Files.configMap("a", "one"),
                            "web/web.yaml", Files.deployment("web", "1"),
                            "other/b.yaml", Files.configMap("b", "one")));
            stage.sandbox.switches().groupDown("apps");
            stage.app("web", "web");
            stage.app("other", "other");
            stage.start();
            stage.eventually("the other app", () -> stage.ready("other"));
            stage.eventually("what is not in the group", () -> value(stage, "a").equals("one"));
            stage.eventually(
                    "the fault",
                    () -> stage.app("web").mapping("status").toString().contains("apps"));
            stage.sandbox.switches().groupUp("apps");
            stage.eventually("recovers", Duration.ofMinutes(15), () -> stage.ready("web"));
        });
    }

    @Test
    void aTerminatingNamespaceIsWaitedFor() {
        Stage.play(27, stage -> {
            stage.namespace("elsewhere");
            stage.commit(
                    "first",
                    Map.of(
                            "web/a.yaml",
                            Files.configMap("a", "one").replace("{name:", "{namespace: elsewhere, name:")));
            var guard = Stage.yaml("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: guard, namespace: elsewhere,"
                    + " finalizers: [example.com/stay]}");
            stage.apply(guard);
            stage.delete(Kinds.NAMESPACES, "elsewhere");
            stage.app("web", "web");
            stage.start();
            stage.eventually("the fault", () -> stage.why("web").contains("terminat"));
            var stay = Address.of(Kinds.CONFIG_MAPS, "elsewhere", "guard");
            stage.person.patch(
                    stay, new Cluster.Patch.Merge(Stage.yaml("metadata: {finalizers: []}")), "person", Caller.SELF);
            stage.eventually(
                    "the namespace is gone",
                    () -> stage.find(Kinds.NAMESPACES, "elsewhere").isEmpty());
            stage.namespace("elsewhere");
            stage.eventually("recovers", Duration.ofMinutes(15), () -> stage.ready("web"));
        });
    }

    @Test
    void aLostInventoryDeletesNothingAndSaysWhatToDo() {
        Stage.play(28, stage -> {
            twoApps(stage);
            stage.pass(Duration.ofSeconds(5));
            stage.kill();
            stage.person.list(
                    new Cluster.Selection(
                            Kinds.CONFIG_MAPS, "holdfast-system", "holdfast.dev/inventory", "", Cluster.Form.WHOLE),
                    Caller.SELF,
                    inventory -> stage.person.delete(
                            new Cluster.Delete(
                                    Address.of(
                                            Kinds.CONFIG_MAPS,
                                            "holdfast-system",
                                            inventory.text("metadata", "name").orElseThrow()),
                                    inventory.text("metadata", "uid").orElseThrow(),
                                    Optional.empty(),
                                    Cluster.Propagation.BACKGROUND),
                            Caller.SELF));
            stage.commit("drop", Map.of("web/a.yaml", "", "web/c.yaml", Files.configMap("c", "one")));
            stage.start();
            stage.eventually("the fault", () -> stage.why("web").contains("inventory"));
            stage.pass(Duration.ofMinutes(10));
            assertThat(value(stage, "a")).isEqualTo("one");
            var digest = stage.app("web").sequence("status", "targets").mappings().stream()
                    .flatMap(target -> target.text("confirm", "digest").stream())
                    .findFirst()
                    .orElseThrow();
            stage.annotate("web", "holdfast.dev/confirm", digest);
            stage.eventually("goes on", () -> value(stage, "c").equals("one") && stage.ready("web"));
        });
    }

    @Test
    void aRepositoryInTroubleIsToldAndItsAppsKeepWhatTheyHave() {
        Stage.play(29, stage -> {
            twoApps(stage);
            for (var trouble : Forge.Trouble.values()) {
                stage.repository.misbehave(Optional.of(trouble));
                stage.eventually("told: " + trouble, Duration.ofMinutes(10), () -> !stage.ready("web"));
                stage.edit(Kinds.CONFIG_MAPS, "a", "data: {key: edited}");
                stage.eventually("still heals", () -> value(stage, "a").equals("one"));
                stage.repository.misbehave(Optional.empty());
                stage.eventually("recovers from " + trouble, Duration.ofMinutes(15), () -> stage.ready("web"));
            }
        });
    }

    @Test
    void missingBranchesAndPathsAreNamed() {
        Stage.play(30, stage -> {
            stage.commit("first", Map.of("web/a.yaml", Files.configMap("a", "one")));
            stage.app("nowhere", "wep");
            stage.start();
            stage.eventually("the path", () -> stage.why("nowhere").contains("wep"));
            stage.spec("nowhere", "sources: [{git: 'https://git.test/deploy', ref: mian, path: web}]");
            stage.eventually("the branch", () -> stage.why("nowhere").contains("mian"));
            stage.spec("nowhere", "sources: [{git: 'https://git.test/deploy', ref: main, path: web}]");
            stage.eventually("recovers", () -> stage.ready("nowhere"));
        });
    }

    @Test
    void anAppThatCanNotBeReadIsToldAndMended() {
        Stage.play(31, stage -> {
            twoApps(stage);
            stage.spec("web", "sorces: []");
            stage.eventually("told", () -> stage.why("web").contains("sorces"));
            stage.edit(Kinds.CONFIG_MAPS, "b", "data: {key: edited}");
            stage.eventually("the other one works", () -> value(stage, "b").equals("one"));
            stage.spec("web", "sorces: null");
            stage.eventually("recovers", () -> stage.ready("web"));
        });
    }

    @Test
    void aWriteWhoseAnswerIsLostIsNotDoneTwice() {
        Stage.play(32, stage -> {
            stage.commit("first", Map.of("web/a.yaml", Files.configMap("a", "one")));
            stage.sandbox.switches().arm(FaultRule.lostAfter(FaultRule.Match.of("create", "configmaps"), 1));
            stage.app("web", "web");
            stage.start();
            stage.eventually("the sync", () -> stage.ready("web"));
        });
    }

    @Test
    void aDefinitionAndItsInstanceFitInOneCommit() {
        Stage.play(33, stage -> {
            stage.commit(
                    "first",
                    Map.of(
                            "web/widgets.yaml",
                            Files.widgetDefinition("size: {type: integer}"),
                            "web/one.yaml",
                            "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: one}\nspec: {size: 3}\n"));
            stage.app("web", "web");
            stage.start();
            stage.eventually("the sync", Duration.ofSeconds(30), () -> stage.ready("web"));
            var widgets = stage.resource(Gvk.of("example.com/v1", "Widget"));
            assertThat(stage.find(widgets, "one").map(widget -> widget.whole("spec", "size")))
                    .contains(Optional.of(3L));
        });
    }
}
