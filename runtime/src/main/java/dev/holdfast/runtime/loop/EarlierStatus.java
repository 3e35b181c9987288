package dev.holdfast.runtime.loop;

import dev.holdfast.model.AppStatus;
import dev.holdfast.model.Condition;
import dev.holdfast.model.Health;
import dev.holdfast.model.Mapping;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Of the status that an App holds, what the next one goes on from: since when its conditions stand.
final class EarlierStatus {

    private EarlierStatus() {}

    static Optional<AppStatus> of(Mapping status) {
        var conditions = new ArrayList<Condition>();
        for (var written : status.sequence("conditions").mappings())
            condition(written).ifPresent(conditions::add);
        if (conditions.isEmpty()) return Optional.empty();
        return Optional.of(new AppStatus(
                status.whole("observedGeneration").orElse(0L),
                conditions,
                AppStatus.Sync.UNKNOWN,
                Health.State.UNKNOWN,
                "",
                List.of(),
                List.of(),
                AppStatus.Summary.NONE,
                List.of(),
                ""));
    }

    private static Optional<Condition> condition(Mapping written) {
        for (var status : Condition.Status.values()) {
            if (written.text("status").filter(status.word()::equals).isEmpty()) continue;
            try {
                return Optional.of(new Condition(
                        written.text("type").orElse(""),
                        status,
                        written.text("reason").orElse(""),
                        written.text("message").orElse(""),
                        Instant.parse(written.text("lastTransitionTime").orElse(""))));
            } catch (DateTimeParseException foreign) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
