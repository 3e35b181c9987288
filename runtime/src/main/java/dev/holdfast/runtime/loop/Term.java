package dev.holdfast.runtime.loop;

import dev.holdfast.dialect.App;
import dev.holdfast.engine.gate.WriteGate;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.PlacementKey;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.apps.AppBook;
import dev.holdfast.runtime.apps.AppWatch;
import dev.holdfast.runtime.apps.Events;
import dev.holdfast.runtime.apps.Finalizers;
import dev.holdfast.runtime.apps.SecretWatch;
import dev.holdfast.runtime.apps.StatusWriter;
import dev.holdfast.runtime.discovery.DiscoveryCache;
import dev.holdfast.runtime.discovery.SchemaCache;
import dev.holdfast.runtime.git.Remotes;
import dev.holdfast.runtime.git.SourceWatch;
import dev.holdfast.runtime.home.Home;
import dev.holdfast.runtime.inventory.InventoryStore;
import dev.holdfast.runtime.inventory.InventoryWatch;
import dev.holdfast.runtime.live.LiveCache;
import dev.holdfast.runtime.live.LiveListener;
import dev.holdfast.runtime.live.Probes;
import dev.holdfast.runtime.queue.Backoff;
import dev.holdfast.runtime.queue.Crew;
import dev.holdfast.runtime.queue.Lane;
import dev.holdfast.runtime.queue.WorkQueue;
import dev.holdfast.runtime.render.Renders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One term in charge: everything that is remembered, watched and worked on between gaining the lease and losing
/// it. Nothing of it survives the term, because another Holdfast may have been in charge since.
public final class Term {

    private static final Logger LOG = LoggerFactory.getLogger(Term.class);
    /// How soon an app that gave way asks again whether it may.
    private static final Duration TURN = Duration.ofMillis(250);
    private static final Duration CREDENTIALS = Duration.ofSeconds(10);

    private final Ports ports;
    private final Tasks tasks;
    private final Settings settings;
    private final BooleanSupplier inCharge;
    private final AppBook apps;
    private final AppWatch appWatch;
    private final SecretWatch secrets;
    private final Events events;
    private final StatusWriter statuses;
    private final DiscoveryCache discovery;
    private final LiveCache live;
    private final Home home;
    private final InventoryStore inventories;
    private final SourceWatch<PlacementKey> sources;
    private final Renders renders;
    private final Roster roster;
    private final Memories memories;
    private final Afterwork afterwork;
    private final Books books;
    private final Scribe scribe;
    private final Reconciler reconciler;
    private final WorkQueue<PlacementKey> queue;
    private final Crew<PlacementKey> crew;
    private final Tasks.Monitor monitor;
    // guarded by the monitor
    private final List<Tasks.Task> helpers = new ArrayList<>();
    private boolean complete;

    public Term(Ports ports, Settings settings, BooleanSupplier inCharge) {
        this.ports = ports;
        this.tasks = ports.tasks();
        this.settings = settings;
        this.inCharge = inCharge;
        this.monitor = tasks.monitor();
        var cluster = ports.cluster();
        // each its own source of chance: they are drawn from under different monitors
        var seeds = new Random(settings.seed());
        this.queue = new WorkQueue<>(
                tasks,
                new Random(seeds.nextLong()),
                new WorkQueue.Limits(settings.concurrency(), settings.backoff()),
                PlacementKey::cluster);
        this.crew = new Crew<>(tasks, queue, "reconcile", this::work);
        this.apps = new AppBook(tasks, settings.installation().name());
        this.appWatch = new AppWatch(tasks, cluster, apps, new AppListener());
        this.secrets = new SecretWatch(tasks, cluster, () -> wakeAll(Lane.RESYNC));
        this.events = new Events(tasks, cluster, queue::busy);
        this.statuses = new StatusWriter(tasks, cluster, apps, new Random(seeds.nextLong()), queue::busy);
        var schemas = new SchemaCache(tasks, cluster);
        this.discovery = new DiscoveryCache(tasks, cluster, _ -> {
            schemas.changed();
            wakeAll(Lane.WATCH);
        });
        this.memories = new Memories(tasks, settings.installation().key());
        this.live = new LiveCache(tasks, cluster, memories, new CacheListener());
        this.home = new Home(cluster, settings.namespace());
        this.inventories = new InventoryStore(home, tasks);
        this.roster = new Roster(tasks, inventories, settings);
        this.sources =
                new SourceWatch<>(tasks, ports.git(), new Random(seeds.nextLong()), settings.polling(), this::moved);
        var remotes = new Remotes(tasks, ports.credentials(), secrets::all);
        this.renders = new Renders(tasks, sources, ports.renderer(), remotes::of, queue::crowded);
        var gate = new WriteGate(settings.standing(), settings.namespace());
        var probes = new Probes(tasks, cluster);
        var surroundings = new Surroundings(tasks, cluster, discovery);
        this.afterwork = new Afterwork(tasks, queue);
        var keeping = new Books.Keeping(inventories, new Finalizers(cluster, apps), afterwork);
        this.books = new Books(tasks, apps, roster, keeping, inCharge);
        this.scribe = new Scribe(tasks, apps, roster, statuses, events);
        this.reconciler = new Reconciler(
                tasks,
                new Observer(
                        tasks,
                        renders,
                        new Observer.Readings(discovery, schemas, live, surroundings),
                        inventories,
                        gate),
                new Reconciler.Lookups(
                        probes,
                        live,
                        new Targets(inventories, settings.installation().key())),
                new Reconciler.Hands(
                        new Rehearsal(tasks, new DryRuns(cluster, discovery)),
                        new Actuator(tasks, new Writes(cluster, discovery, live, probes, gate), inCharge),
                        books,
                        scribe),
                new Random(seeds.nextLong()));
    }

