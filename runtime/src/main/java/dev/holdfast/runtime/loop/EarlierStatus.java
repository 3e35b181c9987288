package dev.holdfast.runtime.loop;

import dev.holdfast.dialect.AppStatusText;
import dev.holdfast.model.AppStatus;
import dev.holdfast.model.Condition;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.UsualTime;
import java.util.ArrayList;
import java.util.Optional;

/// Of the status that an App holds, what the next one goes on from: since when its conditions stand, and what was done:
/// not every heal is worth a write of the inventory.
final class EarlierStatus {

    private EarlierStatus() {}

    static Optional<AppStatus> of(Mapping status) {
        var conditions = new ArrayList<Condition>();
        for (var written : status.sequence("conditions").mappings())
            condition(written).ifPresent(conditions::add);
        if (conditions.isEmpty()) return Optional.empty();
        var generation = status.whole("observedGeneration").orElse(0L);
        return Optional.of(AppStatus.bare(generation, conditions, "").remembering(AppStatusText.history(status)));
    }

    private static Optional<Condition> condition(Mapping written) {
        for (var status : Condition.Status.values()) {
            if (written.text("status").filter(status.word()::equals).isEmpty()) continue;
            return written.text("lastTransitionTime")
                    .flatMap(UsualTime::read)
                    .map(since -> new Condition(
                            written.text("type").orElse(""),
                            status,
                            written.text("reason").orElse(""),
                            written.text("message").orElse(""),
                            since));
        }
        return Optional.empty();
    }
}
