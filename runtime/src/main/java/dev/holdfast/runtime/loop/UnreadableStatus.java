package dev.holdfast.runtime.loop;

import dev.holdfast.dialect.App;
import dev.holdfast.dialect.AppStatusText;
import dev.holdfast.model.AppStatus;
import dev.holdfast.model.Condition;
import dev.holdfast.model.Mapping;
import java.time.Instant;
import java.util.List;

/// The status of an App that can't be read. What it says of its targets stays: they are still there, and their
/// inventories are judged by it.
final class UnreadableStatus {

    private UnreadableStatus() {}

    static Mapping of(App.Unreadable app, Instant now) {
        var metadata = app.metadata();
        var fault = app.fault();
        var earlier = EarlierStatus.of(metadata.status());
        var conditions = List.of(
                        new Condition("Ready", Condition.Status.FALSE, fault.code(), fault.sentence(), now),
                        new Condition("Reconciling", Condition.Status.FALSE, "Idle", "", now),
                        new Condition("Stalled", Condition.Status.TRUE, fault.code(), fault.sentence(), now))
                .stream()
                .map(condition -> earlier.flatMap(status -> status.condition(condition.type()))
                        .map(condition::after)
                        .orElse(condition))
                .toList();
        var bare = AppStatus.bare(metadata.generation(), conditions, fault.sentence());
        var written = AppStatusText.of(bare);
        var kept = metadata.status();
        for (var field : List.of("conditions", "observedGeneration", "sync", "why")) {
            var value = written.get(field);
            if (value != null) kept = kept.with(field, value);
        }
        return kept;
    }
}
