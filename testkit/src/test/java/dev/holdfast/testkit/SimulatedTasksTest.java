package dev.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.port.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedTasksTest extends TasksContract {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<String> failed = new ArrayList<>();
    private final SimulatedTasks tasks = new SimulatedTasks(7, START, (name, _) -> failed.add(name));

    @Override
    protected Tasks tasks() {
        return tasks;
    }

    @Override
    protected void run(Runnable body) {
        tasks.run(body, Duration.ofHours(1));
    }

    @Override
    protected List<String> failed() {
        return failed;
    }

    private record Story(List<Integer> order, SimulatedTasks.Trace trace, Instant end) {}

    private static Story story(long seed) {
        var tasks = new SimulatedTasks(seed, START);
        var order = new ArrayList<Integer>();
        tasks.run(
                () -> {
                    var monitor = tasks.monitor();
                    var permits = tasks.permits(2);
                    var workers = new ArrayList<Tasks.Task>();
                    for (int i = 0; i < 6; i++) {
                        int number = i;
                        workers.add(tasks.spawn("worker", () -> {
                            permits.acquire();
                            monitor.run(() -> order.add(number));
                            tasks.sleepUntil(tasks.now().plusSeconds(number));
                            permits.release();
                        }));
                    }
                    workers.forEach(Tasks.Task::await);
                },
                Duration.ofHours(1));
        return new Story(order, tasks.trace(), tasks.now());
    }

    @Test
    void equalSeedsMakeEqualRuns() {
        for (long seed = 0; seed < 50; seed++) assertThat(story(seed)).isEqualTo(story(seed));
    }

    @Test
    void otherSeedsMakeOtherOrders() {
        var orders = new HashSet<List<Integer>>();
        for (long seed = 0; seed < 50; seed++) orders.add(story(seed).order());
        assertThat(orders).hasSizeGreaterThan(10);
    }

    @Test
    void anHourPassesWithoutWaiting() {
        run(() -> tasks.sleepUntil(START.plusSeconds(3599)));
        assertThat(tasks.now()).isEqualTo(START.plusSeconds(3599));
    }

    @Test
    void aDeadlockFailsAndSaysWhoWaitsForWhat() {
        assertThatThrownBy(() -> run(() -> {
                    var permits = tasks.permits(1);
                    permits.acquire();
                    tasks.spawn("greedy", permits::acquire);
                    tasks.monitor().await(() -> false, Instant.MAX);
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("deadlock")
                .hasMessageContaining("main#1 waits at monitor#")
                .hasMessageContaining("greedy#3 waits for one of 1 permits#2");
    }

    @Test
    void aRunEndsAtItsLimitOfVirtualTime() {
        assertThatThrownBy(() -> run(() -> {
                    while (true) tasks.sleepUntil(tasks.now().plusSeconds(60));
                }))
                .hasMessageContaining("limit of virtual time");
    }

    @Test
    void aRunInACircleIsNoticed() {
        assertThatThrownBy(() -> run(() -> {
                    while (true) tasks.sleepUntil(START);
                }))
                .hasMessageContaining("no progress");
    }

    @Test
    void theFailureOfTheProgramIsThrown() {
        assertThatThrownBy(() -> run(() -> {
                    throw new UnsupportedOperationException("as planned");
                }))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aFailureThatNobodyListensToFailsTheRun() {
        var strict = new SimulatedTasks(1, START);
        assertThatThrownBy(() -> strict.run(
                        () -> {
                            strict.spawn("bad", () -> {
                                throw new IllegalStateException("expected by the test");
                            });
                            strict.sleepUntil(START.plusSeconds(5));
                        },
                        Duration.ofHours(1)))
                .hasMessageContaining("the task `bad` failed");
    }

    @Test
    void tasksThatAreLeftAreCancelledAtTheEnd() {
        var ended = new ArrayList<String>();
        run(() -> {
            for (int i = 0; i < 3; i++) {
                tasks.spawn("left", () -> {
                    try {
                        tasks.sleepUntil(Instant.MAX);
                    } finally {
                        ended.add("left");
                    }
                });
            }
            tasks.sleepUntil(START.plusSeconds(1));
        });
        assertThat(ended).hasSize(3);
        assertThatCode(() -> run(() -> tasks.sleepUntil(START.plusSeconds(2)))).doesNotThrowAnyException();
    }

    @Test
    void callsInsideOfAMonitorAreRefused() {
        run(() -> {
            var monitor = tasks.monitor();
            assertThatThrownBy(() -> monitor.run(() -> tasks.sleepUntil(Instant.MAX)))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> monitor.hold(() -> monitor.hold(() -> 1)))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(monitor.hold(() -> 1)).isEqualTo(1);
        });
    }
}
