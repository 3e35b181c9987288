package dev.holdfast.runtime;

import dev.holdfast.port.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The production scheduler: a virtual thread per task, the system's clock. Cancelling sets a flag and interrupts,
/// so that blocking I/O ends too; the flag makes the next waiting call throw even where some library swallowed the
/// interrupt. {@link Monitor#hold} and {@link Permits#release} work in a cancelled task as well: clean-up needs
/// them.
public final class VirtualThreadTasks implements Tasks, AutoCloseable {

    /// No single wait is longer, so that a clock that is set does not make a sleeper late by more than this.
    private static final Duration LONGEST_NAP = Duration.ofMinutes(5);

    private static final ScopedValue<VirtualTask> CURRENT = ScopedValue.newInstance();

    private final InstantSource clock;
    private final Duration patience;
    private final BiConsumer<String, Throwable> failures;
    private final Set<VirtualTask> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// `failures` hears of every task that ended by an exception, with the task's name; `patience` is how long
    /// {@link #close} waits for cancelled tasks.
    public VirtualThreadTasks(Duration patience, BiConsumer<String, Throwable> failures) {
        this.clock = InstantSource.system();
        this.patience = patience;
        this.failures = failures;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    /// @throws Cancelled also after {@link #close}: nothing new starts then
    @Override
    public Task spawn(String name, Runnable work) {
        stopIfCancelled();
        var task = new VirtualTask(name);
        running.add(task);
        if (closed) {
            running.remove(task);
            throw new Cancelled();
        }
        task.start(work);
        return task;
    }

    @Override
    public void sleepUntil(Instant wake) {
        while (true) {
            stopIfCancelled();
            var rest = napUntil(wake);
            if (rest <= 0) return;
            try {
                TimeUnit.NANOSECONDS.sleep(rest);
            } catch (InterruptedException _) {
                throw interrupted();
            }
        }
    }

    @Override
    public Permits permits(int count) {
        return new FairPermits(new Semaphore(count, true));
    }

    @Override
    public Monitor monitor() {
        return new LockMonitor();
    }

    /// Cancels every task and waits for their ends; the caller itself is not waited for. Tasks that are still not
    /// done when patience ends are left behind, and named.
    @Override
    public void close() {
        closed = true;
        var others = running.stream()
                .filter(task -> !CURRENT.isBound() || CURRENT.get() != task)
                .toList();
        others.forEach(VirtualTask::cancel);
        var left = stillRunning(others, now().plus(patience));
        if (!left.isEmpty()) {
            failures.accept(
                    "close",
                    new IllegalStateException("these tasks did not end within " + patience + ": "
                            + String.join(
                                    ", ",
                                    left.stream()
                                            .map(task -> task.name)
                                            .sorted()
                                            .toList())));
        }
    }

    private List<VirtualTask> stillRunning(List<VirtualTask> tasks, Instant deadline) {
        for (var task : tasks) {
            try {
                long rest = Duration.between(now(), deadline).toNanos();
                if (!task.end.await(Math.max(0, rest), TimeUnit.NANOSECONDS)) break;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return tasks.stream().filter(task -> !task.ended()).toList();
    }

    private static void stopIfCancelled() {
        if (CURRENT.isBound() && CURRENT.get().cancelled) throw new Cancelled();
    }

    /// The interrupt is kept for callers outside of tasks; in a task the flag does its work.
    private static Cancelled interrupted() {
        Thread.currentThread().interrupt();
        return new Cancelled();
    }

    /// Nanoseconds to wait for, at most one nap; not positive when the time has come.
    private long napUntil(Instant wake) {
        var now = now();
        if (!wake.isAfter(now)) return 0;
        return wake.isAfter(now.plus(LONGEST_NAP))
                ? LONGEST_NAP.toNanos()
                : Duration.between(now, wake).toNanos();
    }

    private final class VirtualTask implements Task {

        private final String name;
        private final CountDownLatch end = new CountDownLatch(1);
        private final ReentrantLock starting = new ReentrantLock();
        private volatile boolean cancelled;
        private @Nullable Thread thread;

        VirtualTask(String name) {
            this.name = name;
        }

        void start(Runnable work) {
            starting.lock();
            try {
                thread = Thread.ofVirtual()
                        .name(name)
                        .start(() -> ScopedValue.where(CURRENT, this).run(() -> live(work)));
            } finally {
                starting.unlock();
            }
        }

        private void live(Runnable work) {
            try {
                if (!cancelled) work.run();
            } catch (Cancelled _) {
                // the way a cancelled task ends
            } catch (Throwable failure) {
                // what a cancelled task trips over is the interrupt, unless the machine itself is in trouble
                if (!cancelled || failure instanceof Error) failures.accept(name, failure);
            } finally {
                running.remove(this);
                end.countDown();
            }
        }

        @Override
        public void cancel() {
            starting.lock();
            try {
                cancelled = true;
                // null: close() was faster than start(), and live() sees the flag
                if (thread != null && thread != Thread.currentThread()) thread.interrupt();
            } finally {
                starting.unlock();
            }
        }

        @Override
        public void await() {
            stopIfCancelled();
            try {
                end.await();
            } catch (InterruptedException _) {
                throw interrupted();
            }
        }

        @Override
        public boolean ended() {
            return end.getCount() == 0;
        }
    }

    private record FairPermits(Semaphore semaphore) implements Permits {
        @Override
        public void acquire() {
            stopIfCancelled();
            try {
                semaphore.acquire();
            } catch (InterruptedException _) {
                throw interrupted();
            }
        }

        @Override
        public void release() {
            semaphore.release();
        }
    }

    /// Whoever holds the monitor looks for those who wait whether what they wait for has come, and wakes just them:
    /// to wake all of them after each action costs more than the actions.
    private final class LockMonitor implements Monitor {

        private final ReentrantLock lock = new ReentrantLock();
        // guarded by the lock
        private final List<Waiter> waiters = new ArrayList<>();

        private record Waiter(BooleanSupplier ready, Condition called) {
            /// One whose condition fails is woken, too: it shall fail there, not here.
            boolean hasReason() {
                try {
                    return ready.getAsBoolean();
                } catch (RuntimeException _) {
                    return true;
                }
            }
        }

        @Override
        public <T> T hold(Supplier<T> action) {
            lock.lock();
            try {
                return action.get();
            } finally {
                for (var waiter : waiters)
                    if (waiter.hasReason()) waiter.called().signal();
                lock.unlock();
            }
        }

        @Override
        public boolean await(BooleanSupplier ready, Instant deadline) {
            stopIfCancelled();
            lock.lock();
            try {
                return ready.getAsBoolean() || waits(new Waiter(ready, lock.newCondition()), deadline);
            } catch (InterruptedException _) {
                throw interrupted();
            } finally {
                lock.unlock();
            }
        }

        private boolean waits(Waiter waiter, Instant deadline) throws InterruptedException {
            waiters.add(waiter);
            try {
                do {
                    stopIfCancelled();
                    long rest = napUntil(deadline);
                    if (rest <= 0) return false;
                    waiter.called().awaitNanos(rest);
                } while (!waiter.ready().getAsBoolean());
                return true;
            } finally {
                waiters.remove(waiter);
            }
        }
    }
}
