package dev.holdfast.runtime.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.SimulatedTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SimulatedTasks tasks = new SimulatedTasks(1, START);

    private static WorkQueue<String> queue(SimulatedTasks tasks, int perCluster) {
        return new WorkQueue<>(
                tasks,
                new Random(1),
                new WorkQueue.Limits(perCluster, new Backoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0)),
                key -> key.substring(0, 1));
    }

    private List<String> drain(WorkQueue<String> queue, int count) {
        var taken = new ArrayList<String>();
        tasks.run(
                () -> {
                    for (int i = 0; i < count; i++) {
                        var next = queue.take();
                        taken.add(next.key());
                        queue.done(next.key());
                    }
                },
                Duration.ofHours(1));
        return taken;
    }

    @Test
    void aKeyStandsInTheQueueOnce() {
        var queue = queue(tasks, 4);
        for (int i = 0; i < 5; i++) queue.add("a1", Lane.WATCH);
        queue.add("a2", Lane.WATCH);
        assertThat(queue.waiting()).isEqualTo(2);
        assertThat(drain(queue, 2)).containsExactly("a1", "a2");
        assertThat(queue.idleUntil(Instant.MAX)).isTrue();
    }

    @Test
    void personsGoFirstAndHealingIsNotStarvedByCommits() {
        var queue = queue(tasks, 1);
        for (int i = 0; i < 8; i++) queue.add("c" + i, Lane.COMMIT);
        queue.add("cw", Lane.WATCH);
        queue.add("cp", Lane.PERSON);
        var order = drain(queue, 10);
        assertThat(order.getFirst()).isEqualTo("cp");
        assertThat(order.indexOf("cw")).isLessThan(4);
    }

    @Test
    void aKeyThatIsAddedWhileItIsWorkedOnComesAgainAfterwards() {
        var queue = queue(tasks, 4);
        queue.add("a1", Lane.WATCH);
        tasks.run(
                () -> {
                    var first = queue.take();
                    queue.add("a1", Lane.RESYNC);
                    queue.add("a1", Lane.PERSON);
                    assertThat(queue.waiting()).isZero();
                    queue.done(first.key());
                    assertThat(queue.take()).isEqualTo(new WorkQueue.Taken<>("a1", Lane.PERSON));
                    queue.done("a1");
                },
                Duration.ofHours(1));
        assertThat(queue.idleUntil(Instant.MAX)).isTrue();
    }

    @Test
    void noMoreKeysOfAClusterRunThanAllowed() {
        var queue = queue(tasks, 2);
        for (int i = 0; i < 6; i++) {
            queue.add("a" + i, Lane.COMMIT);
            queue.add("b" + i, Lane.COMMIT);
        }
        tasks.run(
                () -> {
                    var running = new ArrayList<String>();
                    for (int i = 0; i < 4; i++) running.add(queue.take().key());
                    assertThat(running).filteredOn(key -> key.startsWith("a")).hasSize(2);
                    assertThat(running).filteredOn(key -> key.startsWith("b")).hasSize(2);
                    queue.done("a0");
                    assertThat(queue.take().key()).startsWith("a");
                },
                Duration.ofHours(1));
    }

    @Test
    void failuresSpaceAttemptsAndHoldWatchedChangesBackButNotPersons() {
        var queue = queue(tasks, 1);
        tasks.run(
                () -> {
                    var times = new ArrayList<Long>();
                    queue.add("a1", Lane.COMMIT);
                    for (int i = 0; i < 4; i++) {
                        var key = queue.take().key();
                        times.add(Duration.between(START, tasks.now()).toSeconds());
                        queue.failed(key);
                        queue.add(key, Lane.WATCH);
                        queue.done(key);
                        queue.add(key, Lane.WATCH);
                    }
                    assertThat(times).containsExactly(0L, 1L, 3L, 7L);
                    var before = tasks.now();
                    queue.add("a1", Lane.PERSON);
                    assertThat(queue.take().lane()).isEqualTo(Lane.PERSON);
                    assertThat(tasks.now()).isEqualTo(before);
                    queue.succeeded("a1");
                    queue.done("a1");
                    queue.add("a1", Lane.WATCH);
                    assertThat(queue.take().lane()).isEqualTo(Lane.WATCH);
                },
                Duration.ofHours(1));
    }

    @Test
    void theLatestAppointmentCounts() {
        var queue = queue(tasks, 1);
        queue.lookAgain("a1", START.plusSeconds(5));
        queue.lookAgain("a1", START.plusSeconds(60));
        assertThat(drain(queue, 1)).containsExactly("a1");
        assertThat(tasks.now()).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void aForgottenKeyDoesNotComeBack() {
        var queue = queue(tasks, 1);
        queue.add("a1", Lane.PERSON);
        queue.lookAgain("a1", START.plusSeconds(5));
        queue.forget("a1");
        assertThat(queue.idleUntil(Instant.MAX)).isTrue();
    }

    @Property(tries = 200)
    void whateverTheOrderNoKeyRunsTwiceAtOnceAndEveryChangeIsSeen(@ForAll long seed) {
        var simulation = new SimulatedTasks(seed, START);
        var queue = queue(simulation, 3);
        var running = new HashSet<String>();
        var asked = new HashMap<String, Integer>();
        var seen = new HashMap<String, Integer>();
        simulation.run(
                () -> {
                    for (int worker = 0; worker < 5; worker++) {
                        simulation.spawn("worker", () -> {
                            while (true) {
                                var key = queue.take().key();
                                assertThat(running.add(key)).isTrue();
                                int version = asked.getOrDefault(key, 0);
                                simulation.sleepUntil(simulation.now().plusMillis(3));
                                seen.put(key, version);
                                running.remove(key);
                                queue.done(key);
                            }
                        });
                    }
                    var random = new Random(seed);
                    for (int i = 0; i < 100; i++) {
                        var key = (random.nextBoolean() ? "a" : "b") + random.nextInt(6);
                        asked.merge(key, 1, Integer::sum);
                        queue.add(key, Lane.values()[random.nextInt(4)]);
                        if (random.nextInt(4) == 0)
                            simulation.sleepUntil(simulation.now().plusMillis(1));
                    }
                    simulation.sleepUntil(simulation.now().plusSeconds(10));
                },
                Duration.ofHours(1));
        assertThat(seen).isEqualTo(asked);
        assertThat(queue.idleUntil(Instant.MAX)).isTrue();
    }
}
