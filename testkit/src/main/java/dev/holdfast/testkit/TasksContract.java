package dev.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.port.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What every scheduler keeps to: production's and the simulated one.
public abstract class TasksContract {

    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(60);

    protected abstract Tasks tasks();

    /// Runs a test's body as a task.
    protected abstract void run(Runnable body);

    /// The names of the tasks that failed so far.
    protected abstract List<String> failed();

    @Test
    void holdExcludesOthers() {
        run(() -> {
            var monitor = tasks().monitor();
            var count = new int[1];
            var workers = new ArrayList<Tasks.Task>();
            for (int i = 0; i < 8; i++) {
                workers.add(tasks().spawn("worker", () -> {
                    for (int n = 0; n < 500; n++) monitor.run(() -> count[0]++);
                }));
            }
            workers.forEach(Tasks.Task::await);
            assertThat(count[0]).isEqualTo(4000);
            assertThat(workers).allMatch(Tasks.Task::ended);
        });
    }

    @Test
    void holdGivesWhatTheActionGaveAndLetsItsExceptionThrough() {
        run(() -> {
            var monitor = tasks().monitor();
            assertThat(monitor.hold(() -> 42)).isEqualTo(42);
            assertThatThrownBy(() -> monitor.run(() -> {
                        throw new IllegalStateException("no");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(monitor.hold(() -> 43)).isEqualTo(43);
        });
    }

    @Test
    void aWaitEndsWhenSomeoneChangesTheState() {
        run(() -> {
            var monitor = tasks().monitor();
            var open = new boolean[1];
            tasks().spawn("opener", () -> {
                tasks().sleepUntil(tasks().now().plus(MOMENT));
                monitor.run(() -> open[0] = true);
            });
            assertThat(monitor.await(() -> open[0], tasks().now().plus(LONG))).isTrue();
            assertThat(monitor.await(() -> open[0], Instant.MIN)).isTrue();
        });
    }

    @Test
    void everyWaiterOfAMonitorIsWoken() {
        run(() -> {
            var monitor = tasks().monitor();
            var open = new boolean[1];
            var workers = new ArrayList<Tasks.Task>();
            for (int i = 0; i < 5; i++) {
                workers.add(tasks().spawn("waiter", () -> monitor.await(() -> open[0], Instant.MAX)));
            }
            monitor.run(() -> open[0] = true);
            workers.forEach(Tasks.Task::await);
            assertThat(failed()).isEmpty();
        });
    }

    @Test
    void aWaitEndsAtItsDeadline() {
        run(() -> {
            var deadline = tasks().now().plus(MOMENT);
            assertThat(tasks().monitor().await(() -> false, deadline)).isFalse();
            assertThat(tasks().now()).isAfterOrEqualTo(deadline);
        });
    }

    @Test
    void sleepEndsNotBeforeItsTime() {
        run(() -> {
            var wake = tasks().now().plus(MOMENT);
            tasks().sleepUntil(wake);
            assertThat(tasks().now()).isAfterOrEqualTo(wake);
            tasks().sleepUntil(Instant.MIN);
        });
    }

    @Test
    void cancellingEndsASleep() {
        endsByCancel(() -> tasks().sleepUntil(Instant.MAX));
    }

    @Test
    void cancellingEndsAWaitAtAMonitor() {
        endsByCancel(() -> tasks().monitor().await(() -> false, Instant.MAX));
    }

    @Test
    void cancellingEndsAWaitForAPermit() {
        run(() -> {
            var permits = tasks().permits(1);
            permits.acquire();
            cancelled(permits::acquire);
            permits.release();
            permits.acquire();
        });
    }

    @Test
    void cancellingEndsAWaitForATask() {
        run(() -> {
            var sleeper = tasks().spawn("sleeper", () -> tasks().sleepUntil(Instant.MAX));
            cancelled(sleeper::await);
            sleeper.cancel();
            sleeper.await();
        });
    }

    @Test
    void aCancelledTaskEndsAtItsNextCallEvenIfItSwallowedTheFirst() {
        run(() -> {
            var swallowed = new AtomicBoolean();
            cancelled(() -> {
                try {
                    tasks().sleepUntil(Instant.MAX);
                } catch (Tasks.Cancelled _) {
                    swallowed.set(true);
                }
                tasks().sleepUntil(Instant.MAX);
            });
            assertThat(swallowed).isTrue();
        });
    }

    @Test
    void aCancelledTaskCanStillCleanUp() {
        run(() -> {
            var monitor = tasks().monitor();
            var permits = tasks().permits(1);
            var cleaned = new boolean[1];
            cancelled(() -> {
                permits.acquire();
                try {
                    tasks().sleepUntil(Instant.MAX);
                } finally {
                    permits.release();
                    monitor.run(() -> cleaned[0] = true);
                }
            });
            permits.acquire();
            assertThat(monitor.hold(() -> cleaned[0])).isTrue();
        });
    }

    @Test
    void permitsBoundHowManyRun() {
        run(() -> {
            var permits = tasks().permits(3);
            var running = new AtomicInteger();
            var most = new AtomicInteger();
            var workers = new ArrayList<Tasks.Task>();
            for (int i = 0; i < 12; i++) {
                workers.add(tasks().spawn("worker", () -> {
                    permits.acquire();
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    tasks().sleepUntil(tasks().now().plusMillis(2));
                    running.decrementAndGet();
                    permits.release();
                }));
            }
            workers.forEach(Tasks.Task::await);
            assertThat(most.get()).isBetween(1, 3);
        });
    }

    @Test
    void permitsAreGivenInTheOrderOfAsking() {
        run(() -> {
            var permits = tasks().permits(1);
            var order = Collections.synchronizedList(new ArrayList<Integer>());
            permits.acquire();
            var workers = new ArrayList<Tasks.Task>();
            for (int i = 0; i < 5; i++) {
                int number = i;
                workers.add(tasks().spawn("worker", () -> {
                    permits.acquire();
                    order.add(number);
                    permits.release();
                }));
                // long enough for this worker to stand in the queue before the next one comes
                tasks().sleepUntil(tasks().now().plus(MOMENT));
            }
            permits.release();
            workers.forEach(Tasks.Task::await);
            assertThat(order).containsExactly(0, 1, 2, 3, 4);
        });
    }

    @Test
    void aTaskThatFailsIsReportedAndHurtsNoOther() {
        run(() -> {
            var other = tasks().spawn(
                            "other", () -> tasks().sleepUntil(tasks().now().plus(MOMENT)));
            var bad = tasks().spawn("bad", () -> {
                throw new IllegalStateException("expected by the test");
            });
            bad.await();
            other.await();
            assertThat(failed()).containsExactly("bad");
        });
    }

    @Test
    void aCancelledTaskIsNoFailure() {
        endsByCancel(() -> tasks().sleepUntil(Instant.MAX));
        assertThat(failed()).isEmpty();
    }

    private void endsByCancel(Runnable waiting) {
        run(() -> cancelled(waiting));
    }

    /// Starts a task, cancels it, and sees it end by the exception.
    private void cancelled(Runnable waiting) {
        var ended = new AtomicBoolean();
        var task = tasks().spawn("waiting", () -> {
            try {
                waiting.run();
            } catch (Tasks.Cancelled cancelled) {
                ended.set(true);
                throw cancelled;
            }
        });
        tasks().sleepUntil(tasks().now().plus(MOMENT));
        task.cancel();
        task.await();
        assertThat(task.ended()).isTrue();
        assertThat(ended).isTrue();
    }
}
