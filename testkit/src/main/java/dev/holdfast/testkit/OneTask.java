package dev.holdfast.testkit;

import dev.holdfast.port.Tasks;
import java.util.concurrent.atomic.AtomicReference;

/// Runs a test's body as a task, where what it waits for wants one.
public final class OneTask {

    private OneTask() {}

    /// Returns when the body has ended; what it throws fails the test.
    public static void run(Tasks tasks, Runnable body) {
        var failure = new AtomicReference<Throwable>();
        tasks.spawn("test", () -> {
                    try {
                        body.run();
                    } catch (Throwable thrown) {
                        failure.set(thrown);
                    }
                })
                .await();
        if (failure.get() != null) throw new AssertionError(failure.get());
    }
}
