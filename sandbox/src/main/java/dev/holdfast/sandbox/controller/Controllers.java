package dev.holdfast.sandbox.controller;

import dev.holdfast.port.Tasks;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Feed;
import dev.holdfast.sandbox.store.Shelf;
import dev.holdfast.sandbox.write.Writers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All controllers, in one task: it hears of every change, keeps what needs a look in the order in which it came
/// up, and looks again when a controller said so.
public final class Controllers {

    private static final Logger LOG = LoggerFactory.getLogger(Controllers.class);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Realm realm;
    private final List<Controller> controllers;
    private final SequencedSet<Work> due = new LinkedHashSet<>();
    private final TreeMap<Instant, List<Work>> later = new TreeMap<>();
    private final Map<Work, Instant> planned = new HashMap<>();

    private record Work(Controller controller, String key) {}

    /// How fast the workloads of the cluster are.
    public record Pace(Duration podStart, Duration podStop, Duration balancer, Duration namespace) {
        public static final Pace BRISK = new Pace(
                Duration.ofMillis(300), Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofMillis(130));
    }

    public Controllers(Realm realm, Writers writers, Pace pace) {
        this.realm = realm;
        var acts = new Acts(realm, writers);
        this.controllers = List.of(
                new Definitions(acts),
                new Namespaces(acts, pace),
                new Accounts(acts),
                new Garbage(acts),
                new RoleAggregation(acts),
                new Deployments(acts),
                new ReplicaSets(acts),
                new StatefulSets(acts),
                new DaemonSets(acts),
                new Jobs(acts),
                new Scheduling(acts),
                new Pods(acts, pace),
                acts.events(),
                new Endpoints(acts),
                new Balancers(acts, pace),
                new Quotas(acts),
                new Claims(acts, pace),
                new Volumes(acts));
    }

    /// Starts the task; what is stored already is looked at as if it had just come.
    public Tasks.Task start() {
        var feed = realm.store().feed();
        for (var shelf : realm.store().shelves()) {
            for (var item : shelf.items().after(""))
                notice(
                        shelf,
                        new Change(Change.Type.ADDED, item, null, realm.tasks().now()));
        }
        return realm.tasks().spawn("sandbox-controllers", () -> run(feed));
    }

    private void run(Feed feed) {
        while (true) {
            hear(feed);
            if (due.isEmpty()) {
                feed.await(nextTime());
                continue;
            }
            look(due.removeFirst());
        }
    }

    private void hear(Feed feed) {
        for (var seen = feed.poll(); seen.isPresent(); seen = feed.poll()) {
            notice(seen.get().shelf(), seen.get().change());
        }
        var now = realm.tasks().now();
        while (!later.isEmpty() && !later.firstKey().isAfter(now)) {
            var entry = later.pollFirstEntry();
            for (var work : entry.getValue()) {
                if (planned.remove(work, entry.getKey())) due.add(work);
            }
        }
    }

    private Instant nextTime() {
        return later.isEmpty() ? realm.tasks().now().plus(LONGEST_WAIT) : later.firstKey();
    }

    private void notice(Shelf shelf, Change change) {
        for (var controller : controllers) {
            controller.notice(shelf, change, key -> due.add(new Work(controller, key)));
        }
    }

    private void look(Work work) {
        try {
            work.controller().look(work.key()).ifPresent(when -> plan(work, when));
        } catch (Refusal refused) {
            LOG.debug("{} on {}: {}", work.controller().getClass().getSimpleName(), work.key(), refused.getMessage());
            plan(work, realm.tasks().now().plus(AFTER_FAILURE));
        } catch (Tasks.Cancelled cancelled) {
            throw cancelled;
        } catch (RuntimeException broken) {
            LOG.error("{} failed on {}", work.controller().getClass().getSimpleName(), work.key(), broken);
            plan(work, realm.tasks().now().plus(AFTER_FAILURE.multipliedBy(50)));
        }
    }

    /// The earliest of several plans counts.
    private void plan(Work work, Instant when) {
        var known = planned.get(work);
        if (known != null && !known.isAfter(when)) return;
        planned.put(work, when);
        later.computeIfAbsent(when, _ -> new ArrayList<>()).add(work);
    }
}
