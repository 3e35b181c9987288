package dev.holdfast.sandbox;

import dev.holdfast.port.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Tasks on virtual threads and the real clock: just enough for tests over HTTP.
public final class ThreadTasks implements Tasks {

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Task spawn(String name, Runnable work) {
        var thread = Thread.ofVirtual().name(name).start(() -> {
            try {
                work.run();
            } catch (Cancelled cancelled) {
                // the end of a cancelled task
            }
        });
        return new ThreadTask(thread);
    }

    private record ThreadTask(Thread thread) implements Task {
        @Override
        public void cancel() {
            thread.interrupt();
        }

        @Override
        public void await() {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                throw new Cancelled();
            }
        }

        @Override
        public boolean ended() {
            return !thread.isAlive();
        }
    }

    @Override
    public void sleepUntil(Instant wake) {
        try {
            var rest = Duration.between(Instant.now(), wake);
            if (rest.isPositive()) Thread.sleep(rest);
        } catch (InterruptedException interrupted) {
            throw new Cancelled();
        }
    }

    @Override
    public Permits permits(int count) {
        var semaphore = new Semaphore(count, true);
        return new Permits() {
            @Override
            public void acquire() {
                try {
                    semaphore.acquire();
                } catch (InterruptedException interrupted) {
                    throw new Cancelled();
                }
            }

            @Override
            public void release() {
                semaphore.release();
            }
        };
    }

    @Override
    public Monitor monitor() {
        return new LockMonitor();
    }

    private static final class LockMonitor implements Monitor {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();

        @Override
        public <T> T hold(Supplier<T> action) {
            lock.lock();
            try {
                var result = action.get();
                changed.signalAll();
                return result;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean await(BooleanSupplier ready, Instant deadline) {
            lock.lock();
            try {
                while (!ready.getAsBoolean()) {
                    long nanos = rest(deadline);
                    if (nanos <= 0) return false;
                    changed.awaitNanos(nanos);
                }
                return true;
            } catch (InterruptedException interrupted) {
                throw new Cancelled();
            } finally {
                lock.unlock();
            }
        }

        private static long rest(Instant deadline) {
            var rest = Duration.between(Instant.now(), deadline);
            return rest.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1).toNanos() : rest.toNanos();
        }
    }
}
