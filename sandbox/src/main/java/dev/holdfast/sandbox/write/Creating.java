package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.answer.Refusal.Cause;
import dev.holdfast.sandbox.kind.DefaultingContext;
import dev.holdfast.sandbox.kind.PodWarnings;
import dev.holdfast.sandbox.object.Conversion;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.write.Written.Result;
import java.util.ArrayList;
import java.util.List;

/// Makes new objects.
public final class Creating {

    private static final int NAMES_TRIED = 8;
    private static final List<String> SERVER_OWN = List.of(
            "uid",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generation",
            "managedFields",
            "selfLink");

    private final Realm realm;
    private final Kinds kinds;
    private final Rules rules;
    private final Ownership ownership;
    private final Admission admission;
    private final Commits commits;

    Creating(Realm realm, Parts parts) {
        this.realm = realm;
        this.kinds = parts.kinds();
        this.rules = parts.rules();
        this.ownership = parts.ownership();
        this.admission = parts.admission();
        this.commits = parts.commits();
    }

    /// From a POST.
    public Written create(Target collection, Bodies.Sent sent, WriteOptions options) {
        var type = collection.type();
        var warnings = rules.unknown(type, sent, options.validation());
        var object = placed(collection, Conversion.to(type, sent.object()));
        if (!Meta.resourceVersion(object).isEmpty()) {
            throw Refusal.internal("resourceVersion should not be set on objects to be created");
        }
        var generated = Meta.name(object).isEmpty();
        for (int i = 1; ; i++) {
            var target = collection.named(generated ? generate(collection, object) : Meta.name(object));
            try {
                var named = Meta.with(object, "name", Value.of(target.name()));
                var stored = store(target, named, options);
                var told = new ArrayList<>(warnings);
                told.addAll(PodWarnings.of(type.gvk(), stored.tree()));
                return new Written(stored, Result.CREATED, told);
            } catch (Refusal refused) {
                if (!generated || refused.code() != 409 || i == NAMES_TRIED) throw refused;
            }
        }
    }

    private String generate(Target collection, Mapping object) {
        var start = object.text("metadata", "generateName").orElse("");
        if (start.isEmpty()) {
            throw Refusal.invalid(
                    collection.kindSubject(),
                    List.of(new Cause(
                            "FieldValueRequired",
                            "Required value: name or generateName is required",
                            "metadata.name")));
        }
        return (start.length() > 58 ? start.substring(0, 58) : start)
                + realm.chance().suffix();
    }

    /// The object in the namespace of the request's address.
    static Mapping placed(Target target, Mapping object) {
        var own = Meta.namespace(object);
        if (!target.type().namespaced()) return Meta.with(object, "namespace", null);
        if (!own.isEmpty() && !own.equals(target.namespace())) {
            throw Refusal.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        return Meta.with(object, "namespace", Value.of(target.namespace()));
    }

    private Item store(Target target, Mapping object, WriteOptions options) {
        admission.create(target);
        var bare = Meta.change(object, metadata -> {
            var stripped = metadata;
            for (var field : SERVER_OWN) stripped = stripped.without(field);
            return stripped;
        });
        var read = reset(target, kinds.read(target.type(), bare));
        return finish(target, ownership.created(target, read, options), options);
    }

    /// From an apply whose object is not there: fields and their owners are settled already.
    Item createApplied(Target target, Mapping object, WriteOptions options) {
        admission.create(target);
        return finish(target, reset(target, object), options);
    }

    private Mapping reset(Target target, Mapping object) {
        return kinds.facts(target.type()).statusResetOnCreate() ? object.without("status") : object;
    }

    private Item finish(Target target, Mapping object, WriteOptions options) {
        var type = target.type();
        var uid = realm.chance().uid();
        var identified = Meta.change(object, metadata -> {
            var filled = metadata.with("uid", Value.of(uid)).with("creationTimestamp", Value.of(realm.timestamp()));
            return kinds.facts(type).hasGeneration() ? filled.with("generation", Value.of(1)) : filled;
        });
        var context = DefaultingContext.creating(uid, options.dryRun() ? Allocations.forgetful() : allocator(), object);
        admission.asked(target, identified);
        var complete = kinds.complete(type, identified, context);
        var admitted = admission.admitted(target, complete);
        rules.created(target, admitted);
        admission.room(target, admitted);
        return commits.create(target, admitted, options);
    }

    private dev.holdfast.sandbox.kind.Allocator allocator() {
        return new Allocations(realm);
    }
}
