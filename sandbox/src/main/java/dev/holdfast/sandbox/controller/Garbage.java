package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.resource.Catalog;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import dev.holdfast.sandbox.write.Deleting;
import dev.holdfast.sandbox.write.Deleting.Propagation;
import dev.holdfast.sandbox.write.WriteOptions.Effect;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Deletes what is owned by nobody any more, and carries out foreground and orphaning deletions. Keys are
/// `shelf|key` of an object.
final class Garbage implements Controller {

    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";

    private final Acts acts;
    /// The uid of an owner to the places of what it owns.
    private final Map<String, TreeSet<String>> owned = new HashMap<>();

    Garbage(Acts acts) {
        this.acts = acts;
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        var item = change.item();
        var place = shelf.name() + "|" + item.key();
        var previous = change.previous();
        boolean stays = change.type() != Change.Type.DELETED;
        boolean unowned = !item.owned() && (previous == null || !previous.owned());
        if (stays && unowned) {
            if (item.terminating()) look.accept(place);
            return;
        }
        var owners = item.owned() ? Meta.owners(item.tree()) : List.<Mapping>of();
        if (previous != null && previous.owned()) {
            var before = Meta.owners(previous.tree());
            if (stays && !item.terminating() && before.equals(owners)) return;
            for (var owner : before) forget(uid(owner), place);
        }
        if (!stays) {
            for (var owner : owners) {
                forget(uid(owner), place);
                // a foreground deletion waits for what it owns
                lookAt(owner, item, look);
            }
            for (var dependent : owned.getOrDefault(item.uid(), new TreeSet<>())) look.accept(dependent);
            return;
        }
        for (var owner : owners)
            owned.computeIfAbsent(uid(owner), _ -> new TreeSet<>()).add(place);
        if (!owners.isEmpty() || item.terminating()) look.accept(place);
    }

    private void forget(String uid, String place) {
        var places = owned.get(uid);
        if (places == null) return;
        places.remove(place);
        if (places.isEmpty()) owned.remove(uid);
    }

    private void lookAt(Mapping owner, Item dependent, Consumer<String> look) {
        place(owner, dependent.namespace()).ifPresent(look);
    }

    private Optional<String> place(Mapping owner, String namespace) {
        return acts.realm()
                .catalog()
                .ofKind(owner.text("apiVersion").orElse(""), owner.text("kind").orElse(""))
                .map(type -> type.shelf() + "|"
                        + type.key(namespace, owner.text("name").orElse("")));
    }

    @Override
    public Optional<Instant> look(String place) {
        int bar = place.indexOf('|');
        var item = acts.find(place.substring(0, bar), place.substring(bar + 1));
        if (item == null) return Optional.empty();
        var finalizers = Meta.finalizers(item.tree());
        if (Meta.terminating(item.tree())) {
            if (finalizers.contains(ORPHAN)) orphan(item);
            else if (finalizers.contains(FOREGROUND)) foreground(item);
            return Optional.empty();
        }
        collect(item);
        return Optional.empty();
    }

    private void collect(Item item) {
        var owners = Meta.owners(item.tree());
        if (owners.isEmpty()) return;
        boolean waiting = false;
        boolean kept = false;
        var lost = new TreeSet<String>();
        for (var owner : owners) {
            switch (standing(owner, item.namespace())) {
                case PRESENT, UNKNOWN -> kept = true;
                case ENDING -> {
                    waiting = true;
                    lost.add(uid(owner));
                }
                case ABSENT -> lost.add(uid(owner));
            }
        }
        if (kept) {
            // it stays for the owners that are left
            if (!lost.isEmpty()) disown(item, lost);
            return;
        }
        var propagation = waiting ? Propagation.FOREGROUND : Propagation.BACKGROUND;
        boolean asked = Meta.finalizers(item.tree()).contains(FOREGROUND);
        acts.delete(
                item,
                new Deleting.Options(
                        Optional.empty(),
                        Optional.empty(),
                        asked ? Propagation.FOREGROUND : propagation,
                        Optional.empty(),
                        Effect.STORED));
    }

    private enum Standing {
        PRESENT,
        /// It is being deleted, in the foreground: what it owns goes first.
        ENDING,
        ABSENT,
        /// Its kind is not served here: nothing can be said, so nothing is deleted.
        UNKNOWN
    }

    private Standing standing(Mapping owner, String namespace) {
        var apiVersion = owner.text("apiVersion").orElse("");
        var kind = owner.text("kind").orElse("");
        var type = acts.realm().catalog().ofKind(apiVersion, kind);
        if (type.isEmpty()) {
            // another version of the kind may be served
            type = acts.realm().catalog().versions(Catalog.groupOf(apiVersion)).stream()
                    .flatMap(version -> acts.realm().catalog().ofKind(version, kind).stream())
                    .findFirst();
        }
        if (type.isEmpty() || type.get().namespaced() && namespace.isEmpty()) return Standing.UNKNOWN;
        var found = acts.find(
                type.get().shelf(), type.get().key(namespace, owner.text("name").orElse("")));
        if (found == null || !found.uid().equals(uid(owner))) return Standing.ABSENT;
        boolean ending =
                Meta.terminating(found.tree()) && Meta.finalizers(found.tree()).contains(FOREGROUND);
        return ending ? Standing.ENDING : Standing.PRESENT;
    }

    private void foreground(Item item) {
        boolean blocked = false;
        for (var place : List.copyOf(owned.getOrDefault(item.uid(), new TreeSet<>()))) {
            int bar = place.indexOf('|');
            var dependent = acts.find(place.substring(0, bar), place.substring(bar + 1));
            if (dependent == null) continue;
            blocked |= Meta.owners(dependent.tree()).stream()
                    .anyMatch(owner -> uid(owner).equals(item.uid())
                            && owner.bool("blockOwnerDeletion").orElse(false));
            if (!Meta.terminating(dependent.tree())) collect(dependent);
        }
        boolean left = owned.getOrDefault(item.uid(), new TreeSet<>()).stream().anyMatch(place -> {
            int bar = place.indexOf('|');
            return acts.find(place.substring(0, bar), place.substring(bar + 1)) != null;
        });
        if (!blocked || !left) without(item, FOREGROUND);
    }

    private void orphan(Item item) {
        for (var place : List.copyOf(owned.getOrDefault(item.uid(), new TreeSet<>()))) {
            int bar = place.indexOf('|');
            var dependent = acts.find(place.substring(0, bar), place.substring(bar + 1));
            if (dependent == null) continue;
            disown(dependent, Set.of(item.uid()));
        }
        without(item, ORPHAN);
    }

    private void disown(Item dependent, Set<String> uids) {
        acts.change(dependent, object -> {
            var others = Meta.owners(object).stream()
                    .filter(owner -> !uids.contains(uid(owner)))
                    .toList();
            return Meta.with(object, "ownerReferences", others.isEmpty() ? null : Value.of(others));
        });
    }

    private void without(Item item, String finalizer) {
        acts.change(
                item,
                object -> Meta.withFinalizers(
                        object,
                        Meta.finalizers(object).stream()
                                .filter(each -> !each.equals(finalizer))
                                .toList()));
    }

    private static String uid(Mapping owner) {
        return owner.text("uid").orElse("");
    }
}
