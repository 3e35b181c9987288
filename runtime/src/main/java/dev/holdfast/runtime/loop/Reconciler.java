package dev.holdfast.runtime.loop;

import dev.holdfast.dialect.App;
import dev.holdfast.engine.apply.Outcome;
import dev.holdfast.engine.decide.Decision;
import dev.holdfast.engine.decide.Holdings;
import dev.holdfast.engine.decide.Ledger;
import dev.holdfast.engine.decide.Observation;
import dev.holdfast.engine.decide.Probe;
import dev.holdfast.engine.decide.Rehearsing;
import dev.holdfast.engine.decide.World;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Placement.Ending;
import dev.holdfast.model.Ref;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.live.LiveCache;
import dev.holdfast.runtime.live.Probes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// observe → decide → act → record → pace, for one placement. Level-triggered: one call looks at everything anew,
/// acts once at most, and never waits for what a cluster does with it.
final class Reconciler {

    /// Looks, lookups and conclusions that a single pass may go through before it gives others a turn.
    private static final int ROUNDS = 8;

    /// How long an app may wait for a first look before it says so: most waits are over at once, and words about
    /// them would only cost writes.
    private static final Duration SILENT = Duration.ofSeconds(5);
    /// How long a look may wait for news of objects that were just applied.
    private static final Duration SETTLING = Duration.ofMillis(250);

    private final Tasks tasks;
    private final Observer observer;
    private final Lookups lookups;
    private final Rehearsal rehearsal;
    private final Actuator actuator;
    private final Books books;
    private final Scribe scribe;
    private final RandomGenerator random;
    private final Tasks.Monitor monitor;

    /// Where names, and the app's other targets, are looked up.
    record Lookups(Probes probes, LiveCache live, Targets targets) {}

    Reconciler(Tasks tasks, Observer observer, Lookups lookups, Hands hands, RandomGenerator random) {
        this.tasks = tasks;
        this.observer = observer;
        this.lookups = lookups;
        this.rehearsal = hands.rehearsal();
        this.actuator = hands.actuator();
        this.books = hands.books();
        this.scribe = hands.scribe();
        this.random = random;
        this.monitor = tasks.monitor();
    }

    /// What asks beforehand, acts and records.
    record Hands(Rehearsal rehearsal, Actuator actuator, Books books, Scribe scribe) {}

    /// @throws dev.holdfast.model.FaultException where the cluster did not answer
    Pace reconcile(PlacementMemory memory, App app) {
        var began = tasks.now();
        if (books.restored(app, memory)) scribe.restored(app);
        SortedMap<Ref, Probe> probes = new TreeMap<>();
        Optional<Observation> lookedUp = Optional.empty();
        for (int round = 0; round < ROUNDS; round++) {
            if (lookedUp.isEmpty()) {
                var sight = observer.look(memory, app);
                if (sight instanceof Sight.NotYet(var waitingFor)) return waiting(memory, app, waitingFor);
                memory.sees();
                var observation = ((Sight.Seen) sight).observation();
                lookedUp = Optional.of(with(lookups.targets().counted(memory, app, observation), probes));
            }
            var seen = lookedUp.get();
            lookedUp = Optional.empty();
            var decision = Decision.on(seen);
            switch (decision) {
                case Decision.Ask(var names) -> {
                    var found = look(memory, seen, names, probes);
                    probes = found.probes();
                    // the same look goes on, unless there is more to be seen now
                    if (!found.reread()) lookedUp = Optional.of(with(seen, probes));
                }
                case Decision.Conclude conclude -> conclude(memory, app, seen, conclude);
                case Decision.Recover(var rebuilt, var _) -> recover(memory, app, rebuilt);
                case Decision.Act decided -> {
                    var rehearsed = rehearsal.of(decided, memory, seen.placement());
                    var act = rehearsed instanceof Rehearsing.Result.Go(var allowed) ? allowed : decided;
                    var acted = act(memory, app, seen, act, rehearsed);
                    scribe.record(app, acted.seen(), act, Scribe.Pass.of(memory, acted.seen(), began));
                    return acted.settles()
                            ? new Pace.Later(Optional.of(tasks.now().plus(SETTLING)), false)
                            : new Pace.Again();
                }
                case Decision.Forget _ -> {
                    books.forget(app, memory);
                    var identity = seen.placement().identity();
                    boolean left = identity.deletedAt().isEmpty() && identity.ending() == Ending.UNMATCHED;
                    return left ? new Pace.Left() : new Pace.Called();
                }
                case Decision.Rest(var _, var next, var _) -> {
                    scribe.record(app, seen, decision, Scribe.Pass.of(memory, seen, began));
                    return Pace.rest(next, seen);
                }
                case Decision.Hold(var _, var next, var _) -> {
                    scribe.record(app, seen, decision, Scribe.Pass.of(memory, seen, began));
                    return Pace.rest(next, seen);
                }
                case Decision.Await(var _, var until, var _) -> {
                    scribe.record(app, seen, decision, Scribe.Pass.of(memory, seen, began));
                    return Pace.rest(Optional.of(until), seen);
                }
            }
        }
        // nothing of this should take so long; a circle must not become a hot one
        return new Pace.Later(Optional.of(tasks.now().plusSeconds(1)), false);
    }

