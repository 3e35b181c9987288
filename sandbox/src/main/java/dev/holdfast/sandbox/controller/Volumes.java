package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Value;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Offers new volumes, and lets volumes go that are bound to no claim.
final class Volumes implements Controller {

    private static final String SHELF = "persistentvolumes";
    private static final String PROTECTION = "kubernetes.io/pv-protection";

    private final Acts acts;

    Volumes(Acts acts) {
        this.acts = acts;
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        if (shelf.name().equals(SHELF) && change.type() != Change.Type.DELETED) {
            look.accept(change.item().key());
        }
    }

    @Override
    public Optional<Instant> look(String key) {
        var volume = acts.find(SHELF, key);
        if (volume == null) return Optional.empty();
        var phase = volume.tree().text("status", "phase").orElse("Pending");
        if (Meta.terminating(volume.tree())) {
            if (!phase.equals("Bound")) release(volume);
        } else if (phase.equals("Pending")) {
            acts.changeStatus(volume, object -> object.with(List.of("status", "phase"), Value.of("Available")));
        }
        return Optional.empty();
    }

    private void release(Item volume) {
        acts.change(
                volume,
                object -> Meta.withFinalizers(
                        object,
                        Meta.finalizers(object).stream()
                                .filter(finalizer -> !finalizer.equals(PROTECTION))
                                .toList()));
    }
}
