package dev.holdfast.runtime.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Gvk;
import dev.holdfast.runtime.home.Kinds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `sync.validate: server`: the API server is asked about everything before anything is written.
class ServerValidationTest {

    private static final String ASKING = "sync: {validate: server}";

    @Test
    void nothingIsWrittenWhileTheServerWouldRefuseOneObject() {
        Stage.play(41, stage -> {
            stage.commit(
                    "first",
                    Map.of(
                            "web/a.yaml", Files.configMap("a", "one"),
                            "web/b.yaml", Files.configMap("b", "one"),
                            "web/bad.yaml", Files.configMap("Not_A_Name", "one")));
            stage.app("web", "web", ASKING);
            stage.start();
            stage.eventually("the fault", () -> stage.why("web").contains("Not_A_Name"));
            stage.pass(Duration.ofMinutes(20));
            assertThat(stage.owned(Kinds.CONFIG_MAPS)).isEmpty();
            assertThat(stage.why("web")).contains("Not_A_Name").contains("Correct it in Git");
            stage.commit("mend", Map.of("web/bad.yaml", Files.configMap("good-name", "one")));
            stage.eventually("recovers", () -> stage.ready("web"));
            assertThat(stage.owned(Kinds.CONFIG_MAPS)).containsOnlyKeys("a", "b", "good-name");
        });
    }

    @Test
    void aRefusedChangeLeavesWhatRunsAndPrunesNothing() {
        Stage.play(42, stage -> {
            stage.commit(
                    "first",
                    Map.of("web/a.yaml", Files.configMap("a", "one"), "web/b.yaml", Files.configMap("b", "one")));
            stage.app("web", "web", ASKING);
            stage.start();
            stage.eventually("the first sync", () -> stage.ready("web"));
            stage.commit(
                    "bad",
                    Map.of(
                            "web/a.yaml", Files.configMap("a", "two"),
                            "web/b.yaml", "",
                            "web/bad.yaml", Files.configMap("Not_A_Name", "one")));
            stage.eventually("the fault", () -> stage.why("web").contains("Not_A_Name"));
            stage.edit(Kinds.CONFIG_MAPS, "b", "data: {key: edited}");
            stage.pass(Duration.ofMinutes(5));
            assertThat(stage.owned(Kinds.CONFIG_MAPS)).containsOnlyKeys("a", "b");
            assertThat(stage.find(Kinds.CONFIG_MAPS, "a").flatMap(a -> a.text("data", "key")))
                    .contains("one");
            stage.commit("mend", Map.of("web/bad.yaml", ""));
            stage.eventually("recovers", () -> stage.ready("web"));
            assertThat(stage.owned(Kinds.CONFIG_MAPS)).containsOnlyKeys("a");
        });
    }

    @Test
    void aNamespaceAndWhatIsInItFitInOneCommit() {
        Stage.play(43, stage -> {
            stage.commit(
                    "first",
                    Map.of(
                            "web/ns.yaml",
                            "apiVersion: v1\nkind: Namespace\nmetadata: {name: fresh}\n",
                            "web/a.yaml",
                            Files.configMap("a", "one").replace("{name:", "{namespace: fresh, name:")));
            stage.app("web", "web", ASKING);
            stage.start();
            stage.eventually("the sync", Duration.ofSeconds(30), () -> stage.ready("web"));
            assertThat(stage.owned(Kinds.CONFIG_MAPS)).containsOnlyKeys("a");
        });
    }

    @Test
    void whatCanNotBeInItsNewNamespaceKeepsEverythingElseUnwritten() {
        Stage.play(44, stage -> {
            stage.commit(
                    "first",
                    Map.of(
                            "web/ns.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: fresh}\n",
                            "web/a.yaml", Files.configMap("a", "one"),
                            "web/bad.yaml",
                                    Files.configMap("Not_A_Name", "one")
                                            .replace("{name:", "{namespace: fresh, name:")));
            stage.app("web", "web", ASKING);
            stage.start();
            stage.eventually("the fault", () -> stage.why("web").contains("Not_A_Name"));
            stage.pass(Duration.ofMinutes(5));
            assertThat(stage.owned(Kinds.CONFIG_MAPS)).isEmpty();
        });
    }

    @Test
    void aDefinitionThatGrowsAndAnInstanceThatUsesItFitInOneCommit() {
        for (var validation : List.of("local", "server")) growing("sync: {validate: " + validation + "}");
    }

    private static void growing(String sync) {
        Stage.play(45, stage -> {
            stage.commit(
                    "first",
                    Map.of(
                            "web/widgets.yaml",
                            Files.widgetDefinition("size: {type: integer}"),
                            "web/one.yaml",
                            "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: one}\nspec: {size: 3}\n"));
            stage.app("web", "web", sync);
            stage.start();
            stage.eventually("the first sync", Duration.ofSeconds(30), () -> stage.ready("web"));
            stage.commit(
                    "second",
                    Map.of(
                            "web/widgets.yaml",
                            Files.widgetDefinition("size: {type: integer}, colour: {type: string}"),
                            "web/one.yaml",
                            "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: one}\nspec: {size: 3, colour:"
                                    + " red}\n"));
            var widgets = stage.resource(Gvk.of("example.com/v1", "Widget"));
            stage.eventually(
                    "the second",
                    Duration.ofMinutes(2),
                    () -> stage.find(widgets, "one")
                            .flatMap(one -> one.text("spec", "colour"))
                            .filter("red"::equals)
                            .isPresent());
            stage.eventually("and settles", () -> stage.ready("web"));
        });
    }

    @Test
    void whatIsPutBackIsNotAskedAboutAgain() {
        Stage.play(46, stage -> {
            stage.commit("first", Map.of("web/a.yaml", Files.configMap("a", "one")));
            stage.app("web", "web", ASKING);
            stage.start();
            stage.eventually("the first sync", () -> stage.ready("web"));
            stage.pass(Duration.ofSeconds(10));
            stage.sandbox.log().reset();
            stage.edit(Kinds.CONFIG_MAPS, "a", "data: {key: edited}");
            stage.eventually(
                    "healed",
                    Duration.ofSeconds(2),
                    () -> stage.find(Kinds.CONFIG_MAPS, "a")
                            .flatMap(a -> a.text("data", "key"))
                            .filter("one"::equals)
                            .isPresent());
            stage.pass(Duration.ofSeconds(10));
            var applies = stage.sandbox
                    .log()
                    .by(request -> request.verb(), request -> !request.user().startsWith("person"));
            // one unforced, which the editor's claim refuses, and one with force
            assertThat(applies.get("apply")).isEqualTo(2);
        });
    }
}
