package dev.holdfast.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.sandbox.access.User;
import dev.holdfast.sandbox.trouble.FaultRule;
import dev.holdfast.sandbox.trouble.FaultRule.Match;
import dev.holdfast.testkit.SimulatedTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/// The sandbox through its direct door, in simulated time.
class SandboxTest {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private interface Story {
        void tell(Sandbox sandbox, Client client, SimulatedTasks tasks);
    }

    private static void run(Story story) {
        var tasks = new SimulatedTasks(7, START);
        tasks.run(
                () -> {
                    try (var sandbox = Sandbox.start(SandboxOptions.inMemory(7), tasks)) {
                        // the controllers give every namespace its account and bundle
                        pause(tasks, 1);
                        story.tell(sandbox, new Client(sandbox.direct()), tasks);
                    }
                },
                Duration.ofHours(2));
    }

    private static void pause(SimulatedTasks tasks, int seconds) {
        tasks.sleepUntil(tasks.now().plusSeconds(seconds));
    }

    private static String version(Client client) {
        return client.get(MAPS).text("metadata", "resourceVersion").orElseThrow();
    }

    @Test
    void watchResumesWithoutGapOrDoubling() {
        run((sandbox, client, tasks) -> {
            client.applyConfigMap("a", "1");
            var from = version(client);
            client.applyConfigMap("a", "2");
            client.applyConfigMap("b", "1");
            client.delete(MAPS + "/a");
            try (var stream = sandbox.direct().open(Request.get(MAPS + "?watch=true&resourceVersion=" + from))) {
                assertThat(Client.lines(stream, 3)).containsExactly("MODIFIED a", "ADDED b", "DELETED a");
            }
        });
    }

    @Test
    void watchFromForgottenVersionEndsWith410() {
        run((sandbox, client, tasks) -> {
            var from = version(client);
            client.applyConfigMap("a", "1");
            sandbox.compact();
            try (var stream = sandbox.direct().open(Request.get(MAPS + "?watch=true&resourceVersion=" + from))) {
                assertThat(Client.lines(stream, 2)).containsExactly("ERROR 410", "END");
            }
        });
    }

    @Test
    void watchEndsItsStateWithBookmarkWhereAsked() {
        run((sandbox, client, tasks) -> {
            client.applyConfigMap("a", "1");
            var target = MAPS + "?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
                    + "&allowWatchBookmarks=true&fieldSelector=metadata.name%3Da";
            try (var stream = sandbox.direct().open(Request.get(target))) {
                assertThat(Client.lines(stream, 2)).containsExactly("ADDED a", "BOOKMARK ");
            }
        });
    }

    @Test
    void watchBookmarksWhileNothingHappens() {
        run((sandbox, client, tasks) -> {
            var target = MAPS + "?watch=true&allowWatchBookmarks=true&resourceVersion=" + version(client);
            try (var stream = sandbox.direct().open(Request.get(target))) {
                assertThat(Client.lines(stream, 2)).containsExactly("BOOKMARK ", "BOOKMARK ");
            }
        });
    }

    @Test
    void selectorsTurnChangesIntoComingAndGoing() {
        run((sandbox, client, tasks) -> {
            client.applyConfigMap("a", "1");
            var target = MAPS + "?watch=true&labelSelector=on&resourceVersion=" + version(client);
            try (var stream = sandbox.direct().open(Request.get(target))) {
                patch(client, "{\"metadata\":{\"labels\":{\"on\":\"y\"}}}");
                patch(client, "{\"metadata\":{\"labels\":{\"on\":null}}}");
                assertThat(Client.lines(stream, 2)).containsExactly("ADDED a", "DELETED a");
            }
        });
    }

    private static void patch(Client client, String body) {
        client.call("PATCH", MAPS + "/a", "application/merge-patch+json", body);
    }

    @Test
    void droppedWatchEnds() {
        run((sandbox, client, tasks) -> {
            var stream = sandbox.direct().open(Request.get(MAPS + "?watch=true&resourceVersion=" + version(client)));
            sandbox.dropWatches();
            assertThat(Client.lines(stream, 1)).containsExactly("END");
        });
    }

    @Test
    void pagesOfOneListShowOneVersion() {
        run((sandbox, client, tasks) -> {
            for (var name : List.of("a", "b", "c")) client.applyConfigMap(name, "1");
            var first = client.get(MAPS + "?limit=2");
            client.applyConfigMap("bb", "1");
            client.delete(MAPS + "/c");
            var token = first.text("metadata", "continue").orElseThrow();
            var second = client.get(MAPS + "?limit=5&continue=" + token);
            assertThat(names(first)).containsExactly("a", "b");
            assertThat(names(second)).containsExactly("c", "kube-root-ca.crt");
            sandbox.compact();
            var late = client.call("GET", MAPS + "?continue=" + token, "application/json", "");
            assertThat(late.status()).isEqualTo(410);
            var rest = Client.body(late).text("metadata", "continue").orElseThrow();
            assertThat(names(client.get(MAPS + "?continue=" + rest))).containsExactly("bb", "kube-root-ca.crt");
        });
    }

    private static List<String> names(Mapping list) {
        var names = new ArrayList<String>();
        for (var item : list.sequence("items").mappings())
            names.add(item.text("metadata", "name").orElse(""));
        return names;
    }

