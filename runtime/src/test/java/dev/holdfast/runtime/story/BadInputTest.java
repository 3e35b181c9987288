package dev.holdfast.runtime.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Secret;
import dev.holdfast.port.GitHost;
import dev.holdfast.runtime.home.Kinds;
import dev.holdfast.testkit.FakeRepository;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Bad input yields a clear fault with what to do, hurts no other app, deletes nothing, and passes by itself when it
/// is mended.
class BadInputTest {

    /// `files` are committed beside what is good; `words` must stand in the App's `why`.
    private record Bad(String what, Map<String, String> files, List<String> words) {}

    private static final List<Bad> CASES = List.of(
            new Bad("broken YAML", Map.of("web/bad.yaml", "a: ["), List.of("web/bad.yaml:2", "invalid YAML")),
            new Bad(
                    "a file without kind",
                    Map.of("web/bad.yaml", "apiVersion: v1\n"),
                    List.of("web/bad.yaml:1", "kind")),
            new Bad(
                    "a YAML file of 10 MB",
                    Map.of("web/bad.yaml", Files.configMap("bad", "x".repeat(10 << 20))),
                    List.of("web/bad.yaml", "Split it")),
            new Bad("an alias bomb", Map.of("web/bad.yaml", bomb()), List.of("web/bad.yaml:")),
            new Bad(
                    "a kind that nobody serves",
                    Map.of("web/bad.yaml", "apiVersion: example.org/v1\nkind: Wodget\nmetadata: {name: bad}\n"),
                    List.of("web/bad.yaml:1", "Wodget", "Install the definition")),
            new Bad(
                    "an object that the API refuses",
                    Map.of("web/bad.yaml", Files.configMap("Not_A_Name", "one")),
                    List.of("web/bad.yaml", "Not_A_Name", "Correct it in Git")),
            new Bad(
                    "a field that nobody knows",
                    Map.of("web/bad.yaml", Files.configMap("bad", "one") + "dota: {}\n"),
                    List.of("web/bad.yaml:5", "dota", "data")),
            new Bad(
                    "one object in two files",
                    Map.of("web/bad.yaml", Files.configMap("a", "two")),
                    List.of("web/bad.yaml:1", "web/a.yaml:1", "twice")),
            new Bad(
                    "a namespace that is not there",
                    Map.of(
                            "web/bad.yaml",
                            Files.configMap("bad", "one").replace("{name:", "{namespace: nowhere, name:")),
                    List.of("nowhere", "createNamespace")));

