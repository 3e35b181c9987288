package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Value;
import dev.holdfast.sandbox.controller.Controllers.Pace;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Binds volume claims after a while, to a volume that exists in name only, and lets claims go that nothing uses.
final class Claims implements Controller {

    private static final String SHELF = "persistentvolumeclaims";
    private static final String PROTECTION = "kubernetes.io/pvc-protection";

    private final Acts acts;
    private final Pace pace;
    private final Map<String, Instant> since = new HashMap<>();

    Claims(Acts acts, Pace pace) {
        this.acts = acts;
        this.pace = pace;
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        if (!shelf.name().equals(SHELF)) return;
        if (change.type() == Change.Type.DELETED) since.remove(change.item().uid());
        else look.accept(change.item().key());
    }

    @Override
    public Optional<Instant> look(String key) {
        var claim = acts.find(SHELF, key);
        if (claim == null) return Optional.empty();
        if (Meta.terminating(claim.tree())) {
            release(claim);
            return Optional.empty();
        }
        if (!claim.tree().text("status", "phase").orElse("Pending").equals("Pending")) return Optional.empty();
        var due = since.computeIfAbsent(claim.uid(), _ -> acts.now()).plus(pace.podStart());
        if (acts.now().isBefore(due)) return Optional.of(due);
        acts.change(claim, object -> object.with(List.of("spec", "volumeName"), Value.of("pvc-" + claim.uid())));
        acts.changeStatus(claim, object -> {
            var status = object.mapping("status")
                    .with("phase", Value.of("Bound"))
                    .with("capacity", object.mapping("spec", "resources", "requests"));
            return object.with("status", status.with("accessModes", object.sequence("spec", "accessModes")));
        });
        return Optional.empty();
    }

    private void release(Item claim) {
        acts.change(
                claim,
                object -> Meta.withFinalizers(
                        object,
                        Meta.finalizers(object).stream()
                                .filter(finalizer -> !finalizer.equals(PROTECTION))
                                .toList()));
    }
}
