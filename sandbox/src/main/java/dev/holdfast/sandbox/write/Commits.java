package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Store;
import dev.holdfast.sandbox.store.Store.Write;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The last step of every write: nothing for a dry run or when nothing changed, else the commit; tried again from
/// the newest object when another write came between.
public final class Commits {

    private static final int TRIES = 64;

    private final Realm realm;

    public Commits(Realm realm) {
        this.realm = realm;
    }

    private Store store() {
        return realm.store();
    }

    /// Stores a new object, unless there is one already or its namespace is ending.
    Item create(Target target, Mapping object, WriteOptions options) {
        var shelf = realm.shelf(target.type());
        var key = target.key();
        if (shelf.get(key) != null) throw Refusal.alreadyExists(target.subject());
        if (options.dryRun()) return store().preview(key, object);
        var namespaces = store().shelf("namespaces");
        var write = new Write(shelf, key, null, () -> {
            if (!target.type().namespaced()) return true;
            var namespace = namespaces.get(target.namespace());
            return namespace != null && !namespace.terminating();
        });
        var stored = store().put(write, object);
        if (stored.isPresent()) return stored.get();
        if (shelf.get(key) != null) throw Refusal.alreadyExists(target.subject());
        throw Admission.terminating(target);
    }

    /// Changes an object. `change` is given the newest one, as often as it takes.
    Item update(Target target, WriteOptions options, UnaryOperator<Mapping> change) {
        var shelf = realm.shelf(target.type());
        for (int i = 0; i < TRIES; i++) {
            var current = shelf.get(target.key());
            if (current == null) throw Refusal.notFound(target.subject());
            var done = commit(target, options, current, change.apply(current.tree()));
            if (done.isPresent()) return done.get();
        }
        throw Refusal.modified(target.subject());
    }

    /// Empty when another write came between.
    Optional<Item> commit(Target target, WriteOptions options, Item current, Mapping changed) {
        if (ended(changed)) return remove(target, options, current, changed);
        var version = current.tree().at("metadata", "resourceVersion");
        var same = version == null ? changed : Meta.with(changed, "resourceVersion", version);
        if (same.equals(current.tree())) return Optional.of(current);
        if (options.dryRun()) return Optional.of(store().preview(current.key(), same));
        return store().put(Write.of(realm.shelf(target.type()), current.key(), current), changed);
    }

    /// The answer to a write that ends an object shows it with the version it had.
    private Optional<Item> remove(Target target, WriteOptions options, Item current, Mapping changed) {
        var last = Meta.with(changed, "resourceVersion", Value.of(Long.toString(current.version())));
        var shown = store().preview(current.key(), last);
        if (options.dryRun()) return Optional.of(shown);
        return store().remove(Write.of(realm.shelf(target.type()), current.key(), current), changed)
                .map(_ -> shown);
    }

    /// An object that is to go and that nothing holds any more.
    private static boolean ended(Mapping object) {
        if (!Meta.terminating(object) || !Meta.finalizers(object).isEmpty()) return false;
        if (Meta.kind(object).equals("Namespace") && Meta.apiVersion(object).equals("v1")) {
            return object.sequence("spec", "finalizers").isEmpty();
        }
        return object.whole("metadata", "deletionGracePeriodSeconds").orElse(0L) == 0;
    }
}
