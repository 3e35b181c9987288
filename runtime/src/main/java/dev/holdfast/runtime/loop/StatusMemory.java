package dev.holdfast.runtime.loop;

import dev.holdfast.dialect.AppStatusText;
import dev.holdfast.model.AppStatus;
import dev.holdfast.model.Health;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Operation.Phase;
import dev.holdfast.model.PlacementKey;
import dev.holdfast.model.UsualTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What an App's status remembers of a placement from an earlier process: how large its inventory was, and how its
/// last operation ended, where that was not worth a write of the inventory. Status is text that others may have
/// written: what can't be read is not remembered.
final class StatusMemory {

    private StatusMemory() {}

    static Optional<AppStatus.Target> told(Mapping status, PlacementKey key, Optional<Inventory> inventory) {
        for (var written : status.sequence("targets").mappings()) {
            if (written.text("name").filter(key.target()::equals).isEmpty()) continue;
            return Optional.of(new AppStatus.Target(
                    key.target(),
                    key.cluster(),
                    AppStatus.Sync.UNKNOWN,
                    Health.State.UNKNOWN,
                    List.of(),
                    inventory.flatMap(Inventory::operation).flatMap(own -> ended(own, written.mapping("operation"))),
                    AppStatusText.holding(status, key.target()),
                    Optional.empty(),
                    List.of(),
                    0,
                    ""));
        }
        return Optional.empty();
    }

    /// The inventory's own operation, as the status says that it ended.
    private static Optional<Operation> ended(Operation own, Mapping written) {
        if (own.ended() || written.text("id").filter(own.id()::equals).isEmpty()) return Optional.empty();
        var phase = written.text("phase").orElse("").toUpperCase(Locale.ROOT);
        for (var end : List.of(Phase.SUCCEEDED, Phase.FAILED, Phase.SUPERSEDED)) {
            if (!end.name().equals(phase)) continue;
            return written.text("endedAt")
                    .flatMap(UsualTime::read)
                    .map(at -> own.in(end, at, written.text("result").orElse("")));
        }
        return Optional.empty();
    }
}
