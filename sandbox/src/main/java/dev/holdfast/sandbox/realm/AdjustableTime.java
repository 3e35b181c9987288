package dev.holdfast.sandbox.realm;

import dev.holdfast.port.Tasks;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Tasks whose clock runs faster than that of the tasks below, and jumps forward when told: whoever sleeps or waits
/// through it wakes in time. It never goes back.
public final class AdjustableTime implements Tasks {

    private final Tasks below;
    private final Monitor clock;
    private final List<WeakReference<Monitor>> monitors = new ArrayList<>();
    private volatile Course course;

    /// From `realStart` below it was `start` here, and since then time runs `speed` times as fast.
    private record Course(Instant realStart, Instant start, long speed) {
        Instant at(Instant real) {
            return start.plus(Duration.between(realStart, real).multipliedBy(speed));
        }

        /// When it will be so late here. Rounded up, so that who wakes then is not early.
        Instant real(Instant time) {
            var rest = Duration.between(start, time);
            if (rest.compareTo(Duration.ofDays(3_650)) > 0) return realStart.plus(Duration.ofDays(3_650));
            return realStart.plus(rest.dividedBy(speed)).plusNanos(1);
        }
    }

    public AdjustableTime(Tasks below) {
        this.below = below;
        this.clock = below.monitor();
        this.course = new Course(below.now(), below.now(), 1);
    }

    /// How many times as fast as below time runs from now on.
    public void speed(long times) {
        change(Duration.ZERO, times);
    }

    public void advance(Duration jump) {
        change(jump.isNegative() ? Duration.ZERO : jump, course.speed());
    }

    private void change(Duration jump, long speed) {
        var waiting = clock.hold(() -> {
            var real = below.now();
            course = new Course(real, course.at(real).plus(jump), speed);
            monitors.removeIf(each -> each.get() == null);
            return List.copyOf(monitors);
        });
        for (var each : waiting) {
            var monitor = each.get();
            if (monitor != null) monitor.run(() -> {});
        }
    }

    @Override
    public Instant now() {
        return course.at(below.now());
    }

    @Override
    public Task spawn(String name, Runnable work) {
        return below.spawn(name, work);
    }

    @Override
    public void sleepUntil(Instant wake) {
        await(clock, () -> false, wake);
    }

    /// Waits in pieces: after each change of the clock the rest is another.
    private boolean await(Monitor monitor, BooleanSupplier ready, Instant deadline) {
        while (true) {
            var planned = course;
            BooleanSupplier stirred = () -> ready.getAsBoolean() || course != planned;
            monitor.await(stirred, planned.real(deadline));
            var done = monitor.hold(ready::getAsBoolean);
            if (done) return true;
            if (!now().isBefore(deadline)) return false;
        }
    }

    @Override
    public Permits permits(int count) {
        return below.permits(count);
    }

    @Override
    public Monitor monitor() {
        var own = below.monitor();
        clock.run(() -> monitors.add(new WeakReference<>(own)));
        return new Monitor() {
            @Override
            public <T> T hold(Supplier<T> action) {
                return own.hold(action);
            }

            @Override
            public boolean await(BooleanSupplier ready, Instant deadline) {
                return AdjustableTime.this.await(own, ready, deadline);
            }
        };
    }
}
