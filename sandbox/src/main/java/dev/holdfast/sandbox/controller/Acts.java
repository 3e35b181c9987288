package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.request.LabelSelector;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import dev.holdfast.sandbox.write.Bodies;
import dev.holdfast.sandbox.write.Deleting;
import dev.holdfast.sandbox.write.Target;
import dev.holdfast.sandbox.write.WriteOptions;
import dev.holdfast.sandbox.write.Writers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What controllers see and do. They write as the real ones do, through the same steps as any client.
final class Acts {

    static final String MANAGER = "kube-controller-manager";

    private final Realm realm;
    private final Writers writers;
    private final Events events;

    Acts(Realm realm, Writers writers) {
        this.realm = realm;
        this.writers = writers;
        this.events = new Events(this);
    }

    Controller events() {
        return events;
    }

    Realm realm() {
        return realm;
    }

    Instant now() {
        return realm.tasks().now();
    }

    Shelf shelf(String name) {
        return realm.store().shelf(name);
    }

    @Nullable
    Item find(String shelf, String key) {
        return shelf(shelf).get(key);
    }

    /// The objects of a namespace.
    List<Item> in(String shelf, String namespace) {
        var found = new ArrayList<Item>();
        var prefix = namespace + "/";
        for (var item : shelf(shelf).items().after(prefix)) {
            if (!item.key().startsWith(prefix)) break;
            found.add(item);
        }
        return found;
    }

    /// The objects that one object controls.
    List<Item> controlled(String shelf, Item owner) {
        return realm.store().controlled(shelf(shelf), owner.uid());
    }

    /// What a workload controls, and what it may take over: objects without controller that its selector matches.
    /// Lets go of what it controls and does not match any more.
    List<Item> claimed(String shelf, Item owner) {
        var had = controlled(shelf, owner);
        var free = realm.store().uncontrolled(shelf(shelf), owner.namespace());
        if (had.isEmpty() && free.isEmpty()) return List.of();
        var selector = LabelSelector.of(owner.tree().mapping("spec", "selector"));
        boolean ending = Meta.terminating(owner.tree());
        var mine = new ArrayList<Item>();
        for (var item : had) {
            if (ending || selector.matches(item.labels())) mine.add(item);
            else release(item, owner);
        }
        if (!ending && !free.isEmpty()) adoptAll(free, owner, selector, mine);
        return mine;
    }

    private void adoptAll(List<Item> free, Item owner, LabelSelector selector, List<Item> mine) {
        int before = mine.size();
        for (var item : free) {
            if (!selector.matches(item.labels()) || Meta.terminating(item.tree())) continue;
            adopt(item, owner);
            var adopted = find(type(item.tree()).shelf(), item.key());
            if (adopted != null && controls(owner, adopted)) mine.add(adopted);
        }
        if (mine.size() > before) mine.sort(Comparator.comparing(Item::key));
    }

    private static boolean controlled(Mapping object) {
        return Meta.owners(object).stream()
                .anyMatch(owner -> owner.bool("controller").orElse(false));
    }

    private void adopt(Item item, Item owner) {
        change(item, object -> {
            if (controlled(object)) return object;
            var owners = new ArrayList<Value>(Meta.owners(object));
            ownedBy(owner.tree()).forEach(owners::add);
            return Meta.with(object, "ownerReferences", Value.of(owners));
        });
    }

    private void release(Item item, Item owner) {
        change(item, object -> {
            var others = Meta.owners(object).stream()
                    .filter(reference -> !reference.text("uid").orElse("").equals(owner.uid()))
                    .toList();
            return Meta.with(object, "ownerReferences", others.isEmpty() ? null : Value.of(others));
        });
    }

    private static boolean controls(Item owner, Item item) {
        return item.controller().equals(owner.uid());
    }

    /// The key of the object that controls this one, where it is of the given kind.
    static Optional<String> controllerKey(Item item, String kind) {
        if (item.controller().isEmpty()) return Optional.empty();
        for (var reference : Meta.owners(item.tree())) {
            if (reference.bool("controller").orElse(false)
                    && reference.text("kind").orElse("").equals(kind)) {
                return reference.text("name").map(name -> item.namespace() + "/" + name);
            }
        }
        return Optional.empty();
    }

