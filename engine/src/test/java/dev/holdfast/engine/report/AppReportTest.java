package dev.holdfast.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.apply.Reply;
import dev.holdfast.engine.decide.Decision;
import dev.holdfast.engine.world.Placements;
import dev.holdfast.engine.world.TestApp;
import dev.holdfast.engine.world.TestCluster;
import dev.holdfast.engine.world.Yaml;
import dev.holdfast.model.AppStatus;
import dev.holdfast.model.AppStatus.Sync;
import dev.holdfast.model.Condition;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Health;
import dev.holdfast.model.Placement.Drift;
import dev.holdfast.model.Placement.Mode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AppReportTest {

    private final TestCluster cluster = new TestCluster();
    private final TestApp app = new TestApp(cluster);
    private Optional<AppStatus> earlier = Optional.empty();

    private AppStatus report(Decision decision) {
        var facts = new AppReport.Facts(3, 10, app.now, earlier);
        return AppReport.of(facts, List.of(new TargetState(app.observe(), decision, List.of())));
    }

    private static String condition(AppStatus status, String type) {
        return status.condition(type)
                .map(found -> found.status().word() + " " + found.reason())
                .orElse("");
    }

    @Test
    void saysThatAllIsWell() {
        app.manifests = Yaml.configMaps("a=1", "b=1");
        var status = report(app.settle());

        assertThat(status.sync()).isEqualTo(Sync.SYNCED);
        assertThat(status.health()).isEqualTo(Health.State.CURRENT);
        assertThat(condition(status, "Ready")).isEqualTo("True Succeeded");
        assertThat(condition(status, "Reconciling")).isEqualTo("False Idle");
        assertThat(condition(status, "Stalled")).isEqualTo("False NotStalled");
        assertThat(status.summary()).isEqualTo(new AppStatus.Summary("1/1", 2, 2, 2, 0));
        assertThat(status.revision()).startsWith("main@");
        assertThat(status.targets().getFirst().inventory().count()).isEqualTo(2);
        assertThat(status.observedGeneration()).isEqualTo(3);
    }

    @Test
    void staysEqualWhileNothingChanges() {
        app.manifests = Yaml.configMaps("a=1");
        var first = report(app.settle());
        earlier = Optional.of(first);
        app.now = app.now.plusSeconds(3600);

        assertThat(report(app.settle())).isEqualTo(first);
    }

    @Test
    void tellsWhatIsRefusedAndThatAPersonIsNeeded() {
        app.manifests = Yaml.configMaps("a=1");
        cluster.refusals.put(Yaml.configMap("a"), new Reply.Invalid("data is wrong", List.of()));
        var status = report(app.settleInTime());

        assertThat(status.sync()).isEqualTo(Sync.OUT_OF_SYNC);
        assertThat(condition(status, "Ready")).isEqualTo("False SyncFailed");
        assertThat(condition(status, "Stalled")).isEqualTo("True SyncFailed");
        assertThat(status.why()).contains("maps/a=1.yaml:1", "data is wrong");
    }

    @Test
    void showsWhatWaitsForAWord() {
        app.manifests = Yaml.configMaps("a=1");
        app.settle();
        app.manifests = List.of();
        var decision = (Decision.Hold) app.settle();

        var status = report(decision);

        assertThat(status.targets().getFirst().confirm()).hasValueSatisfying(confirm -> {
            assertThat(confirm.digest()).isEqualTo(decision.plan().digest().hex());
            assertThat(confirm.deletes()).containsExactly("ConfigMap team-a/a");
        });
        assertThat(condition(status, "Stalled")).isEqualTo("True ConfirmationNeeded");
    }

    @Test
    void aBrokenNewestRevisionIsOutOfSyncAndHealthy() {
        app.manifests = Yaml.configMaps("a=1");
        app.settle();
        app.newer = Optional.of(Fault.terminal("InvalidYaml", "apps/x.yaml:3: not a map", "Correct it"));
        var status = report(app.settle());

        assertThat(status.sync()).isEqualTo(Sync.OUT_OF_SYNC);
        assertThat(status.health()).isEqualTo(Health.State.CURRENT);
        assertThat(status.why())
                .isEqualTo("apps/x.yaml:3: not a map. Correct it. "
                        + status.revisions().getFirst().words() + " keeps running");
        assertThat(status.targets().getFirst().problems()).hasSize(1);
    }

    @Test
    void aBrokenNewestRevisionIsToldWhateverIsDoneMeanwhile() {
        cluster.deploymentsStay("broken");
        app.manifests = Yaml.manifests("web.yaml", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec: {selector: {matchLabels: {app: web}}}
                """);
        app.newer = Optional.of(Fault.terminal("InvalidYaml", "apps/x.yaml:3: not a map", "Correct it"));
        var decision = app.settle();
        var status = report(decision);

        assertThat(decision).isInstanceOf(Decision.Await.class);
        assertThat(status.sync()).isEqualTo(Sync.OUT_OF_SYNC);
        assertThat(condition(status, "Stalled")).isEqualTo("True InvalidYaml");
        assertThat(status.why())
                .startsWith("apps/x.yaml:3: not a map. Correct it")
                .endsWith("keeps running");
    }

    @Test
    void waitingForHealthIsReconciling() {
        cluster.deploymentsStay("broken");
        app.manifests = Yaml.manifests("web.yaml", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec: {selector: {matchLabels: {app: web}}}
                """);
        var status = report(app.settle());

        assertThat(status.sync()).isEqualTo(Sync.SYNCED);
        assertThat(status.health()).isEqualTo(Health.State.IN_PROGRESS);
        assertThat(condition(status, "Reconciling")).isEqualTo("True Settling");
        assertThat(condition(status, "Ready")).isEqualTo("False Settling");
        assertThat(status.why()).isEqualTo("waits for Deployment.apps team-a/web: 0 of 1 replicas exist");
    }

    @Test
    void aSuspendedAppSaysSo() {
        app.manifests = Yaml.configMaps("a=1");
        app.settle();
        app.placement =
                Placements.with(app.placement, Placements.suspended(Placements.policy(Mode.AUTOMATIC, Drift.HEAL)));
        var status = report(app.settle());

        assertThat(status.sync()).isEqualTo(Sync.SUSPENDED);
        assertThat(status.condition("Ready").map(Condition::status)).contains(Condition.Status.FALSE);
        assertThat(condition(status, "Ready")).isEqualTo("False Suspended");
    }

    @Test
    void conditionsKeepTheTimeOfTheirLastTurn() {
        app.manifests = Yaml.configMaps("a=1");
        var since = app.now;
        earlier = Optional.of(report(app.settle()));
        app.now = app.now.plusSeconds(60);
        app.manifests = Yaml.configMaps("a=2");

        assertThat(report(app.settle()).condition("Ready").map(Condition::since))
                .contains(since);
    }
}
