package dev.holdfast.engine.report;

import dev.holdfast.model.AppStatus;
import dev.holdfast.model.AppStatus.Summary;
import dev.holdfast.model.AppStatus.Sync;
import dev.holdfast.model.Condition;
import dev.holdfast.model.Health;
import dev.holdfast.model.Operation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The status of an App: the one place where conditions, words and sentences are computed. The same states give the
/// same status, and a status that equals the one that is there needs no write.
public final class AppReport {

    private AppReport() {}

    /// `earlier` is the status that the App has: conditions that did not turn keep their time,
    /// and what was done stays known.
    public record Facts(long generation, int history, Instant now, Optional<AppStatus> earlier) {}

    public static AppStatus of(Facts facts, List<TargetState> states) {
        var reports = states.stream().map(TargetReport::of).toList();
        var targets = reports.stream().map(TargetReport::target).toList();
        var sync = targets.stream()
                .map(AppStatus.Target::sync)
                .max(Comparator.naturalOrder())
                .orElse(Sync.UNKNOWN);
        var health = targets.stream()
                .map(AppStatus.Target::health)
                .max(Comparator.naturalOrder())
                .orElse(Health.State.UNKNOWN);
        var revisions = targets.stream()
                .map(AppStatus.Target::revisions)
                .filter(known -> !known.isEmpty())
                .findFirst()
                .orElse(List.of());
        var why = why(reports);
        return new AppStatus(
                facts.generation(),
                conditions(facts, reports, why),
                sync,
                health,
                revisions.isEmpty() ? "" : revisions.getFirst().words(),
                revisions,
                targets,
                summary(reports),
                history(states, facts),
                why);
    }

    private static String why(List<TargetReport> reports) {
        if (reports.isEmpty()) return "the app has no target";
        var worst = reports.stream()
                .max(Comparator.comparing(TargetReport::trouble))
                .orElseThrow();
        return reports.size() == 1
                ? worst.target().why()
                : worst.target().name() + ": " + worst.target().why();
    }

    private static List<Condition> conditions(Facts facts, List<TargetReport> reports, String why) {
        boolean ready = !reports.isEmpty() && reports.stream().allMatch(TargetReport::ready);
        var stalled =
                reports.stream().filter(report -> !report.stalled().isEmpty()).findFirst();
        boolean moving = stalled.isEmpty() && reports.stream().anyMatch(TargetReport::moving);
        var reason = stalled.map(TargetReport::stalled)
                .orElseGet(() -> reports.stream()
                        .max(Comparator.comparing(TargetReport::trouble))
                        .map(TargetReport::reason)
                        .orElse("NoTarget"));
        var conditions = List.of(
                new Condition(
                        "Ready",
                        ready ? Condition.Status.TRUE : Condition.Status.FALSE,
                        ready ? "Succeeded" : reason,
                        why,
                        facts.now()),
                new Condition(
                        "Reconciling",
                        moving ? Condition.Status.TRUE : Condition.Status.FALSE,
                        moving ? reason : "Idle",
                        moving ? why : "",
                        facts.now()),
                new Condition(
                        "Stalled",
                        stalled.isPresent() ? Condition.Status.TRUE : Condition.Status.FALSE,
                        stalled.map(TargetReport::stalled).orElse("NotStalled"),
                        stalled.isPresent() ? why : "",
                        facts.now()));
        return conditions.stream().map(condition -> since(condition, facts)).toList();
    }

    private static Condition since(Condition condition, Facts facts) {
        return facts.earlier()
                .flatMap(status -> status.condition(condition.type()))
                .map(condition::after)
                .orElse(condition);
    }

    private static Summary summary(List<TargetReport> reports) {
        long ready = reports.stream().filter(TargetReport::ready).count();
        int total = 0;
        int synced = 0;
        int healthy = 0;
        int failing = 0;
        for (var report : reports) {
            total += report.counts().total();
            synced += report.counts().synced();
            healthy += report.counts().healthy();
            failing += report.counts().failing();
        }
        return new Summary(ready + "/" + reports.size(), total, synced, healthy, failing);
    }

    /// Of all targets, newest first, to the second: a status keeps no more. What no inventory tells is gone on with
    /// from the earlier status: not every heal is worth a write of the inventory.
    private static List<Operation> history(List<TargetState> states, Facts facts) {
        var all = new TreeMap<String, Operation>();
        facts.earlier().ifPresent(status -> status.history().forEach(known -> all.put(known.id(), known)));
        for (var state : states) {
            TargetReport.inventory(state)
                    .ifPresent(inventory -> inventory.history().forEach(known -> all.put(known.id(), known)));
        }
        return all.values().stream()
                .sorted(Comparator.comparing(AppReport::second).reversed().thenComparing(Operation::id))
                .limit(facts.history())
                .toList();
    }

    private static Instant second(Operation operation) {
        return operation.startedAt().truncatedTo(ChronoUnit.SECONDS);
    }
}
