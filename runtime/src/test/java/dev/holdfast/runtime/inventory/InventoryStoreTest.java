package dev.holdfast.runtime.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cluster.ClusterSettings;
import dev.holdfast.cluster.KubernetesCluster;
import dev.holdfast.model.AppName;
import dev.holdfast.model.Digest;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.DeletionPolicy;
import dev.holdfast.model.Inventory.Entry;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Operation;
import dev.holdfast.model.PlacementKey;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Revision;
import dev.holdfast.model.Value;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Patch;
import dev.holdfast.runtime.home.Home;
import dev.holdfast.runtime.home.Kinds;
import dev.holdfast.sandbox.Sandbox;
import dev.holdfast.sandbox.SandboxOptions;
import dev.holdfast.sandbox.trouble.FaultRule;
import dev.holdfast.testkit.SimulatedTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class InventoryStoreTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final PlacementKey KEY =
            new PlacementKey("test", new AppName("team-a", "web"), "here", "in-cluster");

    private final SimulatedTasks tasks = new SimulatedTasks(1, START);

    private record World(Sandbox sandbox, Home home) {}

    private void play(Consumer<World> story) {
        tasks.run(
                () -> {
                    var sandbox = Sandbox.start(SandboxOptions.inMemory(1), tasks);
                    Cluster cluster = new KubernetesCluster(
                            sandbox.direct(), tasks, ClusterSettings.named("in-cluster", new Random(1)));
                    var home = new Home(cluster, "holdfast-system");
                    home.ensure();
                    story.accept(new World(sandbox, home));
                    sandbox.close();
                },
                Duration.ofHours(1));
    }

    private InventoryStore store(World world, int chunkBytes) {
        return new InventoryStore(world.home(), tasks, chunkBytes);
    }

    private static Inventory inventory(long generation, int objects) {
        var entries = new TreeMap<Ref, Entry>();
        for (int i = 0; i < objects; i++) {
            var ref =
                    new Ref(i % 2 == 0 ? "" : "apps", i % 2 == 0 ? "ConfigMap" : "Deployment", "team-a", "object-" + i);
            entries.put(
                    ref,
                    i % 5 == 0
                            ? Entry.intended(ref, new Gvk(ref.group(), "v1", ref.kind()))
                            : new Entry(
                                    ref,
                                    new Gvk(ref.group(), "v1", ref.kind()),
                                    Optional.of("uid-" + i),
                                    0,
                                    Optional.of(Digest.of("desired " + i)),
                                    Optional.of(Digest.of("values " + i)),
                                    Optional.of(Digest.of("owned " + i)),
                                    i % 3 == 0,
                                    i % 7 == 0 ? DeletionPolicy.ORPHAN : DeletionPolicy.DELETE));
        }
        var revisions = List.of(new Revision("source-1", "main", "1".repeat(40)));
        var operation = new Operation(
                "0123456789",
                Operation.Cause.REVISION,
                revisions,
                "digest",
                Optional.of("token"),
                Optional.of("confirmed"),
                Operation.Phase.RUNNING,
                2,
                START,
                Optional.of(START.plusSeconds(5)),
                START.plusSeconds(300),
                Optional.empty(),
                "a message with \"quotes\" and ü");
        var over = operation.in(Operation.Phase.SUCCEEDED, START.plusSeconds(9), "done");
        return new Inventory(KEY, generation, entries, revisions, Optional.of(operation), List.of(over, over));
    }

    private List<String> names(World world) {
        var names = new java.util.ArrayList<String>();
        world.home()
                .cluster()
                .list(
                        new Cluster.Selection(
                                Kinds.CONFIG_MAPS, "holdfast-system", InventoryStore.LABEL, "", Cluster.Form.WHOLE),
                        Caller.SELF,
                        object -> names.add(object.text("metadata", "name").orElse("")));
        return names;
    }

    @Test
    void whatIsWrittenIsReadInOneOrManyChunks() {
        for (int chunkBytes : new int[] {700_000, 3_000, 300}) {
            play(world -> {
                var written = inventory(4, 50);
                store(world, chunkBytes).write(written);
                var other = store(world, chunkBytes);
                other.readAll();
                assertThat(other.read(KEY)).isEqualTo(new Kept.Found(written));
                assertThat(names(world).size() == 1).isEqualTo(chunkBytes == 700_000);
            });
        }
    }

    @Test
    void oneChunkIsOneObjectAndOneRequest() {
        play(world -> {
            var store = store(world, 700_000);
            store.readAll();
            world.sandbox().log().reset();
            store.write(inventory(1, 4));
            store.write(inventory(2, 4));
            assertThat(world.sandbox().log().total()).isEqualTo(2);
            assertThat(store.read(KEY)).isEqualTo(new Kept.Found(inventory(2, 4)));
            assertThat(world.sandbox().log().total()).isEqualTo(2);
        });
    }

    @Test
    void aChunkThatDidNotChangeIsNotWrittenAgainAndOldOnesGo() {
        play(world -> {
            var store = store(world, 3_000);
            store.write(inventory(1, 50));
            int many = names(world).size();
            world.sandbox().log().reset();
            store.write(inventory(2, 50));
            assertThat(world.sandbox().log().total()).as("only the header").isEqualTo(1);
            store.write(inventory(3, 3));
            assertThat(names(world)).hasSize(1);
            assertThat(many).isGreaterThan(3);
            assertThat(store.readAgain(KEY)).isEqualTo(new Kept.Found(inventory(3, 3)));
        });
    }

    @Test
    void aCrashAtAnyRequestLeavesTheOldOrTheNewInventory() {
        for (int nth = 1; nth < 12; nth++) {
            int at = nth;
            play(world -> {
                var store = store(world, 3_000);
                store.write(inventory(1, 50));
                world.sandbox()
                        .switches()
                        .arm(new FaultRule(
                                FaultRule.Match.ALL, at, 1_000, new FaultRule.Outcome.Lost(FaultRule.Moment.BEFORE)));
                var next = inventory(2, 40);
                boolean done = true;
                try {
                    store.write(next);
                } catch (FaultException crashed) {
                    done = false;
                }
                world.sandbox().switches().disarm();
                var restarted = store(world, 3_000);
                restarted.readAll();
                assertThat(restarted.read(KEY))
                        .as("crash at request %d", at)
                        .isEqualTo(new Kept.Found(done ? next : inventory(1, 50)));
                restarted.write(inventory(3, 45));
                assertThat(restarted.readAgain(KEY)).isEqualTo(new Kept.Found(inventory(3, 45)));
            });
        }
    }

    @Test
    void aWriteWhoseAnswerIsLostIsLookedAtAgain() {
        play(world -> {
            var store = store(world, 700_000);
            store.readAll();
            world.sandbox().switches().arm(FaultRule.lostAfter(FaultRule.Match.of("create", "configmaps"), 1));
            assertThatThrownBy(() -> store.write(inventory(1, 3))).isInstanceOf(FaultException.class);
            assertThat(store.read(KEY)).isEqualTo(new Kept.Found(inventory(1, 3)));
            store.write(inventory(2, 3));
        });
    }

    @Test
    void anInventoryThatSomebodyElseWroteIsNotOverwritten() {
        play(world -> {
            var one = store(world, 700_000);
            var two = store(world, 700_000);
            one.write(inventory(1, 3));
            two.readAll();
            one.write(inventory(2, 3));
            assertThatThrownBy(() -> two.write(inventory(7, 1)))
                    .isInstanceOfSatisfying(
                            FaultException.class,
                            failed -> assertThat(failed.fault().code()).isEqualTo("InventoryChanged"));
            assertThat(two.read(KEY)).isEqualTo(new Kept.Found(inventory(2, 3)));
        });
    }

    @Test
    void damageIsAFaultAndNeverAnEmptyInventory() {
        var damages = List.of(
                "data: {entries: '[]'}",
                "data: {entries: null}",
                "data: {header: 'not json'}",
                "data: {header: '{\"version\": 99}'}",
                "data: null");
        for (var damage : damages) {
            play(world -> {
                store(world, 700_000).write(inventory(1, 3));
                var place = world.home().place(Kinds.CONFIG_MAPS, InventoryStore.PREFIX + KEY.id());
                world.home()
                        .cluster()
                        .patch(
                                place,
                                new Patch.Merge(dev.holdfast.yaml.YamlReader.go2()
                                        .object(
                                                "damage",
                                                damage.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                                dev.holdfast.yaml.Limits.FILE)),
                                "somebody",
                                Caller.SELF);
                var store = store(world, 700_000);
                store.readAll();
                assertThat(store.read(KEY))
                        .as(damage)
                        .isInstanceOfSatisfying(
                                Kept.Unreadable.class,
                                kept -> assertThat(kept.fault().code()).isEqualTo("InventoryUnreadable"));
                assertThatThrownBy(() -> store.write(inventory(2, 3))).isInstanceOf(FaultException.class);
            });
        }
    }

    @Test
    void aMissingChunkIsDamage() {
        play(world -> {
            store(world, 3_000).write(inventory(1, 50));
            var chunk = names(world).stream()
                    .filter(name -> name.endsWith("-2"))
                    .findFirst()
                    .orElseThrow();
            var uid = world.home()
                    .find(Kinds.CONFIG_MAPS, chunk)
                    .orElseThrow()
                    .text("metadata", "uid")
                    .orElseThrow();
            world.home().delete(Kinds.CONFIG_MAPS, chunk, uid);
            var store = store(world, 3_000);
            store.readAll();
            assertThat(store.read(KEY)).isInstanceOf(Kept.Unreadable.class);
        });
    }

    @Test
    void theInventoryOfAnotherPlacementIsDamage() {
        play(world -> {
            store(world, 700_000).write(inventory(1, 3));
            var place = world.home().place(Kinds.CONFIG_MAPS, InventoryStore.PREFIX + KEY.id());
            var object = world.home().find(Kinds.CONFIG_MAPS, place.name()).orElseThrow();
            var copy = object.with(
                    "metadata",
                    Mapping.builder()
                            .put("name", InventoryStore.PREFIX + "0123456789abcdef")
                            .put("namespace", "holdfast-system")
                            .put("labels", Mapping.of(InventoryStore.LABEL, Value.of("0123456789abcdef")))
                            .build());
            world.home().create(Kinds.CONFIG_MAPS, copy);
            var store = store(world, 700_000);
            store.readAll();
            assertThat(store.read(KEY)).isInstanceOf(Kept.Found.class);
        });
    }

    @Test
    void nothingIsLeftOfWhatIsForgotten() {
        play(world -> {
            var store = store(world, 3_000);
            store.write(inventory(1, 50));
            store.forget(KEY);
            assertThat(names(world)).isEmpty();
            assertThat(store.readAgain(KEY)).isEqualTo(new Kept.Absent());
        });
    }
}