    /// What was seen, with the inventory as it is after the steps; `settles`: all went well, and some of the objects
    /// are not healthy yet. That is heard of when it changes; to look before would find nothing new.
    private record Acted(Observation seen, boolean settles) {
        static Acted of(Observation seen, Inventory now, Decision.Act act, SortedMap<Ref, Outcome> outcomes) {
            boolean settling = now.operation()
                    .filter(operation -> operation.id().equals(act.operation().id())
                            && operation.phase() == Operation.Phase.SETTLING)
                    .isPresent();
            boolean unhealthy = outcomes.values().stream()
                    .anyMatch(outcome -> outcome instanceof Outcome.Applied applied
                            && !applied.live().health().current());
            return new Acted(seen.with(new Holdings.Loaded(now)), settling && unhealthy);
        }
    }

    /// Whoever reads what is waited for calls again. Where that takes long, the App says what it waits for.
    private Pace waiting(PlacementMemory memory, App app, String waitingFor) {
        var now = tasks.now();
        var told = memory.waitsSince(now).plus(SILENT);
        if (now.isBefore(told)) return new Pace.Later(Optional.of(told), false);
        scribe.waiting(app, memory.placement(), waitingFor, now);
        return new Pace.Called();
    }

    /// `reread`: something that was looked up is among the live objects now.
    private record Found(SortedMap<Ref, Probe> probes, boolean reread) {}

    /// Looks names up. What stands there with the uid that we own has lost our label: it is read as ours.
    private Found look(PlacementMemory memory, Observation seen, SortedSet<Ref> names, SortedMap<Ref, Probe> before) {
        var found = new TreeMap<>(before);
        boolean reread = false;
        var served = seen.world().discovery();
        for (var probe : lookups.probes().look(names, served).entrySet()) {
            var ref = probe.getKey();
            var uid = memory.inventory().flatMap(known -> known.find(ref)).flatMap(Inventory.Entry::uid);
            boolean ours = probe.getValue() instanceof Probe.Present(var object)
                    && uid.filter(object.uid()::equals).isPresent();
            if (ours) {
                reread = true;
                served.preferred(ref.groupKind())
                        .ifPresent(resource -> lookups.live().find(resource, memory.id(), ref));
            }
            found.put(ref, probe.getValue());
        }
        return new Found(found, reread);
    }

    private void conclude(PlacementMemory memory, App app, Observation seen, Decision.Conclude conclude) {
        var inventory = Observer.inventory(seen.holdings()).orElseThrow();
        var concluded = Ledger.concluded(
                inventory, conclude.operation(), seen.placement().policy().history());
        switch (conclude.keep()) {
            case SOON, LATER -> memory.inventory(Optional.of(concluded));
            case NOW -> {
                books.ready(app);
                books.write(memory, concluded.with(java.util.List.of(), concluded.operation()));
            }
        }
    }

    private void recover(PlacementMemory memory, App app, Inventory rebuilt) {
        books.ready(app);
        books.write(memory, rebuilt);
    }

    private Acted act(
            PlacementMemory memory, App app, Observation seen, Decision.Act act, Rehearsing.Result rehearsed) {
        var inventory = Observer.inventory(seen.holdings()).orElseThrow();
        books.ready(app);
        var policy = seen.placement().policy();
        Inventory begun;
        SortedMap<Ref, Outcome> outcomes;
        switch (rehearsed) {
            case Rehearsing.Result.Refused(var refused) -> {
                begun = Ledger.concluded(inventory, act.operation(), policy.history());
                outcomes = refused;
            }
            case Rehearsing.Result.Go _ -> {
                var ahead = Ledger.ahead(inventory, act);
                ahead.ifPresent(intended -> books.write(memory, intended));
                begun = ahead.orElse(inventory);
                outcomes = actuator.carryOut(act, memory, seen.placement());
            }
        }
        var now = tasks.now();
        double jitter = monitor.hold(random::nextDouble);
        var closing = new Ledger.Closing(policy, now, jitter);
        var written = Ledger.after(begun, act, outcomes, closing);
        books.keep(memory, written);
        if (act.operation().cause() == Operation.Cause.DRIFT) remember(memory, act, outcomes, now);
        return Acted.of(seen, written.inventory(), act, outcomes);
    }

    private static void remember(
            PlacementMemory memory, Decision.Act act, SortedMap<Ref, Outcome> outcomes, Instant now) {
        var retry = memory.placement().policy().retry();
        memory.recall(recall -> recall.after(act, outcomes, retry, now));
        outcomes.forEach((ref, outcome) -> {
            if (outcome instanceof Outcome.Applied) memory.healed(ref, Optional.empty());
            if (outcome instanceof Outcome.Failed(var fault)) memory.healed(ref, Optional.of(fault));
        });
    }

    private static Observation with(Observation seen, SortedMap<Ref, Probe> probes) {
        if (probes.isEmpty()) return seen;
        var world = seen.world();
        return seen.with(new World(world.discovery(), world.listed(), world.live(), probes, world.inside()));
    }
}
