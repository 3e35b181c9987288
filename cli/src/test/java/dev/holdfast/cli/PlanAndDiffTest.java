package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.source.LocalRepository.Change;
import dev.holdfast.yaml.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class PlanAndDiffTest {

    private static final String CANARY = "correct-horse-battery-staple";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps/";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Desk desk;

    @BeforeEach
    void open() throws IOException {
        desk = Desk.withApps(folder);
    }

    @AfterEach
    void close() throws Exception {
        desk.close();
    }

    private static String map(String name, String value) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: %s\ndata:\n  a: %s\n".formatted(name, value);
    }

    private static String secret(String password) {
        return "apiVersion: v1\nkind: Secret\nmetadata:\n  name: login\nstringData:\n  user: tom\n  password: %s\n"
                .formatted(password);
    }

    private Desk.Said plan(String... more) {
        return command("plan", more);
    }

    private Desk.Said diff(String... more) {
        return command("diff", more);
    }

    private Desk.Said command(String verb, String... more) {
        var arguments = new ArrayList<>(List.of(verb, "shop", "--allow-local"));
        arguments.addAll(List.of(more));
        return desk.run(arguments.toArray(String[]::new));
    }

    private void synced() {
        desk.controllers();
        var said = desk.run("sync", "shop", "--timeout", "60");
        assertThat(said.code()).as(said.err() + said.out()).isZero();
    }

    @Test
    void beforeTheFirstSyncEverythingIsCreatedAndNothingIsWritten() {
        desk.commit(Map.of("a.yaml", map("one", "x"), "b.yaml", map("two", "p")));
        desk.app("shop", "");
        desk.installed();

        var planned = plan();
        assertThat(planned.code()).as(planned.err()).isZero();
        assertThat(planned.out())
                .startsWith("App default/shop at main@")
                .contains("+ create ConfigMap default/one (a.yaml:1)\n", "+ create ConfigMap default/two (b.yaml:1)\n")
                .endsWith("2 to create\n");

        var different = diff();
        assertThat(different.code()).isEqualTo(1);
        assertThat(different.out())
                .contains("--- live/ConfigMap/default/one\n+++ git/ConfigMap/default/one\ta.yaml:1\n@@ -0,0 +1,")
                .contains("+  a: x\n")
                .doesNotContain("resourceVersion", "managedFields", "creationTimestamp", "uid:");
        assertThat(desk.get("/api/v1/namespaces/default/configmaps")
                        .sequence("items")
                        .mappings())
                .noneMatch(map ->
                        map.text("metadata", "name").filter("one"::equals).isPresent());
    }

    @Test
    void afterASyncNothingDiffersUntilSomebodyOrGitChangesSomething() {
        desk.commit(Map.of("a.yaml", map("one", "x"), "b.yaml", map("two", "p"), "c.yaml", map("three", "z")));
        desk.app("shop", ", sync: {drift: ignore}");
        synced();

        assertThat(diff()).isEqualTo(new Desk.Said(0, "", ""));
        assertThat(plan().out()).endsWith("nothing to do\n");

        desk.patch("/apis/holdfast.dev/v1alpha1/namespaces/default/holdfastapps/shop", "spec: {suspend: true}");
        desk.patch(MAPS + "one", "data: {a: edited}");
        desk.commit(Map.of("b.yaml", map("two", "newer")), "c.yaml");

        var different = diff();
        assertThat(different.code()).isEqualTo(1);
        assertThat(different.err()).contains("suspended");
        assertThat(different.out())
                .contains("-  a: edited\n+  a: x\n", "-  a: p\n+  a: newer\n")
                .contains("+++ git/ConfigMap/default/three\n", "--- live/ConfigMap/default/three\tno longer in Git\n")
                .contains("-  a: z\n");
        assertThat(plan().out())
                .contains("~ change ConfigMap default/two (b.yaml:1)\n", "! heal ConfigMap default/one: ")
                .contains("- delete ConfigMap default/three (no longer in Git)\n");
        assertThat(desk.get(MAPS + "one").text("data", "a")).hasValue("edited");
    }

    @Test
    void aPlanThatWaitsForAConfirmationNamesTheDigestThatConfirmTakes() {
        desk.commit(Map.of("a.yaml", map("one", "x"), "b.yaml", map("two", "p")));
        desk.app("shop", "");
        synced();
        desk.commit(Map.of("README.md", "nothing"), "a.yaml", "b.yaml");
        desk.run("sync", "shop", "--timeout", "60");

        var waiting = desk.run("get", "app", "shop", "-o", "json").out();
        var planned = plan("-o", "json").out();
        var text = plan();

        var digest = waiting.replaceAll("(?s).*\"digest\": \"([0-9a-f]{64})\".*", "$1");
        assertThat(digest).hasSize(64);
        assertThat(planned).contains("\"digest\": \"" + digest + "\"", "\"version\": 1");
        assertThat(text.code()).isZero();
        assertThat(text.out()).contains("! confirm: ", "- delete ConfigMap default/one", digest);
        assertThat(diff().code()).isEqualTo(1);

        var confirmed = desk.run("confirm", "shop", "--yes", "--timeout", "60");
        assertThat(confirmed.code()).as(confirmed.err()).isZero();
    }

    @Test
    void ignoredFieldsAndAnotherRevision() {
        desk.commit(Map.of("a.yaml", map("one", "x")));
        desk.app("shop", ", ignore: [{kind: ConfigMap, paths: [data.a]}]");
        synced();
        desk.patch(MAPS + "one", "data: {a: theirs}");

        assertThat(diff()).isEqualTo(new Desk.Said(0, "", ""));

        desk.repository.commit(Change.on("next", "Another branch")
                .with("a.yaml", map("one", "x"))
                .with("z.yaml", map("extra", "more")));
        assertThat(plan("--revision", "next").out()).contains("at next@", "+ create ConfigMap default/extra");
        assertThat(diff("--revision", "next").code()).isEqualTo(1);
        var unknown = diff("--revision", "nothere");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("nothere");
    }

    @Test
    void aBrokenCommitIsToldWithFileAndLine() {
        desk.commit(Map.of("a.yaml", map("one", "x"), "bad.yaml", "kind: ConfigMap\nmetadata: {\n"));
        desk.app("shop", "");
        desk.installed();

        assertThat(plan().code()).isEqualTo(1);
        var said = diff();
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("error: bad.yaml:");
    }

    @Test
    void valuesOfSecretsAreNeverShownAndAChangeOfOneIs() {
        desk.commit(Map.of("s.yaml", secret(CANARY)));
        desk.app("shop", ", sync: {drift: ignore}");
        desk.installed();
        var said = new ArrayList<Desk.Said>(List.of(plan(), diff(), plan("-o", "yaml")));
        synced();
        var encoded = Base64.getEncoder().encodeToString("other-secret-value".getBytes(StandardCharsets.UTF_8));
        desk.patch("/api/v1/namespaces/default/secrets/login", "data: {password: %s}".formatted(encoded));

        var changed = diff();
        said.addAll(List.of(changed, plan(), desk.run("get", "app", "shop", "-o", "yaml"), desk.run("why", "shop")));

        assertThat(changed.code()).isEqualTo(1);
        assertThat(changed.out())
                .containsPattern("-  password: '?\\*{6} \\([0-9a-f]{8}\\)")
                .containsPattern("\\+  password: '?\\*{6} \\([0-9a-f]{8}\\)")
                .doesNotContain("-  user", "+  user");
        for (var text : List.of(CANARY, "other-secret-value")) {
            var base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
            for (var each : said)
                assertThat(each.out() + each.err()).doesNotContain(text).doesNotContain(base64);
        }
    }

    @Test
    void whatTheCallerMayNotReadIsNamedAndTheRestIsShown() throws IOException {
        desk.commit(Map.of("a.yaml", map("one", "x"), "s.yaml", secret(CANARY)));
        desk.app("shop", ", sync: {drift: ignore}");
        synced();
        desk.patch(MAPS + "one", "data: {a: edited}");
        var rules = """
                [{apiGroups: [holdfast.dev], resources: [holdfastapps], verbs: [get, list]},
                 {apiGroups: [""], resources: [configmaps], verbs: [get, list, patch]},
                 {apiGroups: [""], resources: [namespaces], verbs: [get]}]""";

        var said = desk.runAs("reader", rules, "diff", "shop", "--allow-local", "--installation", "test");

        assertThat(said.code()).as(said.err()).isEqualTo(1);
        assertThat(said.out()).contains("-  a: edited\n+  a: x\n").doesNotContain("Secret");
        assertThat(said.err())
                .contains("not shown: Secret default/login (you may not get secrets in namespace default)\n")
                .contains("note: you may not read Secret holdfast-system/holdfast-installation");

        var nobody = desk.runAs(
                "nobody",
                "[{apiGroups: [holdfast.dev], resources: [holdfastapps], verbs: [get]}]",
                "plan",
                "shop",
                "--allow-local");
        assertThat(nobody.code()).isEqualTo(3);
        assertThat(nobody.err()).contains("--installation");
    }

    @Test
    void whatMayNotBeDryRunIsNamed() throws IOException {
        desk.commit(Map.of("a.yaml", map("one", "x")));
        desk.app("shop", "");
        synced();
        var rules = """
                [{apiGroups: [holdfast.dev], resources: [holdfastapps], verbs: [get]},
                 {apiGroups: [""], resources: [configmaps, secrets], verbs: [get, list]}]""";

        var said = desk.runAs("reader", rules, "diff", "shop", "--allow-local");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.err())
                .isEqualTo("not shown: ConfigMap default/one (you may not patch configmaps in namespace default)\n");
    }

    @Test
    void localRepositoriesNeedAWord() {
        desk.commit(Map.of("a.yaml", map("one", "x")));
        desk.app("shop", "");
        desk.installed();

        var said = desk.run("diff", "shop");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).startsWith("error: ");
    }

    @Test
    void aPlanIsTheSameAsAValue() {
        desk.commit(Map.of("a.yaml", map("one", "x")));
        desk.app("shop", "");
        desk.installed();

        var json = JsonReader.readObject(plan("-o", "json").out().getBytes(StandardCharsets.UTF_8));

        Mapping first = json.sequence("plans").mappings().getFirst();
        assertThat(first.text("app")).hasValue("default/shop");
        assertThat(first.text("summary")).hasValue("1 to create");
        assertThat(plan("-o", "yaml").out()).contains("summary: 1 to create\n");
    }
}
