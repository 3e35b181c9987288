package dev.holdfast.testkit;

import dev.holdfast.port.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The scheduler of simulations: exactly one task runs at a time, the baton passes only inside calls of the port,
/// and a seed chooses who is next. Time is virtual: it stands still while anything can run, then jumps to the next
/// wake-up. Equal seeds make equal runs, which {@link #trace} shows. A run in which nothing can run and nothing
/// will wake fails and says who waits for what.
///
/// Everything in here is touched only by the holder of the baton, so it needs no locks; handing the baton on
/// through a semaphore publishes it.
public final class SimulatedTasks implements Tasks {

    /// More choices than this without time moving on means that the program runs in a circle.
    private static final int CHOICES_PER_INSTANT = 2_000_000;

    /// Entering a monitor passes the baton one time in so many.
    private static final int YIELD_ONE_IN = 4;

    private static final int REMEMBERED = 200;

    /// How the run went: the number of choices, a digest over all of them, and the latest in words.
    public record Trace(long choices, long digest, List<String> latest) {}

    private final Random random;
    private final BiConsumer<String, Throwable> failures;
    private final List<SimulatedTask> runnable = new ArrayList<>();
    private final TreeMap<Wake, SimulatedTask> sleepers = new TreeMap<>();
    private final List<SimulatedTask> living = new ArrayList<>();
    private final Semaphore finished = new Semaphore(0);
    private final Deque<String> latest = new ArrayDeque<>();
    private Instant now;
    private Instant limit = Instant.MAX;
    private @Nullable SimulatedTask current;
    private @Nullable SimulatedTask main;
    private @Nullable Throwable verdict;
    private boolean ending;
    private boolean inside;
    private long choices;
    private long choicesNow;
    private long digest = 1125899906842597L;
    private int made;

    /// A task that fails makes the run fail.
    public SimulatedTasks(long seed, Instant start) {
        this.random = new Random(seed);
        this.now = start;
        this.failures = (name, failure) -> fail(new AssertionError("the task `" + name + "` failed", failure));
    }

    /// `failures` hears of tasks that fail; the run goes on.
    public SimulatedTasks(long seed, Instant start, BiConsumer<String, Throwable> failures) {
        this.random = new Random(seed);
        this.now = start;
        this.failures = failures;
    }

    /// Runs until `program` returns, then cancels whatever else still runs. Throws what `program` threw.
    /// @throws AssertionError when nothing can run any more, when virtual time passes `virtualLimit`, when the
    /// program runs in a circle, and when a task failed that nobody listens to
    public void run(Runnable program, Duration virtualLimit) {
        if (current != null) throw new IllegalStateException("a simulation is running already");
        limit = now.plus(virtualLimit);
        verdict = null;
        main = begin("main", program);
        passOn(next());
        finished.acquireUninterruptibly();
        main = null;
        ending = false;
        living.clear();
        runnable.clear();
        sleepers.clear();
        switch (verdict) {
            case null -> {}
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            default -> throw new IllegalStateException(verdict);
        }
    }

    public Trace trace() {
        return new Trace(choices, digest, List.copyOf(latest));
    }

    @Override
    public Instant now() {
        return now;
    }

    /// Also before {@link #run}: the task then starts with it.
    @Override
    public Task spawn(String name, Runnable work) {
        var task = current;
        if (task != null) stopIfCancelled(task);
        var begun = begin(name, work);
        if (task != null) letOthersGo(task);
        return begun;
    }

    @Override
    public void sleepUntil(Instant wake) {
        var task = running("sleepUntil");
        if (!wake.isAfter(now)) {
            letOthersGo(task);
            return;
        }
        pause(task, wake, "until " + wake);
    }

    @Override
    public Permits permits(int count) {
        return new QueuedPermits(count);
    }

    @Override
    public Monitor monitor() {
        return new SimulatedMonitor();
    }

