package dev.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.port.Tasks;
import dev.holdfast.testkit.OneTask;
import dev.holdfast.testkit.TasksContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VirtualThreadTasksTest extends TasksContract {

    private final List<String> failed = new CopyOnWriteArrayList<>();
    private final VirtualThreadTasks tasks =
            new VirtualThreadTasks(Duration.ofSeconds(10), (name, _) -> failed.add(name));

    @AfterEach
    void closesWithoutLeavingTasks() {
        failed.clear();
        tasks.close();
        assertThat(failed).isEmpty();
    }

    @Override
    protected Tasks tasks() {
        return tasks;
    }

    @Override
    protected void run(Runnable body) {
        OneTask.run(tasks, body);
    }

    @Override
    protected List<String> failed() {
        return failed;
    }

    @Test
    void nothingStartsAfterClosing() {
        tasks.close();
        assertThatThrownBy(() -> tasks.spawn("late", () -> {})).isInstanceOf(Tasks.Cancelled.class);
    }

    @Test
    void closingCancelsEveryTask() {
        var sleepers = List.of(
                tasks.spawn("one", () -> tasks.sleepUntil(Instant.MAX)),
                tasks.spawn("two", () -> tasks.sleepUntil(Instant.MAX)));
        tasks.close();
        assertThat(sleepers).allMatch(Tasks.Task::ended);
    }

    @Test
    void closingNamesTheTasksThatDoNotEnd() {
        var named = new CopyOnWriteArrayList<String>();
        var impatient = new VirtualThreadTasks(Duration.ZERO, (_, failure) -> named.add(failure.getMessage()));
        var gate = new CountDownLatch(1);
        var deaf = impatient.spawn("deaf", () -> {
            while (gate.getCount() > 0) {
                try {
                    gate.await();
                } catch (InterruptedException _) {
                    // a library that swallows interrupts
                }
            }
        });
        impatient.close();
        gate.countDown();
        deaf.await();
        assertThat(named).hasSize(1);
        assertThat(named.getFirst()).contains("deaf").contains("did not end");
    }

    @Test
    void cancellingInterruptsBlockingCalls() {
        var gate = new CountDownLatch(1);
        var interrupted = new CopyOnWriteArrayList<String>();
        run(() -> {
            var task = tasks.spawn("blocked", () -> {
                try {
                    gate.await();
                } catch (InterruptedException _) {
                    interrupted.add("yes");
                }
            });
            tasks.sleepUntil(tasks.now().plusMillis(20));
            task.cancel();
            task.await();
        });
        assertThat(interrupted).containsExactly("yes");
    }
}
