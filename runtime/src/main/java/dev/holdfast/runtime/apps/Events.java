package dev.holdfast.runtime.apps;

import dev.holdfast.dialect.AppDialect;
import dev.holdfast.model.AppName;
import dev.holdfast.model.Digest;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.home.Home;
import dev.holdfast.runtime.home.Kinds;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Kubernetes Events about Apps: best effort, written by a task of its own, never waited for. A warning that says
/// what the last one said is not repeated.
public final class Events {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final int WAITING = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final int LONGEST = 1_024;
    private static final String COMPONENT = "holdfast";

    public enum Severity {
        /// What went as it should: told when nothing more urgent is to be done, or after a while.
        ROUTINE("Normal"),
        NORMAL("Normal"),
        WARNING("Warning");

        private final String word;

        Severity(String word) {
            this.word = word;
        }
    }

    /// `uid` is the App's; `reason` a CamelCase word.
    public record Notice(AppName app, String uid, Severity severity, String reason, String message) {}

    private record Dated(Notice notice, Instant at, long number) {}

    private final Tasks tasks;
    private final Cluster cluster;
    private final BooleanSupplier busy;
    private final Tasks.Monitor monitor;
    // guarded by the monitor
    private final Deque<Dated> waiting = new ArrayDeque<>();
    private final Deque<Dated> routine = new ArrayDeque<>();
    private final Map<AppName, Notice> lastWarning = new HashMap<>();
    private long number;

    /// @param busy whether something more urgent is to be done than to tell of what went well
    public Events(Tasks tasks, Cluster cluster, BooleanSupplier busy) {
        this.tasks = tasks;
        this.cluster = cluster;
        this.busy = busy;
        this.monitor = tasks.monitor();
    }

    public void tell(Notice notice) {
        var now = tasks.now();
        monitor.run(() -> {
            if (notice.severity() == Severity.WARNING && notice.equals(lastWarning.put(notice.app(), notice))) return;
            if (notice.severity() != Severity.WARNING) lastWarning.remove(notice.app());
            var line = notice.severity() == Severity.ROUTINE ? routine : waiting;
            // the oldest is the least interesting when more happens than can be told
            if (line.size() >= WAITING) line.removeFirst();
            line.addLast(new Dated(notice, now, ++number));
        });
    }

    /// A warning that is known to have been told before, by an earlier process.
    public void toldBefore(Notice warning) {
        monitor.run(() -> lastWarning.putIfAbsent(warning.app(), warning));
    }

    public void forget(AppName app) {
        monitor.run(() -> lastWarning.remove(app));
    }

    /// Writes what is told until the running task is cancelled.
    public void run() {
        while (true) {
            monitor.await(() -> !waiting.isEmpty() || !routine.isEmpty(), Instant.MAX);
            var urgent = monitor.hold(() -> Optional.ofNullable(waiting.pollFirst()));
            urgent.ifPresentOrElse(this::write, this::writeRoutine);
        }
    }

    private void writeRoutine() {
        var now = tasks.now();
        boolean overdue = monitor.hold(() ->
                !routine.isEmpty() && routine.getFirst().at().plus(PATIENCE).isBefore(now));
        if (!overdue && busy.getAsBoolean()) {
            monitor.await(() -> !waiting.isEmpty(), now.plus(MOMENT));
            return;
        }
        monitor.hold(() -> Optional.ofNullable(routine.pollFirst())).ifPresent(this::write);
    }

    public boolean idle() {
        return monitor.hold(() -> waiting.isEmpty() && routine.isEmpty());
    }

    private void write(Dated dated) {
        try {
            var body = body(dated);
            var place = Address.of(
                    Kinds.EVENTS,
                    dated.notice().app().namespace(),
                    body.text("metadata", "name").orElse(""));
            if (cluster.create(place, body, Home.MANAGER, Caller.SELF) instanceof Answer.Refused(var status)) {
                LOG.atDebug()
                        .addKeyValue("app", dated.notice().app())
                        .log("an event was refused: {}", status.message());
            }
        } catch (FaultException lost) {
            LOG.atDebug().addKeyValue("app", dated.notice().app()).log("an event got lost: {}", lost.getMessage());
        }
    }

    private static Mapping body(Dated dated) {
        var notice = dated.notice();
        var app = notice.app();
        var time = dated.at().truncatedTo(ChronoUnit.SECONDS).toString();
        var unique = Digest.of(app + "/" + dated.at() + "/" + dated.number() + "/" + notice.message())
                .first(16);
        var message = notice.message();
        return Mapping.builder()
                .put("apiVersion", "v1")
                .put("kind", "Event")
                .put(
                        "metadata",
                        Mapping.builder()
                                .put("name", app.name() + "." + unique)
                                .put("namespace", app.namespace())
                                .build())
                .put(
                        "involvedObject",
                        Mapping.builder()
                                .put("apiVersion", AppDialect.GROUP + "/" + AppDialect.VERSION)
                                .put("kind", AppDialect.KIND)
                                .put("namespace", app.namespace())
                                .put("name", app.name())
                                .put("uid", notice.uid())
                                .build())
                .put("type", notice.severity().word)
                .put("reason", notice.reason())
                .put("message", message.length() > LONGEST ? message.substring(0, LONGEST - 1) + "…" : message)
                .put("count", 1)
                .put("firstTimestamp", time)
                .put("lastTimestamp", time)
                .put("source", Mapping.of("component", Value.of(COMPONENT)))
                .put("reportingComponent", COMPONENT)
                .put("reportingInstance", COMPONENT)
                .build();
    }
}
