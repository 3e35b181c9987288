package dev.holdfast.dialect;

import dev.holdfast.model.AppStatus;
import dev.holdfast.model.Condition;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Revision;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.UsualTime;
import dev.holdfast.model.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// `App.status` as it is written, and the little of it that is read back: how old an inventory must be, and since
/// when conditions hold.
public final class AppStatusText {

    private AppStatusText() {}

    public static Mapping of(AppStatus status) {
        return Mapping.builder()
                .put("conditions", list(status.conditions(), condition -> condition(condition, status)))
                .put("health", status.health().word())
                .put("history", list(status.history(), AppStatusText::operation))
                .put("observedGeneration", status.observedGeneration())
                .put("revision", status.revision())
                .put("revisions", list(status.revisions(), AppStatusText::revision))
                .put("summary", summary(status.summary()))
                .put("sync", status.sync().word())
                .put("targets", list(status.targets(), AppStatusText::target))
                .put("why", status.why())
                .build();
    }

    /// What a target's inventory was when this status was written.
    public static AppStatus.Holding holding(Mapping status, String target) {
        for (var written : status.sequence("targets").mappings()) {
            if (written.text("name").filter(target::equals).isEmpty()) continue;
            return new AppStatus.Holding(
                    written.whole("inventory", "generation").orElse(0L),
                    written.whole("inventory", "count").orElse(0L).intValue());
        }
        return AppStatus.Holding.NONE;
    }

    /// The operations that this status remembers. Status is text that others may have written: what can't be read
    /// is left out.
    public static List<Operation> history(Mapping status) {
        return status.sequence("history").mappings().stream()
                .flatMap(written -> ended(written).stream())
                .toList();
    }

    private static Optional<Operation> ended(Mapping written) {
        var cause = word(Operation.Cause.values(), written.text("cause"));
        var phase = word(Operation.Phase.values(), written.text("phase"));
        var id = written.text("id").filter(text -> !text.isEmpty());
        var started = written.text("startedAt").flatMap(UsualTime::read);
        var end = written.text("endedAt").flatMap(UsualTime::read);
        if (cause.isEmpty() || phase.isEmpty() || id.isEmpty() || started.isEmpty() || end.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Operation(
                id.get(),
                cause.get(),
                written.sequence("revisions").mappings().stream()
                        .map(AppStatusText::revision)
                        .toList(),
                "",
                written.text("request"),
                Optional.empty(),
                phase.get(),
                written.whole("attempt").orElse(1L).intValue(),
                started.get(),
                Optional.empty(),
                end.get(),
                end,
                written.text("result").orElse("")));
    }

    private static <E extends Enum<E>> Optional<E> word(E[] values, Optional<String> written) {
        return Stream.of(values)
                .filter(value -> written.filter(text -> text.equalsIgnoreCase(value.name()))
                        .isPresent())
                .findFirst();
    }

    private static Revision revision(Mapping written) {
        return new Revision(
                written.text("source").orElse(""),
                written.text("ref").orElse(""),
                written.text("commit").orElse(""));
    }

    private static Mapping condition(Condition condition, AppStatus status) {
        return Mapping.builder()
                .put("lastTransitionTime", seconds(condition.since()))
                .put("message", condition.message())
                .put("observedGeneration", status.observedGeneration())
                .put("reason", condition.reason())
                .put("status", condition.status().word())
                .put("type", condition.type())
                .build();
    }

    private static Mapping target(AppStatus.Target target) {
        var text = Mapping.builder()
                .put("cluster", target.cluster())
                .put("health", target.health().word())
                .put(
                        "inventory",
                        Mapping.builder()
                                .put("count", target.inventory().count())
                                .put("generation", target.inventory().generation())
                                .build())
                .put("name", target.name());
        target.operation().ifPresent(operation -> text.put("operation", operation(operation)));
        target.confirm().ifPresent(confirm -> text.put("confirm", confirm(confirm)));
        if (!target.problems().isEmpty()) text.put("problems", list(target.problems(), AppStatusText::problem));
        if (target.more() > 0) text.put("moreProblems", target.more());
        return text.put("revisions", list(target.revisions(), AppStatusText::revision))
                .put("sync", target.sync().word())
                .put("why", target.why())
                .build();
    }

    private static Mapping confirm(AppStatus.Confirm confirm) {
        var text = Mapping.builder()
                .put("count", confirm.count())
                .put("deletes", Value.texts(confirm.deletes()))
                .put("digest", confirm.digest())
                .put("why", confirm.why());
        if (!confirm.alsoLost().isEmpty()) text.put("alsoLost", Value.texts(confirm.alsoLost()));
        return text.build();
    }

    private static Mapping problem(AppStatus.Problem problem) {
        return Mapping.builder()
                .put("code", problem.code())
                .put("message", problem.message())
                .putIfPresent("next", said(problem.next()))
                .putIfPresent("object", said(problem.object()))
                .putIfPresent("place", said(problem.place()))
                .build();
    }

    private static Optional<String> said(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Mapping operation(Operation operation) {
        var text = Mapping.builder()
                .put("attempt", operation.attempt())
                .put("cause", operation.cause().name().toLowerCase(Locale.ROOT));
        operation.endedAt().ifPresent(at -> text.put("endedAt", seconds(at)));
        return text.put("id", operation.id())
                .put("phase", operation.phase().name().toLowerCase(Locale.ROOT))
                .putIfPresent("request", operation.request())
                .put("result", operation.message())
                .put("revisions", list(operation.revisions(), AppStatusText::revision))
                .put("startedAt", seconds(operation.startedAt()))
                .build();
    }

    private static Mapping revision(Revision revision) {
        return Mapping.builder()
                .put("commit", revision.commit())
                .put("ref", revision.ref())
                .put("source", revision.source())
                .build();
    }

    private static Mapping summary(AppStatus.Summary summary) {
        return Mapping.builder()
                .put("failing", summary.failing())
                .put("healthy", summary.healthy())
                .put("synced", summary.synced())
                .put("targets", summary.targets())
                .put("total", summary.total())
                .build();
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static <T> Sequence list(List<T> items, Function<T, Mapping> text) {
        return Sequence.of(items.stream().map(text).toList());
    }
}