    /// Starts everything; returns when the first lists are complete and work has begun.
    public void start() {
        readInventories();
        help("secrets", secrets::run);
        help("events", events::run);
        help("inventories", new InventoryWatch(tasks, home, inventories, this::inventoryGone)::run);
        help("status", statuses::run);
        help("apps", appWatch::run);
        monitor.await(() -> complete, Instant.MAX);
        var patience = tasks.now().plus(CREDENTIALS);
        while (!secrets.complete() && tasks.now().isBefore(patience)) {
            tasks.sleepUntil(tasks.now().plusMillis(20));
        }
        help("afterwork", afterwork::run);
        help("work", crew::run);
    }

    /// Why Apps can't be read now, if so.
    public Optional<Fault> trouble() {
        return appWatch.trouble();
    }

    /// Ends the term: nothing new begins; what is being written is finished, unless that takes too long.
    public void stop() {
        sources.stop();
        live.stop();
        for (var helper : monitor.hold(() -> List.copyOf(helpers))) helper.cancel();
        var patience = tasks.now().plus(settings.patience());
        crew.finish(patience);
        statuses.finish(patience);
        settle();
    }

    /// What was put off is written now; what can't be is found out anew by whoever comes next.
    private void settle() {
        for (var key : memories.keys()) {
            try {
                memories.find(key).ifPresent(books::settle);
            } catch (FaultException lost) {
                LOG.atDebug().addKeyValue("app", key).log("an inventory was not written: {}", lost.getMessage());
            }
        }
    }

    /// Ends the term without waiting for anything.
    public void abandon() {
        crew.abandon();
        statuses.abandon();
    }

    private void help(String name, Runnable work) {
        var helper = tasks.spawn(name, work);
        monitor.run(() -> helpers.add(helper));
    }

    private void readInventories() {
        int failures = 0;
        while (true) {
            try {
                inventories.readAll();
                return;
            } catch (FaultException failed) {
                LOG.atWarn().addKeyValue("fault", failed.fault().code()).log(failed.getMessage());
                tasks.sleepUntil(tasks.now().plus(Backoff.DEFAULT.after(++failures, new Random(settings.seed()))));
            }
        }
    }

    /// A target that was let go while it was worked on may have written an inventory meanwhile.
    private void dropped(PlacementKey key) {
        if (memories.find(key).isPresent() || roster.keys(key.app()).contains(key)) return;
        if (inventories.of(key.app()).contains(key)) apps.find(key.app()).ifPresent(this::admit);
    }

    private void work(WorkQueue.Taken<PlacementKey> taken) {
        reconcile(taken);
        dropped(taken.key());
    }

