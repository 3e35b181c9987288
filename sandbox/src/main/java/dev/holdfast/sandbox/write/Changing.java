package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.kind.DefaultingContext;
import dev.holdfast.sandbox.kind.KindFacts.Door;
import dev.holdfast.sandbox.object.Conversion;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.write.Written.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Changes objects: replaced as a whole, patched, or applied.
public final class Changing {

    private static final List<String> FIXED =
            List.of("creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink");

    /// Kinds of which an update makes the object that it does not find, as their strategies in the API server say.
    private static final Set<String> MADE_BY_UPDATES = Set.of(
            "services",
            "endpoints",
            "events",
            "events.events.k8s.io",
            "limitranges",
            "podtemplates",
            "leases.coordination.k8s.io",
            "roles.rbac.authorization.k8s.io",
            "rolebindings.rbac.authorization.k8s.io",
            "clusterroles.rbac.authorization.k8s.io",
            "clusterrolebindings.rbac.authorization.k8s.io");

    private final Realm realm;
    private final Kinds kinds;
    private final Rules rules;
    private final Ownership ownership;
    private final Commits commits;
    private final Admission admission;
    private final Creating creating;

    Changing(Realm realm, Parts parts, Creating creating) {
        this.realm = realm;
        this.kinds = parts.kinds();
        this.rules = parts.rules();
        this.ownership = parts.ownership();
        this.commits = parts.commits();
        this.admission = parts.admission();
        this.creating = creating;
    }

    /// From a PUT.
    public Written replace(Target target, Bodies.Sent sent, WriteOptions options) {
        var warnings = rules.unknown(target.type(), sent, options.validation());
        var object = Creating.placed(target, Conversion.to(target.type(), sent.object()));
        named(target, object);
        boolean absent = realm.shelf(target.type()).get(target.key()) == null;
        if (absent
                && target.subresource().isEmpty()
                && MADE_BY_UPDATES.contains(target.type().qualified())) {
            return creating.create(new Target(target.type(), target.namespace(), "", ""), sent, options);
        }
        if (target.type().custom() && unversioned(object)) {
            throw Refusal.invalid(
                    target.kindSubject(),
                    List.of(new Refusal.Cause(
                            "FieldValueInvalid",
                            "Invalid value: 0: must be specified for an update",
                            "metadata.resourceVersion")));
        }
        var item = commits.update(target, options, current -> {
            var uid = Meta.uid(object);
            if (!uid.isEmpty() && !uid.equals(Meta.uid(current))) {
                throw Refusal.conflict(
                        target.subject(),
                        "Precondition failed: UID in precondition: " + uid + ", UID in object meta: "
                                + Meta.uid(current));
            }
            return changed(target, current, object, options);
        });
        return new Written(item, Result.CHANGED, warnings);
    }

    /// From a patch that is computed anew from whatever the object is by then.
    public Written patch(Target target, UnaryOperator<Mapping> patch, WriteOptions options) {
        var warnings = new ArrayList<String>();
        var item = commits.update(target, options, current -> {
            var seen = realm.types().seen(target.type(), current);
            var patched = patch.apply(seen);
            named(target, patched);
            warnings.clear();
            warnings.addAll(rules.patched(target.type(), seen, patched, patch, options.validation()));
            return changed(target, current, patched, options);
        });
        return new Written(item, Result.CHANGED, warnings);
    }

    /// From a server-side apply.
    public Written apply(Target target, Mapping sent, WriteOptions options) {
        if (sent.mapping("metadata").has("managedFields")) {
            throw Refusal.badRequest("metadata.managedFields must be nil");
        }
        var config = Conversion.to(target.type(), sent);
        Creating.placed(target, config);
        while (true) {
            var current = realm.shelf(target.type()).get(target.key());
            // an object that is there lends its name to a configuration without one
            if (current == null || !Meta.name(config).isEmpty()) named(target, config);
            if (current == null) {
                var created = createByApply(target, config, options);
                if (created.isPresent()) return created.get();
                continue;
            }
            var live = realm.types().seen(target.type(), current.tree());
            versioned(target, config, current.tree());
            var merged = ownership.applied(target, live, config, options);
            // what is so already was read, completed and judged when it came to be so
            if (merged == live && live == current.tree() && !target.type().custom()) return Written.changed(current);
            var done = commits.commit(
                    target, options, current, finish(target, current.tree(), kinds.read(target.type(), merged, live)));
            if (done.isPresent()) return Written.changed(done.get());
        }
    }

