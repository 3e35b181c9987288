package dev.holdfast.runtime.loop;

import dev.holdfast.dialect.App;
import dev.holdfast.dialect.AppStatusText;
import dev.holdfast.engine.decide.Decision;
import dev.holdfast.engine.decide.Holdings;
import dev.holdfast.engine.decide.Observation;
import dev.holdfast.engine.report.AppReport;
import dev.holdfast.engine.report.TargetState;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement;
import dev.holdfast.model.PlacementKey;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.apps.AppBook;
import dev.holdfast.runtime.apps.Events;
import dev.holdfast.runtime.apps.StatusWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records a pass: the App's status, events, and one line of log per outcome.
final class Scribe {

    private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);

    private final Tasks tasks;
    private final AppBook apps;
    private final Roster roster;
    private final StatusWriter statuses;
    private final Events events;
    private final Tasks.Monitor monitor;
    private final Map<PlacementKey, TargetState> states = new HashMap<>();
    private final Map<PlacementKey, String> lastLines = new HashMap<>();
    private final Map<PlacementKey, List<String>> drifts = new HashMap<>();

    Scribe(Tasks tasks, AppBook apps, Roster roster, StatusWriter statuses, Events events) {
        this.roster = roster;
        this.tasks = tasks;
        this.apps = apps;
        this.statuses = statuses;
        this.events = events;
        this.monitor = tasks.monitor();
    }

    /// When a pass began, and what was refused beside its decision.
    record Pass(Instant began, List<Fault> faults) {
        static Pass of(PlacementMemory memory, Observation seen, Instant began) {
            return new Pass(began, memory.refusedHeals(seen.world().live()));
        }
    }

    /// A pass has ended with this decision.
    void record(App app, Observation seen, Decision decision, Pass pass) {
        var key = seen.placement().key();
        var state = new TargetState(seen, decision, pass.faults());
        var before = monitor.hold(() -> Optional.ofNullable(states.put(key, state)));
        if (before.isEmpty()) knownBefore(app, decision);
        tell(app);
        var notices = Notices.of(app, before.flatMap(Scribe::inventory), inventory(seen), decision);
        notices.forEach(events::tell);
        Notices.drifts(decision).ifPresent(found -> {
            var known = monitor.hold(() -> Optional.ofNullable(drifts.put(key, found)));
            Notices.drifted(app, known.orElse(List.of()), found).ifPresent(events::tell);
        });
        log(seen.placement(), decision, pass.began());
    }

    /// What the App's words of an earlier process say already, nobody is told twice.
    private void knownBefore(App app, Decision decision) {
        var why = app.metadata().status().text("why");
        Notices.trouble(app, decision)
                .filter(notice ->
                        why.filter(text -> text.contains(notice.message())).isPresent())
                .ifPresent(events::toldBefore);
    }

    /// A pass that came to no decision.
    void trouble(App app, Placement placement, Fault fault, Instant began) {
        var key = placement.key();
        monitor.run(() -> {
            var known = states.get(key);
            var base = known == null ? Unseen.of(placement, app.metadata().status(), fault, began) : known;
            states.put(key, new TargetState(base.seen(), base.decision(), List.of(fault)));
        });
        tell(app);
        line(placement, "Trouble", fault.sentence(), began);
    }

    void rewritten(App app) {
        events.tell(Notices.historyRewritten(app));
    }

    void restored(App app) {
        events.tell(Notices.inventoryRestored(app));
    }

    /// A placement waits, already for a while, for something that nobody can look past.
    void waiting(App app, Placement placement, String waitingFor, Instant since) {
        var fault = Fault.waiting("Waiting", "waits for " + waitingFor, waitingFor);
        trouble(app, placement, fault, since);
    }

    /// An App that can't be read: its targets stay as they were.
    void unreadable(App.Unreadable app) {
        var status = UnreadableStatus.of(app, tasks.now());
        statuses.tell(app.name(), () -> status, StatusWriter.Urgency.NOW);
        events.tell(Notices.warning(app, app.fault()));
    }

    void forget(PlacementKey key) {
        monitor.run(() -> {
            states.remove(key);
            lastLines.remove(key);
            drifts.remove(key);
        });
    }

    /// Tells what is known of the App's placements.
    void tell(App app) {
        var latest = apps.find(app.name()).orElse(app);
        var keys = roster.keys(latest.name());
        var known = monitor.hold(() -> {
            var found = new ArrayList<TargetState>();
            for (var key : keys) {
                var state = states.get(key);
                if (state != null) found.add(state);
            }
            return found;
        });
        // a part of the targets is not the whole App yet
        if (known.isEmpty() || known.size() < keys.size()) return;
        boolean moving = known.stream().anyMatch(state -> progress(state.decision()));
        var now = tasks.now();
        statuses.tell(
                latest.name(),
                () -> words(latest, known, now),
                moving ? StatusWriter.Urgency.SOON : StatusWriter.Urgency.NOW);
    }

    /// What was seen of the App as it was then, on top of what it holds by the time when this is written.
    private Mapping words(App told, List<TargetState> known, Instant now) {
        var placement = known.getFirst().seen().placement();
        var earlier = apps.find(told.name()).orElse(told).metadata().status();
        var facts = new AppReport.Facts(
                told.metadata().generation(), placement.policy().history(), now, EarlierStatus.of(earlier));
        return AppStatusText.of(AppReport.of(facts, known));
    }

    private static boolean progress(Decision decision) {
        return switch (decision) {
            case Decision.Act _, Decision.Ask _, Decision.Await _, Decision.Conclude _, Decision.Recover _ -> true;
            case Decision.Forget _, Decision.Rest _, Decision.Hold _ -> false;
        };
    }

    private void log(Placement placement, Decision decision, Instant began) {
        switch (decision) {
            case Decision.Rest(var why, var _, var _) -> line(placement, "Rest", why, began);
            case Decision.Hold(var faults, var _, var _) ->
                line(
                        placement,
                        "Hold",
                        faults.isEmpty() ? "held" : faults.getFirst().sentence(),
                        began);
            case Decision.Await(var unsettled, var _, var _) ->
                line(placement, "Await", unsettled.size() + " objects are not healthy yet", began);
            case Decision.Act(var plan, var operation) ->
                line(placement, "Act", plan.steps().size() + " steps, " + operation.cause(), began);
            case Decision.Recover(var _, var why) -> line(placement, "Recover", why, began);
            case Decision.Forget(var why) -> line(placement, "Forget", why, began);
            case Decision.Ask _, Decision.Conclude _ -> {}
        }
    }

    /// The same outcome again is told at debug only.
    private void line(Placement placement, String decision, String why, Instant began) {
        var words = decision + " " + why;
        boolean same = monitor.hold(() -> words.equals(lastLines.put(placement.key(), words)));
        var event = same && !decision.equals("Act") ? LOG.atDebug() : LOG.atInfo();
        event.addKeyValue("app", placement.key())
                .addKeyValue("cluster", placement.key().cluster())
                .addKeyValue("revision", revision(placement.key()))
                .addKeyValue("decision", decision)
                .addKeyValue("durationMs", Duration.between(began, tasks.now()).toMillis())
                .log(why);
    }

    private String revision(PlacementKey key) {
        return monitor.hold(() -> Optional.ofNullable(states.get(key)))
                .flatMap(Scribe::inventory)
                .map(Inventory::revisions)
                .filter(known -> !known.isEmpty())
                .map(known -> known.getFirst().words())
                .orElse("");
    }

    private static Optional<Inventory> inventory(TargetState state) {
        return inventory(state.seen());
    }

    private static Optional<Inventory> inventory(Observation seen) {
        return seen.holdings() instanceof Holdings.Loaded(var inventory) ? Optional.of(inventory) : Optional.empty();
    }
}
