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
import java.util.TreeMap;
import java.util.function.Consumer;

/// Empties namespaces that are to go, a moment after they were told, and lets them go when nothing is left.
final class Namespaces implements Controller {

    private static final String SHELF = "namespaces";

    private final Acts acts;
    private final Pace pace;
    private final Map<String, Instant> since = new HashMap<>();

    Namespaces(Acts acts, Pace pace) {
        this.acts = acts;
        this.pace = pace;
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        if (shelf.name().equals(SHELF)) {
            if (change.item().terminating()) look.accept(change.item().key());
            return;
        }
        var namespace = change.item().namespace();
        if (change.type() != Change.Type.DELETED || namespace.isEmpty()) return;
        var home = acts.find(SHELF, namespace);
        if (home != null && home.terminating()) look.accept(namespace);
    }

    @Override
    public Optional<Instant> look(String key) {
        var namespace = acts.find(SHELF, key);
        if (namespace == null || !Meta.terminating(namespace.tree())) {
            since.remove(key);
            return Optional.empty();
        }
        var due = since.computeIfAbsent(key, _ -> acts.now()).plus(pace.namespace());
        if (acts.now().isBefore(due)) return Optional.of(due);
        var left = new TreeMap<String, List<Item>>();
        for (var type : acts.realm().catalog().distinct()) {
            if (!type.namespaced()) continue;
            for (var item : acts.in(type.shelf(), key)) {
                if (type.allows("delete") && !Meta.terminating(item.tree())) acts.delete(item);
            }
            var rest = acts.in(type.shelf(), key);
            if (!rest.isEmpty()) left.put(type.qualified(), rest);
        }
        var conditions =
                NamespaceConditions.of(namespace.tree(), left, acts.realm().timestamp());
        acts.changeStatus(
                namespace,
                object -> Meta.terminating(object) ? object.with(List.of("status", "conditions"), conditions) : object);
        if (left.isEmpty()) {
            acts.changePart(
                    namespace,
                    "finalize",
                    object -> object.with("spec", object.mapping("spec").with("finalizers", Value.of(List.of()))));
        }
        return Optional.empty();
    }
}
