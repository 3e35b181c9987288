package dev.holdfast.runtime.apps;

import dev.holdfast.dialect.App;
import dev.holdfast.fields.MergePatch;
import dev.holdfast.model.AppName;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Patch;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.home.Home;
import dev.holdfast.runtime.home.Kinds;
import dev.holdfast.runtime.queue.Backoff;
import dev.holdfast.runtime.queue.Crew;
import dev.holdfast.runtime.queue.Lane;
import dev.holdfast.runtime.queue.WorkQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what Apps tell about themselves, where it differs from what they hold: one small merge patch each.
/// Progress waits a moment, longer while there is work to do, and is dropped when the end comes first; only the
/// latest status of an App is ever written, and only what is written is put into words.
public final class StatusWriter {

    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final int AT_A_TIME = 8;

    public enum Urgency {
        /// An end: written at once.
        NOW,
        /// Progress.
        SOON
    }

    private final Tasks tasks;
    private final Cluster cluster;
    private final AppBook book;
    private final BooleanSupplier busy;
    private final WorkQueue<AppName> queue;
    private final Crew<AppName> crew;
    private final Tasks.Monitor monitor;
    private final Map<AppName, Pending> pending = new HashMap<>();

    /// What an App shall hold. `givesWay`: until then it is progress, which gives way to work; empty for an end.
    private record Pending(Supplier<Mapping> words, Optional<Instant> givesWay) {}

    /// @param busy whether there is work that progress gives way to
    public StatusWriter(Tasks tasks, Cluster cluster, AppBook book, RandomGenerator random, BooleanSupplier busy) {
        this.busy = busy;
        this.tasks = tasks;
        this.cluster = cluster;
        this.book = book;
        this.monitor = tasks.monitor();
        this.queue =
                new WorkQueue<>(tasks, random, new WorkQueue.Limits(AT_A_TIME, Backoff.DEFAULT), _ -> cluster.name());
        this.crew = new Crew<>(tasks, queue, "status", taken -> write(taken.key()));
    }

    /// From now on `words` is what the App shall hold.
    public void tell(AppName app, Supplier<Mapping> words, Urgency urgency) {
        var now = tasks.now();
        switch (urgency) {
            case NOW -> {
                monitor.run(() -> pending.put(app, new Pending(words, Optional.empty())));
                queue.add(app, Lane.PERSON);
            }
            case SOON -> {
                boolean waits = monitor.hold(() -> {
                    var known = pending.get(app);
                    var until = known == null ? Optional.of(now.plus(LONGEST)) : known.givesWay();
                    return pending.put(app, new Pending(words, until)) != null;
                });
                if (!waits) queue.lookAgain(app, now.plus(MOMENT));
            }
        }
    }

    public void forget(AppName app) {
        monitor.run(() -> pending.remove(app));
        queue.forget(app);
    }

    public boolean idle() {
        return monitor.hold(pending::isEmpty);
    }

    /// Writes until the running task is cancelled.
    public void run() {
        crew.run();
    }

    /// Waits for what is being written; what still is at `patience` is cut off.
    public void finish(Instant patience) {
        crew.finish(patience);
    }

    /// Cuts off what is being written.
    public void abandon() {
        crew.abandon();
    }

    private void write(AppName app) {
        try {
            var next = monitor.hold(() -> Optional.ofNullable(pending.get(app)));
            if (next.isEmpty()) queue.succeeded(app);
            else if (givesWay(next.get())) queue.lookAgain(app, tasks.now().plus(MOMENT));
            else write(app, next.get());
        } catch (FaultException failed) {
            LOG.atDebug().addKeyValue("app", app).log("a status was not written: {}", failed.getMessage());
            queue.failed(app);
        } catch (Tasks.Cancelled cancelled) {
            throw cancelled;
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).addKeyValue("app", app).log("a status could not be put into words");
            queue.failed(app);
        }
    }

    private boolean givesWay(Pending next) {
        return next.givesWay().filter(tasks.now()::isBefore).isPresent() && busy.getAsBoolean();
    }

    private void write(AppName app, Pending next) {
        var status = next.words().get();
        var before = held(app);
        if (before.isPresent() && !before.get().equals(status)) {
            var patch = new Patch.Merge(Mapping.of("status", MergePatch.between(before.get(), status)));
            var place = Address.of(Kinds.APPS, app.namespace(), app.name()).sub("status");
            switch (cluster.patch(place, patch, Home.MANAGER, Caller.SELF)) {
                case Answer.Done(var _, var body, var _) -> book.accept(body);
                case Answer.Refused(var refusal) -> {
                    // an App that is gone needs no status
                    if (refusal.code() != 404) {
                        LOG.atWarn().addKeyValue("app", app).log("its status was refused: {}", refusal.message());
                        queue.failed(app);
                        return;
                    }
                }
            }
        }
        queue.succeeded(app);
        boolean newer = monitor.hold(() -> {
            pending.remove(app, next);
            return pending.containsKey(app);
        });
        if (newer) queue.add(app, Lane.PERSON);
    }

    private Optional<Mapping> held(AppName app) {
        return book.find(app).map(App::metadata).map(App.Metadata::status);
    }
}
