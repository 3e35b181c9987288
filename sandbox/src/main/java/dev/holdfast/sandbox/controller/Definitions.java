package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.definition.Definition;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Establishes definitions, serves what they make, and cleans up when they go.
final class Definitions implements Controller {

    private static final String SHELF = "customresourcedefinitions.apiextensions.k8s.io";
    private static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";
    private static final String MANAGER = "kube-apiserver";

    private final Acts acts;

    Definitions(Acts acts) {
        this.acts = acts;
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        if (shelf.name().equals(SHELF)) {
            look.accept(change.item().key());
            return;
        }
        // the last object of a definition that is going lets it go
        if (change.type() == Change.Type.DELETED && acts.find(SHELF, shelf.name()) != null) look.accept(shelf.name());
    }

    @Override
    public Optional<Instant> look(String key) {
        var item = acts.find(SHELF, key);
        if (item == null) {
            acts.realm().types().undefine(key);
            return Optional.empty();
        }
        var definition = new Definition(item.tree());
        if (Meta.terminating(item.tree())) cleanUp(item);
        else if (accepted(definition)) acts.realm().types().define(definition);
        else establish(item);
        return Optional.empty();
    }

    private static boolean accepted(Definition definition) {
        var wanted = definition.names();
        var given = definition.object().mapping("status", "acceptedNames");
        return definition.established() && wanted.equals(given);
    }

    private void establish(Item item) {
        var time = acts.realm().timestamp();
        acts.changeStatusAs(
                MANAGER,
                item,
                object -> object.with(
                        "status",
                        object.mapping("status")
                                .with("acceptedNames", object.mapping("spec", "names"))
                                .with(
                                        "conditions",
                                        Value.of(List.of(
                                                condition("NamesAccepted", "NoConflicts", "no conflicts found", time),
                                                condition(
                                                        "Established",
                                                        "InitialNamesAccepted",
                                                        "the initial names have been accepted",
                                                        time))))));
    }

    private static Mapping condition(String type, String reason, String message, String time) {
        return Mapping.builder()
                .put("type", type)
                .put("status", "True")
                .put("lastTransitionTime", time)
                .put("reason", reason)
                .put("message", message)
                .build();
    }

    private void cleanUp(Item item) {
        int left = 0;
        for (var instance : acts.shelf(item.name()).items().after("")) {
            left++;
            if (!Meta.terminating(instance.tree())) acts.delete(instance);
        }
        boolean empty = left == 0 || acts.shelf(item.name()).items().size() == 0;
        if (!empty) return;
        acts.realm().types().undefine(item.name());
        acts.changeAs(MANAGER, item, object -> {
            var kept = Meta.finalizers(object).stream()
                    .filter(finalizer -> !finalizer.equals(CLEANUP))
                    .toList();
            return Meta.withFinalizers(object, kept);
        });
    }
}