    @Test
    void deploymentBecomesReadyAndGoesWithItsParts() {
        run((sandbox, client, tasks) -> {
            var place = "/apis/apps/v1/namespaces/default/deployments/web";
            client.apply(place, deployment("nginx:1", 3));
            pause(tasks, 5);
            assertThat(client.get(place).whole("status", "availableReplicas")).contains(3L);
            client.apply(place, deployment("nginx:2", 3));
            pause(tasks, 10);
            assertThat(client.get(place).whole("status", "updatedReplicas")).contains(3L);
            assertThat(client.get(place).whole("status", "replicas")).contains(3L);
            client.delete(place);
            pause(tasks, 10);
            assertThat(names(client.get("/api/v1/namespaces/default/pods"))).isEmpty();
            assertThat(names(client.get("/apis/apps/v1/namespaces/default/replicasets")))
                    .isEmpty();
        });
    }

    @Test
    void imageThatCannotBePulledMissesTheDeadline() {
        run((sandbox, client, tasks) -> {
            var place = "/apis/apps/v1/namespaces/default/deployments/web";
            client.apply(place, deployment("nginx:fail-pull", 1));
            pause(tasks, 700);
            var reasons = client.get(place).sequence("status", "conditions").mappings().stream()
                    .map(condition -> condition.text("reason").orElse(""))
                    .toList();
            assertThat(reasons).contains("ProgressDeadlineExceeded");
        });
    }

    private static String deployment(String image, int replicas) {
        return """
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}, "spec": {
                 "replicas": %d, "selector": {"matchLabels": {"app": "web"}},
                 "template": {"metadata": {"labels": {"app": "web"}},
                  "spec": {"containers": [{"name": "c", "image": "%s"}]}}}}
                """.formatted(replicas, image);
    }

    @Test
    void faultHitsTheNthRequestOnly() {
        run((sandbox, client, tasks) -> {
            sandbox.switches().arm(FaultRule.status(Match.of("apply", "configmaps"), 2, 503));
            assertThat(client.applyConfigMap("a", "1").status()).isEqualTo(201);
            assertThat(client.applyConfigMap("b", "1").status()).isEqualTo(503);
            assertThat(client.applyConfigMap("b", "1").status()).isEqualTo(201);
            assertThat(sandbox.log().count("apply", "configmaps")).isEqualTo(3);
        });
    }

    @Test
    void lostAnswerTookEffect() {
        run((sandbox, client, tasks) -> {
            sandbox.switches().arm(FaultRule.lostAfter(Match.of("apply", "configmaps"), 1));
            assertThatThrownBy(() -> client.applyConfigMap("a", "1")).isInstanceOf(FaultException.class);
            assertThat(client.get(MAPS + "/a").text("data", "a")).contains("1");
        });
    }

    @Test
    void groupThatIsDownAnswers503AndIsStale() {
        run((sandbox, client, tasks) -> {
            sandbox.switches().groupDown("apps");
            var reply = client.call("GET", "/apis/apps/v1/deployments", "application/json", "");
            assertThat(reply.status()).isEqualTo(503);
            sandbox.switches().groupUp("apps");
            assertThat(client.get("/apis/apps/v1/deployments").text("kind")).contains("DeploymentList");
        });
    }

    @Test
    void hostileBodiesAreRefused() {
        run((sandbox, client, tasks) -> {
            BiConsumer<String, Integer> post = (body, status) -> assertThat(
                            client.call("POST", MAPS, "application/json", body).status())
                    .isEqualTo(status);
            post.accept("x".repeat((3 << 20) + 1), 413);
            post.accept("[".repeat(100_000), 400);
            post.accept("{\"a\":".repeat(2_000), 400);
            post.accept("", 400);
            post.accept("[]", 400);
            assertThat(client.call("POST", MAPS, "text/html", "{}").status()).isEqualTo(415);
            assertThat(client.call("BREW", MAPS, "application/json", "").status())
                    .isEqualTo(405);
        });
    }

    @Test
    void nobodyGrantsMoreThanTheyHave() {
        run((sandbox, client, tasks) -> {
            var bindings = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings";
            client.apply(bindings + "/jane", """
                    {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "jane"},
                     "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "admin"},
                     "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "jane"}]}
                    """);
            var jane = new Client(sandbox.direct(User.of("jane", User.AUTHENTICATED)));
            assertThat(jane.apply(role("r"), rule("configmaps")).status()).isEqualTo(201);
            assertThat(jane.apply(role("n"), rule("nodes")).status()).isEqualTo(403);
            assertThat(client.get(role("r")).text("kind")).contains("Role");
        });
    }

    private static String role(String name) {
        return "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles/" + name;
    }

    private static String rule(String resource) {
        var name = resource.equals("nodes") ? "n" : "r";
        return """
                {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "%s"},
                 "rules": [{"apiGroups": [""], "resources": ["%s"], "verbs": ["get"]}]}
                """.formatted(name, resource);
    }

    @Test
    void sameSeedMakesTheSameWorld() {
        var seen = new ArrayList<String>();
        for (int i = 0; i < 2; i++) {
            run((sandbox, client, tasks) -> {
                client.apply("/apis/apps/v1/namespaces/default/deployments/web", deployment("nginx:1", 2));
                pause(tasks, 5);
                seen.add(client.get("/api/v1/namespaces/default/pods").toString());
            });
        }
        assertThat(seen.getFirst()).isEqualTo(seen.getLast());
    }
}
