package dev.holdfast.source;

import dev.holdfast.port.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Plain threads and locks: what a store needs of {@link Tasks}, without the shell's own implementation.
final class TestingTasks implements Tasks {

    private volatile Duration ahead = Duration.ZERO;

    void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public Instant now() {
        return Instant.now().plus(ahead);
    }

    @Override
    public Task spawn(String name, Runnable work) {
        var thread = Thread.ofVirtual().name(name).start(work);
        return new Task() {
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
        };
    }

    @Override
    public void sleepUntil(Instant wake) {
        throw new UnsupportedOperationException("a store never sleeps");
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
        var lock = new ReentrantLock();
        Condition changed = lock.newCondition();
        return new Monitor() {
            @Override
            public <T> T hold(Supplier<T> action) {
                lock.lock();
                try {
                    return action.get();
                } finally {
                    changed.signalAll();
                    lock.unlock();
                }
            }

            @Override
            public boolean await(BooleanSupplier ready, Instant deadline) {
                throw new UnsupportedOperationException("a store never waits for a state");
            }
        };
    }
}
