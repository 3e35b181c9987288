package dev.holdfast.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.sandbox.realm.AdjustableTime;
import dev.holdfast.sandbox.trouble.FaultRule;
import dev.holdfast.sandbox.trouble.FaultRule.Match;
import dev.holdfast.sandbox.trouble.Switches.Feature;
import dev.holdfast.testkit.SimulatedTasks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The switches for trouble, in-process and by the admin endpoint.
class TroubleTest {

    private static final String MAPS = World.path("", "configmaps");
    private static final String ONE = "&fieldSelector=metadata.name%3Da";

    private static String version(Client client) {
        return client.get(MAPS).text("metadata", "resourceVersion").orElseThrow();
    }

    private static Mapping admin(World world, String place, String body) {
        return Client.body(world.client().call("POST", "/sandbox/" + place, "application/json", body));
    }

    @Test
    void delayedWatchesHearLate() {
        World.run(world -> {
            var target = MAPS + "?watch=true&timeoutSeconds=100&resourceVersion=" + version(world.client()) + ONE;
            assertThat(admin(world, "delays", "{\"watchMillis\": 5000}").whole("watchDelayMillis"))
                    .contains(5_000L);
            var before = world.tasks().now();
            world.client().applyConfigMap("a", "1");
            world.client().applyConfigMap("a", "2");
            try (var stream = world.sandbox().direct().open(Request.get(target))) {
                assertThat(Client.lines(stream, 2)).containsExactly("ADDED a", "MODIFIED a");
            }
            // both five seconds late, not the second ten
            assertThat(Duration.between(before, world.tasks().now()))
                    .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
        });
    }

    @Test
    void delayedWatchesEndInTime() {
        World.run(world -> {
            world.sandbox().switches().delayWatches(Duration.ofHours(1));
            var target = MAPS + "?watch=true&timeoutSeconds=3&resourceVersion=" + version(world.client()) + ONE;
            world.client().applyConfigMap("a", "1");
            var before = world.tasks().now();
            try (var stream = world.sandbox().direct().open(Request.get(target))) {
                assertThat(Client.lines(stream, 1)).containsExactly("END");
            }
            assertThat(Duration.between(before, world.tasks().now())).isLessThan(Duration.ofSeconds(5));
        });
    }

    @Test
    void theSecondViewLagsWhereAServerMay() {
        World.run(world -> {
            world.sandbox().switches().lag(Duration.ofSeconds(10));
            world.client().applyConfigMap("a", "1");
            world.pause(20);
            world.client().applyConfigMap("a", "2");
            var behind = new Client(world.sandbox().behind());
            // what must be recent is; what may be any version is old
            assertThat(behind.get(MAPS + "/a").text("data", "a")).contains("2");
            assertThat(values(behind.get(MAPS + "?labelSelector=&resourceVersion=0" + ONE)))
                    .containsExactly("1");
            assertThat(values(behind.get(MAPS + "?x=" + ONE))).containsExactly("2");
            assertThat(behind.get(MAPS + "/a?resourceVersion=0").text("data", "a"))
                    .contains("1");
            assertThat(values(world.client().get(MAPS + "?resourceVersion=0" + ONE)))
                    .containsExactly("2");
            var old = behind.get(MAPS + "?resourceVersion=0" + ONE)
                    .text("metadata", "resourceVersion")
                    .orElseThrow();
            var target = MAPS + "?watch=true&timeoutSeconds=60&resourceVersion=" + old + ONE;
            var before = world.tasks().now();
            try (var stream = world.sandbox().behind().open(Request.get(target))) {
                assertThat(Client.lines(stream, 1)).containsExactly("MODIFIED a");
            }
            assertThat(Duration.between(before, world.tasks().now()))
                    .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
            assertThat(values(behind.get(MAPS + "?resourceVersion=0" + ONE))).containsExactly("2");
        });
    }

    @Test
    void theSecondViewDoesNotKnowNewVersions() {
        World.run(world -> {
            world.sandbox().switches().lag(Duration.ofSeconds(10));
            world.client().applyConfigMap("a", "1");
            var behind = new Client(world.sandbox().behind());
            var newest = MAPS + "?resourceVersionMatch=NotOlderThan&resourceVersion=" + version(world.client());
            assertThat(behind.call("GET", newest, "application/json", "").status())
                    .isEqualTo(504);
            world.pause(11);
            assertThat(behind.call("GET", newest, "application/json", "").status())
                    .isEqualTo(200);
        });
    }

