package dev.holdfast.sandbox.controller;

import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Shelf;
import dev.holdfast.sandbox.write.QuotaUse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Writes into ResourceQuotas how much of them is used.
final class Quotas implements Controller {

    private final Acts acts;

    Quotas(Acts acts) {
        this.acts = acts;
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        var item = change.item();
        if (shelf.name().equals(QuotaUse.SHELF)) {
            look.accept(item.key());
            return;
        }
        boolean empty =
                item.namespace().isEmpty() || acts.shelf(QuotaUse.SHELF).items().size() == 0;
        if (empty) return;
        boolean counts = change.type() != Change.Type.MODIFIED || shelf.name().equals(Pods.SHELF);
        if (!counts) return;
        for (var quota : acts.in(QuotaUse.SHELF, item.namespace())) look.accept(quota.key());
    }

    @Override
    public Optional<Instant> look(String key) {
        var quota = acts.find(QuotaUse.SHELF, key);
        if (quota == null || Meta.terminating(quota.tree())) return Optional.empty();
        var used = QuotaUse.written(QuotaUse.used(acts.realm(), quota.namespace(), quota.tree()));
        acts.changeStatus(
                quota,
                object -> object.with(List.of("status", "hard"), object.mapping("spec", "hard"))
                        .with(List.of("status", "used"), used));
        return Optional.empty();
    }
}