    private SimulatedTask begin(String name, Runnable work) {
        outside("spawn");
        var task = new SimulatedTask(name, ++made, work);
        living.add(task);
        runnable.add(task);
        return task;
    }

    private SimulatedTask running(String call) {
        outside(call);
        var task = current;
        if (task == null) throw new IllegalStateException(call + " outside of a task: use run(…)");
        stopIfCancelled(task);
        return task;
    }

    private void outside(String call) {
        if (inside) throw new IllegalStateException(call + " inside of Monitor.hold or a condition of await");
    }

    private static void stopIfCancelled(SimulatedTask task) {
        if (task.cancelled) throw new Cancelled();
    }

    /// Lets others go first, perhaps.
    private void letOthersGo(SimulatedTask task) {
        runnable.add(task);
        handOver(task);
        stopIfCancelled(task);
    }

    /// Waits until someone makes this task runnable, or `wake` comes.
    private void pause(SimulatedTask task, Instant wake, String reason) {
        task.waitsFor = reason;
        var entry = wake.equals(Instant.MAX) ? null : new Wake(wake, task.number);
        if (entry != null) sleepers.put(entry, task);
        task.wake = entry;
        handOver(task);
        stopIfCancelled(task);
    }

    private void wake(SimulatedTask task) {
        if (task.wake != null) sleepers.remove(task.wake);
        task.wake = null;
        if (!task.waitsFor.isEmpty()) runnable.add(task);
        task.waitsFor = "";
    }

    private void handOver(SimulatedTask from) {
        var to = next();
        if (to == from) return;
        passOn(to);
        from.baton.acquireUninterruptibly();
    }

    private void passOn(@Nullable SimulatedTask to) {
        current = to;
        if (to == null) {
            finished.release();
        } else if (to.thread == null) {
            // kept before it starts: from then on the baton is no longer here
            var thread = Thread.ofVirtual().name(to.name).unstarted(() -> live(to));
            to.thread = thread;
            thread.start();
        } else {
            to.baton.release();
        }
    }

    private void live(SimulatedTask task) {
        try {
            if (!task.cancelled) task.work.run();
        } catch (Cancelled _) {
            // the way a cancelled task ends
        } catch (Throwable failure) {
            if (task == main) fail(failure);
            else if (!task.cancelled || failure instanceof Error) failures.accept(task.name, failure);
        }
        task.ended = true;
        inside = false;
        living.remove(task);
        task.waiters.forEach(this::wake);
        if (task == main) endAll();
        passOn(next());
    }

    private void fail(Throwable failure) {
        if (verdict == null) verdict = failure;
        else if (verdict != failure) verdict.addSuppressed(failure);
        endAll();
    }

    private void endAll() {
        if (ending) return;
        ending = true;
        choicesNow = 0;
        List.copyOf(living).forEach(SimulatedTask::cancel);
    }

    /// The next to run, taken out of the runnable ones; null when all tasks have ended.
    private @Nullable SimulatedTask next() {
        if (++choicesNow > CHOICES_PER_INSTANT) {
            if (ending) return null;
            fail(new AssertionError("no progress at " + now + " after " + choicesNow + " choices\n" + waiting()));
        }
        while (runnable.isEmpty() && !living.isEmpty()) {
            if (sleepers.isEmpty()) {
                if (ending) return null;
                fail(new AssertionError(
                        "deadlock at " + now + ": nothing can run and nothing will wake\n" + waiting()));
            } else {
                jump();
            }
        }
        if (runnable.isEmpty()) return null;
        var chosen = runnable.remove(runnable.size() == 1 ? 0 : random.nextInt(runnable.size()));
        choices++;
        digest = (digest * 31 + chosen.number) * 31 + now.toEpochMilli();
        latest.addLast(now + " " + chosen.name + "#" + chosen.number);
        if (latest.size() > REMEMBERED) latest.removeFirst();
        return chosen;
    }