    private static String bomb() {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i <= 12; i++) {
            text.append("a%d: &a%d [".formatted(i, i))
                    .append("*a%d, ".formatted(i - 1).repeat(9))
                    .append("*a%d]\n".formatted(i - 1));
        }
        return text.toString();
    }

    @TestFactory
    Stream<DynamicTest> badFilesAreToldHurtNobodyAndPass() {
        return CASES.stream()
                .map(bad -> DynamicTest.dynamicTest(
                        bad.what(),
                        () -> Stage.play(81, stage -> {
                            neighbours(stage);
                            // b leaves Git in the same commit: while something is wrong it stays
                            stage.commit("bad", with(bad.files(), "web/b.yaml", ""));
                            stage.eventually("told", () -> bad.words().stream().allMatch(stage.why("web")::contains));
                            unhurt(stage);
                            stage.commit("mend", Map.of("web/bad.yaml", ""));
                            mended(stage);
                        })));
    }

    @Test
    void aSymlinkOutOfTheRepositoryIsToldHurtsNobodyAndPasses() {
        Stage.play(81, stage -> {
            neighbours(stage);
            stage.commit("without b", Map.of("web/b.yaml", "", "web/bad.yaml", "a: ["));
            stage.repository.link("main", "web/bad.yaml", "/etc/passwd");
            stage.eventually("told", () -> stage.why("web").contains("symlink to '/etc/passwd'"));
            assertThat(stage.why("web")).contains("web/bad.yaml").doesNotContain("root:");
            unhurt(stage);
            stage.commit("mend", Map.of("web/bad.yaml", ""));
            mended(stage);
        });
    }

    private static Map<String, String> with(Map<String, String> files, String path, String text) {
        var more = new java.util.TreeMap<>(files);
        more.put(path, text);
        return more;
    }

    private static void neighbours(Stage stage) {
        stage.commit(
                "first",
                Map.of(
                        "web/a.yaml", Files.configMap("a", "one"),
                        "web/b.yaml", Files.configMap("b", "one"),
                        "other/c.yaml", Files.configMap("c", "one")));
        stage.app("web", "web");
        stage.app("other", "other");
        stage.start();
        stage.eventually("both are ready", () -> stage.ready("web") && stage.ready("other"));
    }

    /// Everything is where it was, and is still looked after: also what belongs to the app in trouble.
    private static void unhurt(Stage stage) {
        for (var name : List.of("a", "c")) {
            stage.edit(Kinds.CONFIG_MAPS, name, "data: {key: edited}");
            stage.eventually(
                    "still heals " + name,
                    Duration.ofSeconds(10),
                    () -> value(stage, name).equals("one"));
        }
        stage.pass(Duration.ofMinutes(15));
        assertThat(stage.owned(Kinds.CONFIG_MAPS)).containsKeys("a", "b", "c");
        assertThat(stage.ready("other")).isTrue();
        assertThat(stage.ready("web")).isFalse();
    }

    private static void mended(Stage stage) {
        stage.eventually("recovers", Duration.ofMinutes(20), () -> stage.ready("web"));
        assertThat(stage.owned(Kinds.CONFIG_MAPS)).containsOnlyKeys("a", "c");
    }

    private static String value(Stage stage, String name) {
        return stage.find(Kinds.CONFIG_MAPS, name)
                .flatMap(object -> object.text("data", "key"))
                .orElse("");
    }

    @Test
    void aWrongCredentialIsToldAndPassesWhenItIsRight() {
        Stage.play(82, stage -> {
            var vault = source(stage);
            vault.commit("main", "first", Map.of("web/v.yaml", Files.configMap("v", "one")));
            vault.protect("right");
            stage.start();
            stage.eventually("told", () -> stage.why("vault").contains("credential"));
            assertThat(stage.why("vault")).contains("https://git.test/vault").doesNotContain("wrong");
            stage.eventually("the other one works", () -> stage.ready("web"));
            stage.credential(credential("right"));
            stage.sync("vault");
            stage.eventually("recovers", () -> stage.ready("vault"));
        });
    }

    @Test
    void anEmptyRepositoryIsToldAndPassesWithTheFirstCommit() {
        Stage.play(83, stage -> {
            var vault = source(stage);
            stage.start();
            stage.eventually("told", () -> stage.why("vault").contains("no branch yet"));
            assertThat(stage.why("vault")).contains("Push a first commit");
            stage.eventually("the other one works", () -> stage.ready("web"));
            vault.commit("main", "first", Map.of("web/v.yaml", Files.configMap("v", "one")));
            stage.eventually("recovers", Duration.ofMinutes(10), () -> stage.ready("vault"));
        });
    }

    @Test
    void aForcePushIsFollowedAndTold() {
        Stage.play(84, stage -> {
            neighbours(stage);
            var base = stage.repository.commit("main", "second", Map.of("web/a.yaml", Files.configMap("a", "two")));
            stage.eventually("the second", () -> value(stage, "a").equals("two") && stage.ready("web"));
            stage.commit("third", Map.of("web/a.yaml", Files.configMap("a", "three")));
            stage.commit("fourth", Map.of("web/a.yaml", Files.configMap("a", "four")));
            stage.eventually("the fourth", () -> value(stage, "a").equals("four") && stage.ready("web"));
            assertThat(stage.events("web")).noneMatch(event -> event.startsWith("HistoryRewritten"));
            stage.repository.forcePush("main", base, Map.of("web/a.yaml", Files.configMap("a", "forced")));
            stage.eventually("followed", () -> value(stage, "a").equals("forced") && stage.ready("web"));
            stage.eventually(
                    "and told",
                    () -> stage.events("web").stream().anyMatch(event -> event.startsWith("HistoryRewritten")));
            assertThat(stage.owned(Kinds.CONFIG_MAPS)).containsOnlyKeys("a", "b", "c");
        });
    }

    /// An app of another repository than its neighbour's.
    private static FakeRepository source(Stage stage) {
        stage.commit("first", Map.of("web/a.yaml", Files.configMap("a", "one")));
        stage.credential(credential("wrong"));
        stage.app("web", "web");
        stage.app("vault", "web");
        stage.spec("vault", "sources: [{git: 'https://git.test/vault', ref: main, path: web}]");
        return stage.git.create("vault");
    }

    private static GitHost.Credential credential(String password) {
        return new GitHost.Credential(Optional.empty(), Optional.of(Secret.of(password)), Optional.empty());
    }
}