    private static List<String> values(Mapping list) {
        return list.sequence("items").mappings().stream()
                .map(item -> item.text("data", "a").orElse(""))
                .toList();
    }

    @Test
    void webhooksDenyWrites() {
        World.run(world -> {
            admin(
                    world,
                    "faults",
                    "{\"resource\": \"configmaps\", \"deny\": \"no maps today\", \"webhook\": \"maps.example.org\"}");
            for (int i = 0; i < 3; i++) {
                var refused = world.client().applyConfigMap("a", "1");
                assertThat(refused.status()).isEqualTo(403);
                assertThat(Client.body(refused).text("message"))
                        .contains("admission webhook \"maps.example.org\" denied the request: no maps today");
            }
            assertThat(world.client().get(MAPS).text("kind")).contains("ConfigMapList");
            world.client().call("DELETE", "/sandbox/faults", "application/json", "");
            assertThat(world.client().applyConfigMap("a", "1").status()).isEqualTo(201);
        });
    }

    @Test
    void aDenialOfOneWriteLetsTheNextPass() {
        World.run(world -> {
            var once = FaultRule.denial(Match.of("apply", "configmaps"), "w", "");
            world.sandbox().switches().arm(new FaultRule(once.match(), 1, 1, once.outcome()));
            assertThat(world.client().applyConfigMap("a", "1").status()).isEqualTo(403);
            assertThat(world.client().applyConfigMap("a", "1").status()).isEqualTo(201);
        });
    }

    @Test
    void olderServersHaveNoWatchListsAndNoAggregatedDiscovery() {
        World.run(world -> {
            var listing = MAPS + "?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan";
            world.sandbox().switches().without(Feature.WATCH_LIST);
            assertThat(world.client()
                            .call("GET", listing, "application/json", "")
                            .status())
                    .isEqualTo(422);
            admin(world, "features", "{\"watchList\": true, \"aggregatedDiscovery\": false}");
            try (var stream = world.sandbox().direct().open(Request.get(listing + "&timeoutSeconds=1" + ONE))) {
                assertThat(stream.status()).isEqualTo(200);
            }
            var accept = new Header(
                    "Accept", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json");
            var groups = world.sandbox().direct().send(Request.get("/apis", List.of(accept)));
            assertThat(Client.body(groups).text("kind")).contains("APIGroupList");
        });
    }

    @Test
    void lateAnswersAreLate() {
        World.run(world -> {
            admin(world, "faults", "{\"verb\": \"get\", \"nth\": 2, \"delayMillis\": 4000}");
            var before = world.tasks().now();
            world.client().get(MAPS + "/kube-root-ca.crt");
            assertThat(world.tasks().now()).isEqualTo(before);
            world.client().get(MAPS + "/kube-root-ca.crt");
            assertThat(Duration.between(before, world.tasks().now())).isEqualTo(Duration.ofSeconds(4));
        });
    }

    @Test
    void theClockIsSetWhereItIsTheSandboxesOwn() {
        var tasks = new SimulatedTasks(3, World.START);
        tasks.run(
                () -> {
                    var time = new AdjustableTime(tasks);
                    try (var sandbox = Sandbox.start(SandboxOptions.inMemory(3), time)) {
                        var client = new Client(sandbox.direct());
                        client.apply(World.path("apps", "deployments/web"), World.deployment("web:slow", 1, ""));
                        tasks.sleepUntil(tasks.now().plusSeconds(2));
                        assertThat(ready(client)).isZero();
                        var world = new World(sandbox, client, tasks);
                        admin(world, "clock", "{\"advanceSeconds\": 40}");
                        tasks.sleepUntil(tasks.now().plusSeconds(1));
                        assertThat(ready(client)).isEqualTo(1);
                        admin(world, "clock", "{\"speed\": 100}");
                        client.apply(World.path("apps", "deployments/web"), World.deployment("other:slow", 1, ""));
                        tasks.sleepUntil(tasks.now().plusSeconds(1));
                        assertThat(client.get(World.path("apps", "deployments/web"))
                                        .whole("status", "updatedReplicas"))
                                .contains(1L);
                        assertThat(ready(client)).isEqualTo(1);
                    }
                },
                Duration.ofHours(2));
        World.run(world -> assertThat(world.client()
                        .call("POST", "/sandbox/clock", "application/json", "{\"speed\": 2}")
                        .status())
                .isEqualTo(400));
    }

    private static long ready(Client client) {
        return client.get(World.path("apps", "deployments/web"))
                .whole("status", "readyReplicas")
                .orElse(0L);
    }
}