    private void jump() {
        var first = sleepers.firstKey().at();
        if (first.isAfter(limit) && !ending) {
            fail(new AssertionError("the limit of virtual time, " + limit + ", is reached\n" + waiting()));
            return;
        }
        now = first;
        choicesNow = 0;
        while (!sleepers.isEmpty() && !sleepers.firstKey().at().isAfter(now)) {
            wake(sleepers.firstEntry().getValue());
        }
    }

    private String waiting() {
        var text = new StringBuilder();
        for (var task : living) {
            text.append("  ").append(task.name).append('#').append(task.number);
            text.append(task.waitsFor.isEmpty() ? " can run" : " waits " + task.waitsFor)
                    .append('\n');
        }
        return text.toString();
    }

    private record Wake(Instant at, int number) implements Comparable<Wake> {
        @Override
        public int compareTo(Wake other) {
            int compared = at.compareTo(other.at);
            return compared != 0 ? compared : Integer.compare(number, other.number);
        }
    }

    private final class SimulatedTask implements Task {

        private final String name;
        private final int number;
        private final Runnable work;
        private final Semaphore baton = new Semaphore(0);
        private final List<SimulatedTask> waiters = new ArrayList<>();
        private @Nullable Thread thread;
        private @Nullable Wake wake;
        private String waitsFor = "";
        private boolean cancelled;
        private boolean ended;

        SimulatedTask(String name, int number, Runnable work) {
            this.name = name;
            this.number = number;
            this.work = work;
        }

        @Override
        public void cancel() {
            outside("cancel");
            if (ended || cancelled) return;
            cancelled = true;
            wake(this);
        }

        @Override
        public void await() {
            var task = running("Task.await");
            letOthersGo(task);
            while (!ended) {
                waiters.add(task);
                pause(task, Instant.MAX, "for the end of " + name + "#" + number);
            }
        }

        @Override
        public boolean ended() {
            return ended;
        }
    }

    private final class QueuedPermits implements Permits {

        private final int count;
        private final String name = "permits#" + ++made;
        private final Deque<SimulatedTask> queue = new ArrayDeque<>();
        private int free;

        QueuedPermits(int count) {
            this.count = count;
            this.free = count;
        }

        @Override
        public void acquire() {
            var task = running("acquire");
            letOthersGo(task);
            if (free > 0 && queue.isEmpty()) {
                free--;
                return;
            }
            queue.addLast(task);
            try {
                pause(task, Instant.MAX, "for one of " + count + " " + name);
            } catch (Cancelled cancelled) {
                // given and cancelled before it ran again: the permit goes on to the next
                if (!queue.remove(task)) give();
                throw cancelled;
            }
        }

        @Override
        public void release() {
            outside("release");
            give();
        }

        /// Hands the permit to the first who asked.
        private void give() {
            var first = queue.pollFirst();
            if (first == null) free++;
            else wake(first);
        }
    }

    private final class SimulatedMonitor implements Monitor {

        private final String name = "monitor#" + ++made;
        private final List<SimulatedTask> waiters = new ArrayList<>();

        @Override
        public <T> T hold(Supplier<T> action) {
            outside("hold");
            var task = current;
            if (task != null && !task.cancelled && random.nextInt(YIELD_ONE_IN) == 0) {
                runnable.add(task);
                handOver(task);
            }
            try {
                return within(action);
            } finally {
                var woken = List.copyOf(waiters);
                waiters.clear();
                woken.forEach(SimulatedTasks.this::wake);
            }
        }

        @Override
        public boolean await(BooleanSupplier ready, Instant deadline) {
            var task = running("await");
            letOthersGo(task);
            while (!within(ready::getAsBoolean)) {
                if (!deadline.isAfter(now)) return false;
                waiters.add(task);
                try {
                    pause(task, deadline, "at " + name + (deadline.equals(Instant.MAX) ? "" : " until " + deadline));
                } finally {
                    waiters.remove(task);
                }
            }
            return true;
        }

        private <T> T within(Supplier<T> action) {
            inside = true;
            try {
                return action.get();
            } finally {
                inside = false;
            }
        }
    }
}