    private java.util.Optional<Written> createByApply(Target target, Mapping config, WriteOptions options) {
        if (!target.subresource().isEmpty()) throw Refusal.notFound(target.subject());
        var uid = Meta.uid(config);
        if (!uid.isEmpty()) {
            throw Refusal.conflict(
                    target.subject(),
                    "uid mismatch: the provided object specified uid " + uid + ", and no existing object was found");
        }
        if (!Meta.resourceVersion(config).isEmpty()) throw Refusal.modified(target.subject());
        var object = ownership.applied(target, config, options);
        try {
            var placed = Creating.placed(target, kinds.read(target.type(), object));
            var item = creating.createApplied(target, placed, options);
            return java.util.Optional.of(new Written(item, Result.CREATED, List.of()));
        } catch (Refusal refused) {
            // someone else made it meanwhile: then it is changed instead
            if (refused.code() == 409 && realm.shelf(target.type()).get(target.key()) != null) {
                return java.util.Optional.empty();
            }
            throw refused;
        }
    }

    private Mapping changed(Target target, Mapping current, Mapping object, WriteOptions options) {
        versioned(target, object, current);
        var live = realm.types().seen(target.type(), current);
        var read = confined(target, live, kinds.read(target.type(), identified(live, object), live));
        return finish(target, current, ownership.updated(target, live, read, options));
    }

    /// What every change ends with.
    private Mapping finish(Target target, Mapping current, Mapping object) {
        var type = target.type();
        var live = realm.types().seen(type, current);
        var context = DefaultingContext.updating(live, new Allocations(realm));
        var complete = confined(target, live, kinds.complete(type, identified(live, object), context));
        var numbered = Meta.with(complete, "resourceVersion", Value.of(Meta.resourceVersion(current)));
        admission.changed(target, numbered);
        rules.changed(target, live, numbered);
        var settled = Ownership.settled(live, numbered);
        boolean counts = !target.status() && kinds.facts(type).bumpsGeneration(type.gvk(), live, complete);
        var counted = counts ? Meta.with(settled, "generation", Value.of(Meta.generation(live) + 1)) : settled;
        return counted;
    }

    private Mapping confined(Target target, Mapping live, Mapping object) {
        if (SystemParts.concerns(target)) return SystemParts.confined(target, object, live);
        var confined = kinds.facts(target.type()).confined(object, live, target.status() ? Door.STATUS : Door.MAIN);
        return PodParts.concerns(target)
                ? PodParts.confined(target, confined, live)
                : SystemParts.kept(target, confined, live);
    }

    /// The metadata that no client writes, as it is.
    private static Mapping identified(Mapping live, Mapping object) {
        return Meta.change(object, metadata -> {
            var old = live.mapping("metadata");
            var kept = metadata;
            for (var field : FIXED) {
                var value = old.get(field);
                kept = value == null ? kept.without(field) : kept.with(field, value);
            }
            if (kept.text("uid").orElse("").isEmpty()) kept = kept.with("uid", Value.of(Meta.uid(live)));
            return kept;
        });
    }

    private static void named(Target target, Mapping object) {
        var name = Meta.name(object);
        if (name.equals(target.name())) return;
        if (name.isEmpty()) {
            throw Refusal.badRequest("the name of the object (" + target.name()
                    + " based on URL) was undeterminable: name must be provided");
        }
        throw Refusal.badRequest(
                "the name of the object (" + name + ") does not match the name on the URL (" + target.name() + ")");
    }

    /// "0" asks for no version, as none at all does (the API server's `Store.Update`).
    private static boolean unversioned(Mapping object) {
        var version = Meta.resourceVersion(object);
        return version.isEmpty() || version.equals("0");
    }

    private static void versioned(Target target, Mapping object, Mapping current) {
        var version = Meta.resourceVersion(object);
        if (!unversioned(object) && !version.equals(Meta.resourceVersion(current))) {
            throw Refusal.modified(target.subject());
        }
    }
}