    /// What makes an object a controlled part of another.
    static Sequence ownedBy(Mapping owner) {
        return Sequence.of(List.of(Mapping.builder()
                .put("apiVersion", Meta.apiVersion(owner))
                .put("kind", Meta.kind(owner))
                .put("name", Meta.name(owner))
                .put("uid", Meta.uid(owner))
                .put("controller", Value.TRUE)
                .put("blockOwnerDeletion", Value.TRUE)
                .build()));
    }

    private ResourceType type(Mapping object) {
        return realm.catalog()
                .ofKind(Meta.apiVersion(object), Meta.kind(object))
                .orElseThrow(Refusal::noSuchResource);
    }

    ResourceType type(String apiVersion, String plural) {
        return realm.catalog().find(apiVersion, plural).orElseThrow(Refusal::noSuchResource);
    }

    Item create(Mapping object) {
        return createAs(MANAGER, object);
    }

    /// Something that happened to an object, as `kubectl describe` shows it.
    void tell(String component, Item about, Told told) {
        events.tell(component, about, told);
    }

    /// A word for what happened and a sentence about it.
    record Told(String type, String reason, String message) {
        static Told normal(String reason, String message) {
            return new Told("Normal", reason, message);
        }

        static Told warning(String reason, String message) {
            return new Told("Warning", reason, message);
        }
    }

    Item createAs(String manager, Mapping object) {
        var target = Target.of(type(object), Meta.namespace(object), "");
        return writers.creating()
                .create(target, new Bodies.Sent(object, List.of()), WriteOptions.by(manager))
                .item();
    }

    /// Creates unless it is there; whoever else made it is welcome.
    void ensure(Mapping object) {
        try {
            create(object);
        } catch (Refusal refused) {
            boolean settled = refused.code() == 409 || refused.code() == 404 || refused.code() == 403;
            if (!settled) throw refused;
        }
    }

    /// Changes an object; nothing when it is gone.
    void change(Item item, UnaryOperator<Mapping> change) {
        write(item, "", MANAGER, change);
    }

    /// The part of an object that has this place of its own.
    void changePart(Item item, String subresource, UnaryOperator<Mapping> change) {
        write(item, subresource, MANAGER, change);
    }

    void changeStatus(Item item, UnaryOperator<Mapping> change) {
        write(item, "status", MANAGER, change);
    }

    void changeStatusAs(String manager, Item item, UnaryOperator<Mapping> change) {
        write(item, "status", manager, change);
    }

    void changeAs(String manager, Item item, UnaryOperator<Mapping> change) {
        write(item, "", manager, change);
    }

    /// Puts a pod on a node, as a scheduler does.
    void bind(Item pod, String node) {
        write(pod, "binding", "", object -> object.with(List.of("spec", "nodeName"), Value.of(node)));
    }

    private void write(Item item, String subresource, String manager, UnaryOperator<Mapping> change) {
        var type = type(item.tree());
        // what is so already needs no write, which would find that out at some cost
        boolean newest = find(type.shelf(), item.key()) == item;
        if (newest && change.apply(item.tree()).equals(item.tree())) return;
        var target = new Target(type, item.namespace(), item.name(), subresource);
        try {
            writers.changing()
                    .patch(
                            target,
                            object -> Meta.uid(object).equals(item.uid()) ? change.apply(object) : object,
                            WriteOptions.by(manager));
        } catch (Refusal refused) {
            if (refused.code() != 404) throw refused;
        }
    }

    void delete(Item item) {
        delete(item, Deleting.Options.PLAIN);
    }

    /// At once, without time to end.
    void deleteNow(Item item) {
        delete(
                item,
                new Deleting.Options(
                        Optional.empty(),
                        Optional.empty(),
                        Deleting.Propagation.UNSAID,
                        Optional.of(0L),
                        WriteOptions.Effect.STORED));
    }

    void delete(Item item, Deleting.Options options) {
        var named = new Deleting.Options(
                Optional.of(item.uid()), Optional.empty(), options.propagation(), options.grace(), options.effect());
        try {
            writers.deleting().delete(Target.of(type(item.tree()), item.namespace(), item.name()), named);
        } catch (Refusal refused) {
            if (refused.code() != 404 && refused.code() != 409) throw refused;
        }
    }
}