    private void reconcile(WorkQueue.Taken<PlacementKey> taken) {
        var key = taken.key();
        var memory = memories.find(key);
        var app = apps.find(key.app());
        if (!inCharge.getAsBoolean()) return;
        if (memory.isEmpty() || app.isEmpty()) return;
        var began = tasks.now();
        try {
            if (afterwork.called(key)) books.settle(memory.get());
            pace(taken, reconciler.reconcile(memory.get(), app.get()));
            if (renders.gaveWay(key)) queue.lookAgain(key, tasks.now().plus(TURN));
        } catch (FaultException failed) {
            queue.failed(key);
            scribe.trouble(app.get(), memory.get().placement(), failed.fault(), began);
        } catch (Tasks.Cancelled cancelled) {
            throw cancelled;
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).addKeyValue("app", key).log("a pass failed unexpectedly");
            queue.failed(key);
            var fault = Fault.temporary(
                    "InternalError",
                    "an unexpected " + bug.getClass().getSimpleName() + " came up; the log has the details",
                    "It is tried again; please report it");
            scribe.trouble(app.get(), memory.get().placement(), fault, began);
        }
    }

    private void pace(WorkQueue.Taken<PlacementKey> taken, Pace pace) {
        var key = taken.key();
        queue.succeeded(key);
        switch (pace) {
            case Pace.Again _ -> queue.add(key, taken.lane());
            case Pace.Called _ -> {}
            case Pace.Left _ -> apps.find(key.app()).ifPresent(this::left);
            case Pace.Later(var next, var searching) -> {
                next.ifPresent(when -> queue.lookAgain(key, when));
                if (searching) {
                    var search = discovery.search();
                    if (next.isEmpty() || search.isBefore(next.get())) queue.lookAgain(key, search);
                }
            }
        }
    }

    private void left(App app) {
        admit(app);
        scribe.tell(app);
    }

    /// Takes up what is to be worked on for an App, and lets go of what is not any more.
    private void admit(App app) {
        var before = roster.keys(app.name());
        for (var placement : roster.renew(app)) {
            var opened = memories.open(placement);
            if (!opened.fresh()) opened.memory().becomes(placement);
            queue.add(placement.key(), Lane.PERSON);
        }
        var now = roster.keys(app.name());
        before.stream().filter(key -> !now.contains(key)).forEach(this::drop);
    }

    private void moved(PlacementKey key, SourceWatch.News news) {
        switch (news) {
            case ANSWERED -> queue.add(key, Lane.PERSON);
            case REWRITTEN -> apps.find(key.app()).ifPresent(scribe::rewritten);
            case MOVED -> {
                if (renders.affected(key)) queue.add(key, Lane.COMMIT);
            }
        }
    }

    private void inventoryGone(String placementId) {
        memories.find(placementId)
                .ifPresent(memory -> queue.add(memory.placement().key(), Lane.WATCH));
    }

    private void wakeAll(Lane lane) {
        for (var key : memories.keys()) queue.add(key, lane);
    }

    private final class AppListener implements AppWatch.Listener {

        @Override
        public void changed(App app, AppBook.Change change) {
            switch (change) {
                case AppBook.Change.None _ -> {}
                case AppBook.Change.Status _ -> {
                    for (var key : roster.keys(app.name())) queue.add(key, Lane.WATCH);
                }
                case AppBook.Change.Wanted(var now) -> {
                    admit(now);
                    boolean resting = roster.of(now.name()).isEmpty();
                    if (resting && now instanceof App.Unreadable unreadable) scribe.unreadable(unreadable);
                }
            }
        }

        @Override
        public void gone(App app) {
            roster.keys(app.name()).forEach(Term.this::drop);
            roster.forget(app.name());
            statuses.forget(app.name());
            events.forget(app.name());
        }

        @Override
        public void complete() {
            monitor.run(() -> complete = true);
        }
    }

    private void drop(PlacementKey key) {
        queue.forget(key);
        afterwork.forget(key);
        renders.forget(key);
        memories.forget(key);
        live.dismiss(key.id());
        scribe.forget(key);
        books.drop(key);
    }

    private final class CacheListener implements LiveListener {

        @Override
        public void changed(String placementId) {
            memories.find(placementId)
                    .ifPresent(memory -> queue.add(memory.placement().key(), Lane.WATCH));
        }

        @Override
        public void settled(Gvk kind) {
            wakeAll(Lane.WATCH);
        }

        @Override
        public void vanished(Gvk kind) {
            discovery.changed();
            live.forget(kind);
        }
    }
}
