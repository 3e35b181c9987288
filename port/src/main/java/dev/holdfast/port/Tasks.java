package dev.holdfast.port;

import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// All concurrency and all time of the shell. In production a task is a virtual thread; in simulation exactly one
/// task runs at a time, the baton passes only inside these calls, and a seed chooses who is next. So shared state
/// that is touched between two calls needs no lock in simulation and a {@link Monitor} in production: write every
/// class for production.
public interface Tasks {

    Instant now();

    /// Starts a task. A task that throws is reported by the implementation (it never takes others with it).
    Task spawn(String name, Runnable work);

    /// Returns at `wake` or later.
    /// @throws Cancelled when the running task was cancelled
    void sleepUntil(Instant wake);

    /// Counted permits, given in the order in which they were asked for.
    Permits permits(int count);

    Monitor monitor();

    /// A running task. Cancelling makes its current or next call of this port throw {@link Cancelled}, and
    /// interrupts blocking I/O.
    interface Task {
        void cancel();

        /// Waits until the task has ended.
        void await();

        boolean ended();
    }

    interface Permits {
        /// @throws Cancelled when the running task was cancelled while it waited
        void acquire();

        void release();
    }

    /// Mutual exclusion for short actions on shared state, and waiting for that state to change.
    interface Monitor {
        /// Runs under mutual exclusion, then wakes those who wait here for what holds now. The action calls no
        /// other method of this port.
        <T> T hold(Supplier<T> action);

        default void run(Runnable action) {
            hold(() -> {
                action.run();
                return true;
            });
        }

        /// Waits until `ready` holds; false when `deadline` came first. `ready` is evaluated under mutual
        /// exclusion, by this task or by another one that holds the monitor, and looks at nothing but what the
        /// monitor guards.
        /// @throws Cancelled when the running task was cancelled
        boolean await(BooleanSupplier ready, Instant deadline);
    }

    /// Ends a cancelled task. Never caught except to clean up and throw on.
    final class Cancelled extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Cancelled() {
            super("the task was cancelled", null, false, false);
        }
    }
}
