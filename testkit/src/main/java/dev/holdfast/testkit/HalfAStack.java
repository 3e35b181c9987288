package dev.holdfast.testkit;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Runs work on half of the stack that a thread has by default. What fits there leaves room for the frames of the
/// server that it is called from.
public final class HalfAStack {

    private static final int BYTES = 512 << 10;

    private HalfAStack() {}

    /// What ended the work: a failure, or nothing.
    public static Optional<Throwable> run(Runnable work) throws InterruptedException {
        var failure = new AtomicReference<Throwable>();
        var thread = new Thread(null, work, "half a stack", BYTES);
        thread.setUncaughtExceptionHandler((ignored, error) -> failure.set(error));
        thread.start();
        thread.join();
        return Optional.ofNullable(failure.get());
    }
}
