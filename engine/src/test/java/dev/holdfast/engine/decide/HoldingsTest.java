package dev.holdfast.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.world.Placements;
import dev.holdfast.engine.world.TestApp;
import dev.holdfast.engine.world.TestCluster;
import dev.holdfast.engine.world.Yaml;
import dev.holdfast.model.AppStatus;
import dev.holdfast.model.Health;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Placement.Requests;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoldingsTest {

    private final TestCluster cluster = new TestCluster();
    private final TestApp app = new TestApp(cluster);

    private void confirm(String digest) {
        app.placement = Placements.asking(app.placement, new Requests(Optional.empty(), Optional.of(digest)));
    }

    @Test
    void aLostInventoryStopsEverythingUntilARebuildIsConfirmed() {
        app.manifests = Yaml.configMaps("a=1", "b=1");
        app.settle();
        var told = target(app.inventory());
        var lost = Holdings.judge(app.placement.key(), Optional.empty(), Optional.of(told));
        var seen = app.observe();

        var held = Decision.on(losing(seen, lost));

        assertThat(held)
                .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        hold -> assertThat(hold.faults().getFirst().code()).isEqualTo("InventoryLost"));
        confirm(((Decision.Hold) held).plan().digest().hex());
        var recovered = Decision.on(losing(app.observe(), lost));
        assertThat(recovered).isInstanceOfSatisfying(Decision.Recover.class, recover -> {
            assertThat(recover.rebuilt().entries()).containsOnlyKeys(Yaml.configMap("a"), Yaml.configMap("b"));
            assertThat(recover.rebuilt().generation())
                    .isGreaterThan(told.inventory().generation());
        });
    }

    @Test
    void anOlderInventoryIsALostOne() {
        app.manifests = Yaml.configMaps("a=1");
        app.settle();
        var told = target(app.inventory());

        assertThat(Holdings.judge(app.placement.key(), Optional.of(older(app.inventory())), Optional.of(told)))
                .isInstanceOf(Holdings.Lost.class);
        assertThat(Holdings.judge(app.placement.key(), Optional.of(app.inventory()), Optional.of(told)))
                .isInstanceOf(Holdings.Loaded.class);
        assertThat(Holdings.judge(app.placement.key(), Optional.empty(), Optional.empty()))
                .isInstanceOf(Holdings.Loaded.class);
    }

    @Test
    void howAnOperationEndedIsKnownFromTheStatusToo() {
        app.manifests = Yaml.configMaps("a=1");
        app.settle();
        var told = target(app.inventory());

        var judged = Holdings.judge(app.placement.key(), Optional.of(in(Operation.Phase.SETTLING)), Optional.of(told));

        assertThat(((Holdings.Loaded) judged).inventory().operation().map(Operation::phase))
                .contains(Operation.Phase.SUCCEEDED);
    }

    @Test
    void whatWasNotWrittenDownAfterItsLastStepIsDoneAgain() {
        app.manifests = Yaml.configMaps("a=1");
        app.settle();
        var told = target(app.inventory());

        var judged = Holdings.judge(app.placement.key(), Optional.of(in(Operation.Phase.RUNNING)), Optional.of(told));

        assertThat(((Holdings.Loaded) judged).inventory().operation().map(Operation::phase))
                .contains(Operation.Phase.RUNNING);
    }

    /// What is kept, as it was before the operation had ended.
    private Inventory in(Operation.Phase phase) {
        var kept = app.stored.orElseThrow();
        return new Inventory(
                kept.placement(),
                kept.generation(),
                kept.entries(),
                kept.revisions(),
                kept.operation().map(ended -> ended.in(phase, app.now, "")),
                kept.history());
    }

    private static Observation losing(Observation seen, Holdings lost) {
        return seen.with(lost);
    }

    private static Inventory older(Inventory inventory) {
        return new Inventory(
                inventory.placement(),
                inventory.generation() - 1,
                inventory.entries(),
                inventory.revisions(),
                inventory.operation(),
                inventory.history());
    }

    private static AppStatus.Target target(Inventory inventory) {
        return new AppStatus.Target(
                "here",
                "in-cluster",
                AppStatus.Sync.SYNCED,
                Health.State.CURRENT,
                List.of(),
                inventory.operation(),
                new AppStatus.Holding(
                        inventory.generation(), inventory.entries().size()),
                Optional.empty(),
                List.of(),
                0,
                "");
    }
}
