package dev.holdfast.runtime.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cluster.ClusterSettings;
import dev.holdfast.cluster.KubernetesCluster;
import dev.holdfast.model.AppName;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.runtime.apps.Events.Notice;
import dev.holdfast.runtime.apps.Events.Severity;
import dev.holdfast.runtime.home.Kinds;
import dev.holdfast.sandbox.Sandbox;
import dev.holdfast.sandbox.SandboxOptions;
import dev.holdfast.testkit.SimulatedTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class EventsTest {

    private static final AppName APP = new AppName("default", "web");

    private final SimulatedTasks tasks = new SimulatedTasks(1, Instant.parse("2026-01-01T00:00:00Z"));

    private Instant busyUntil = Instant.MIN;
    private final Map<String, Instant> times = new TreeMap<>();

    private static Notice notice(Severity severity, String message) {
        return new Notice(APP, "uid", severity, "Reason", message);
    }

    private List<String> told(BiConsumer<Sandbox, Events> story) {
        var told = new ArrayList<String>();
        tasks.run(
                () -> {
                    var sandbox = Sandbox.start(SandboxOptions.inMemory(1), tasks);
                    Cluster cluster =
                            new KubernetesCluster(sandbox.direct(), tasks, ClusterSettings.named("c", new Random(1)));
                    var events = new Events(tasks, cluster, () -> tasks.now().isBefore(busyUntil));
                    tasks.spawn("events", events::run);
                    story.accept(sandbox, events);
                    tasks.sleepUntil(tasks.now().plusSeconds(60));
                    cluster.list(Cluster.Selection.all(Kinds.EVENTS), Caller.SELF, event -> {
                        told.add(event.text("message").orElse(""));
                        times.put(
                                event.text("message").orElse(""),
                                Instant.parse(event.text("metadata", "creationTimestamp")
                                        .orElseThrow()));
                    });
                    sandbox.close();
                },
                Duration.ofHours(1));
        return told;
    }

    @Test
    void whatWentWellIsToldWhenThereIsNothingMoreUrgentToDo() {
        busyUntil = tasks.now().plusSeconds(10);
        var told = told((_, events) -> {
            events.tell(notice(Severity.ROUTINE, "synced"));
            events.tell(notice(Severity.WARNING, "broken"));
        });

        assertThat(told).containsExactlyInAnyOrder("synced", "broken");
        assertThat(times).hasSize(2);
        assertThat(times.get("broken")).isBefore(busyUntil);
        assertThat(times.get("synced")).isAfterOrEqualTo(busyUntil);
    }

    @Test
    void whatWentWellIsToldAfterAWhileAlsoWhereWorkNeverEnds() {
        busyUntil = Instant.MAX;

        assertThat(told((_, events) -> events.tell(notice(Severity.ROUTINE, "synced"))))
                .containsExactly("synced");
    }

    @Test
    void aWarningIsNotRepeatedUntilSomethingElseWasTold() {
        var told = told((_, events) -> {
            for (int i = 0; i < 5; i++) events.tell(notice(Severity.WARNING, "broken"));
            events.tell(notice(Severity.NORMAL, "synced"));
            events.tell(notice(Severity.WARNING, "broken"));
        });
        assertThat(told).containsExactlyInAnyOrder("broken", "synced", "broken");
    }

    @Test
    void longMessagesAreCutToWhatAServerTakes() {
        var told = told((_, events) -> events.tell(notice(Severity.NORMAL, "x".repeat(5_000))));
        assertThat(told).hasSize(1);
        assertThat(told.getFirst()).hasSize(1_024).endsWith("…");
    }

    @Test
    void aServerThatDoesNotAnswerLosesEventsAndNothingElse() {
        var told = told((sandbox, events) -> {
            sandbox.switches().refuse();
            events.tell(notice(Severity.NORMAL, "lost"));
            tasks.sleepUntil(tasks.now().plusSeconds(120));
            sandbox.switches().accept();
            events.tell(notice(Severity.NORMAL, "told"));
        });
        assertThat(told).contains("told");
    }
}
