package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    private static final String SPEC = "{sources: [{git: 'https://git.example.org/shop'}]}";
    private static final String FINE = """
            {conditions: [{type: Ready, status: 'True', reason: Synced, message: '', lastTransitionTime: '2026-01-01T00:00:00Z'}],
             observedGeneration: 1, sync: Synced, health: Healthy, revision: main@1f3c9a0, why: everything is as Git says,
             summary: {targets: 1/1, total: 3, synced: 3},
             targets: [{name: here, cluster: in-cluster, sync: Synced, health: Healthy, inventory: {generation: 2, count: 3}}]}""";
    private static final String HOSTILE = """
            {conditions: [{type: Ready, status: 'False', reason: Bad, message: '', lastTransitionTime: '2026-01-01T00:00:00Z'}],
             sync: OutOfSync, health: Degraded, revision: "main@\\e[31m", why: "evil \\e]0;owned\\a\\u202etxt",
             targets: [{name: here, cluster: in-cluster, sync: OutOfSync, health: Degraded,
               problems: [{code: Bad, message: "\\e[2Jboo", next: "rm\\r -rf", object: "x\\u009by"}]}]}""";

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

    @Test
    void theTableOfAppsIsDataWithoutColours() {
        desk.app("shop", SPEC, FINE);

        var said = desk.run("get", "apps");

        assertThat(said.code()).isZero();
        assertThat(said.err()).isEmpty();
        var lines = said.out().lines().toList();
        assertThat(lines.getFirst()).startsWith("NAMESPACE   NAME   READY   SYNC     HEALTH    REVISION");
        assertThat(lines.get(1))
                .startsWith("default     shop   True    Synced   Healthy   main@1f3c9a0")
                .endsWith("everything is as Git says");
        assertThat(said.out()).doesNotContain("\u001b");
        assertThat(desk.run("get", "apps", "--no-headers").out()).startsWith("default");
        assertThat(desk.run("get", "apps", "-n", "elsewhere"))
                .isEqualTo(new Desk.Said(0, "", "No Apps in namespace elsewhere (all: -A)\n"));
        assertThat(desk.run("get", "apps", "-A").out()).contains("shop");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name|holdfastapp.holdfast.dev/shop",
                "json|\"name\": \"shop\"",
                "yaml|name: shop",
                "wide|3/3",
                "JSON|\"kind\": \"App\""
            })
    void oneAppInEveryForm(String form, String expected) {
        desk.app("shop", SPEC, FINE);

        var said = desk.run("get", "app", "shop", "-o", form);

        assertThat(said.code()).isZero();
        assertThat(said.out()).contains(expected).doesNotContain("managedFields");
        assertThat(said.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"get app", "why", "history", "plan", "sync", "confirm", "suspend", "resume", "delete"})
    void anUnknownAppIsExitCodeFour(String verb) {
        var said = desk.run((verb + " nothere").split(" "));

        assertThat(said.code()).isEqualTo(4);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .contains("error: there is no App default/nothere")
                .contains("holdfast get apps -A");
    }

    @Test
    void diffHasKubectlsExitCodes() {
        assertThat(desk.run("diff", "nothere").code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"get", "get nothing", "get apps -o xml", "nonsense", "render", "plan", "get apps --nonsense"})
    void misuseIsExitCodeTwo(String line) {
        var said = desk.run(line.split(" "));

        assertThat(said.code()).as(said.err()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).isNotEmpty();
    }

    @Test
    void whatTheCallerMayNotDoIsExitCodeThree() throws IOException {
        desk.app("shop", SPEC, FINE);

        var said = desk.runAs("nobody", "[]", "get", "apps");

        assertThat(said.code()).isEqualTo(3);
        assertThat(said.err()).contains("error: cannot list Apps").contains("holdfastapps");
    }

    @Test
    void waitingEndsWithExitCodeFive() {
        desk.app("shop", SPEC, FINE);

        var said = desk.run("sync", "shop", "--timeout", "0");

        assertThat(said.code()).isEqualTo(5);
        assertThat(said.err()).contains("holdfast why");
        assertThat(desk.run("sync", "shop", "--no-wait").code()).isZero();
    }

    @Test
    void hostileTextsAreCleaned() {
        desk.app("shop", SPEC, HOSTILE);

        for (var line : new String[] {"get apps", "get apps -o wide", "get app shop", "why shop", "get apps -o name"}) {
            var said = desk.run(line.split(" "));
            assertThat(said.out()).doesNotContain("\u001b", "\u0007", "\u202e", "\u009b", "\r");
        }
        assertThat(desk.run("get", "app", "nothere\u001b[2J").err()).doesNotContain("\u001b");
    }

    @Test
    void coloursAreForTerminalsThatWantThem() {
        assertThat(Terminal.of(System.out, System.err, Map.of("FORCE_COLOR", "1"))
                        .colours())
                .isEqualTo(Terminal.Colours.ANSI);
        assertThat(Terminal.of(System.out, System.err, Map.of("FORCE_COLOR", "1", "NO_COLOR", "1"))
                        .colours())
                .isEqualTo(Terminal.Colours.NONE);
        assertThat(Terminal.of(System.out, System.err, Map.of("NO_COLOR", "1")).colours())
                .isEqualTo(Terminal.Colours.NONE);
    }

    @Test
    void watchingEndsWhenTheServerEndsTheStream() {
        desk.app("shop", SPEC, FINE);
        var over = new AtomicBoolean();
        desk.tasks.spawn("end every watch", () -> {
            while (!over.get()) {
                desk.sandbox.dropWatches();
                desk.tasks.sleepUntil(desk.tasks.now().plus(Duration.ofMillis(20)));
            }
        });

        var said = desk.run("get", "apps", "-w");

        over.set(true);
        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("shop");
    }

    @Test
    void suspendAndResumeChangeTheAppAndNothingElse() {
        desk.app("shop", SPEC, FINE);
        var path = "/apis/holdfast.dev/v1alpha1/namespaces/default/holdfastapps/shop";

        assertThat(desk.run("suspend", "shop").code()).isZero();
        assertThat(desk.get(path).bool("spec", "suspend")).hasValue(true);
        assertThat(desk.run("resume", "default/shop").code()).isZero();
        assertThat(desk.get(path).mapping("spec").has("suspend")).isFalse();
        assertThat(desk.run("confirm", "shop", "-y").err()).contains("waits for no confirmation");
    }

    @Test
    void deletingAsksAndWhereNobodySitsNothingIsDeleted() {
        desk.app("shop", SPEC, FINE);

        var said = desk.run("delete", "shop");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("owns 3 objects").contains("--yes");
        assertThat(desk.run("get", "app", "shop", "-o", "name").code()).isZero();
        assertThat(desk.run("delete", "shop", "--yes").code()).isZero();
        assertThat(desk.run("get", "app", "shop").code()).isEqualTo(4);
    }

    @Test
    void aClusterWithoutAppsSaysHowToInstallThem() throws Exception {
        try (var bare = new Desk(Files.createDirectory(folder.resolve("bare")))) {
            var said = bare.run("get", "apps");

            assertThat(said.code()).isEqualTo(1);
            assertThat(said.err()).contains("this cluster knows no Apps").contains("holdfast up");
        }
    }

    @Test
    void anUnreachableServerSaysWhatToDoNext() throws IOException {
        var file = Files.writeString(folder.resolve("config"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: 'http://127.0.0.1:1'}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                users: [{name: u, user: {}}]
                current-context: c
                """);

        var said = desk.run("get", "apps", "--kubeconfig", file.toString());

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err())
                .contains("error: no answer from http://127.0.0.1:1")
                .contains("Check that the API server runs");
        assertThat(desk.run(
                                "get",
                                "apps",
                                "--kubeconfig",
                                folder.resolve("none").toString())
                        .code())
                .isEqualTo(1);
    }
}
