package dev.holdfast.sandbox.write;

import dev.holdfast.fields.Applied;
import dev.holdfast.fields.Conflicts;
import dev.holdfast.fields.FieldPath;
import dev.holdfast.fields.FieldSet;
import dev.holdfast.fields.ManagedEntry;
import dev.holdfast.fields.ManagedFields;
import dev.holdfast.fields.Schema;
import dev.holdfast.fields.ServerSideApply;
import dev.holdfast.fields.Writer;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.answer.Refusal.Cause;
import dev.holdfast.sandbox.kind.KindFacts.Door;
import dev.holdfast.sandbox.realm.Realm;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Who wrote which field: keeps the managed fields of objects up to date, and applies configurations.
final class Ownership {

    private final Realm realm;
    private final Kinds kinds;
    private final PrintedOwners printed = new PrintedOwners();
    private final Map<Rules, ServerSideApply> known = new ConcurrentHashMap<>();

    private record Rules(Gvk gvk, Door door) {}

    Ownership(Realm realm, Kinds kinds) {
        this.realm = realm;
        this.kinds = kinds;
    }

    /// The new object with its writer as owner of what was sent.
    Mapping created(Target target, Mapping object, WriteOptions options) {
        var owned = apply(target).update(Mapping.EMPTY, object, ManagedFields.NONE, writer(target, options));
        return printed.into(owned, object);
    }

    /// The changed object with the writer as owner of what changed.
    Mapping updated(Target target, Mapping live, Mapping object, WriteOptions options) {
        var before = printed.of(live);
        // nobody owns the node that a pod is bound to
        if (target.subresource().equals("binding")) return before.into(ManagedFields.without(object));
        if (target.type().custom() && target.subresource().equals("scale")) return scaled(target, object, before);
        var sent = ManagedFields.sentOrLive(object, before);
        var owned = apply(target).update(live, object, sent, writer(target, options));
        return printed.into(owned, ManagedFields.without(object));
    }

    /// The server knows no schema of a custom resource's Scale: who scales one owns nothing, and whoever owned its
    /// replicas does no longer (recorded).
    private Mapping scaled(Target target, Mapping object, ManagedFields before) {
        var path = realm.types().scale(target.type()).spec().toArray(String[]::new);
        var replicas = FieldSet.of(FieldPath.ofFields(path));
        var left = new ArrayList<ManagedEntry>();
        for (var entry : before.entries()) {
            var fields = entry.fields().difference(replicas);
            if (fields.isEmpty()) continue;
            left.add(new ManagedEntry(
                    entry.manager(), entry.operation(), entry.apiVersion(), entry.time(), entry.subresource(), fields));
        }
        return new ManagedFields(left).into(ManagedFields.without(object));
    }

    /// The object that a configuration makes where there is none.
    Mapping applied(Target target, Mapping config, WriteOptions options) {
        return applied(target, Mapping.EMPTY, config, options);
    }

    /// The live object (an empty one where there is none) with the configuration applied.
    Mapping applied(Target target, Mapping live, Mapping config, WriteOptions options) {
        var conflicts = options.conflicts() == WriteOptions.Conflicts.FORCED ? Conflicts.FORCE : Conflicts.REFUSE;
        var applied = apply(target, live, config, options, conflicts);
        if (applied instanceof Applied.Conflicting(var found) && LastApplied.concerns(options.manager())) {
            var left = LastApplied.unsettled(found, live, realm.types().schema(target.type()));
            applied = left.isEmpty()
                    ? apply(target, live, config, options, Conflicts.FORCE)
                    : new Applied.Conflicting(left);
        }
        return switch (applied) {
            case Applied.Merged(var object, var managed, var change) -> {
                var merged = change == Applied.Change.NOTHING ? live : printed.into(managed, object);
                yield LastApplied.concerns(options.manager()) ? LastApplied.following(merged, config) : merged;
            }
            case Applied.Conflicting conflicting -> throw conflict(conflicting);
            case Applied.Untyped untyped -> throw Refusal.internal(untyped.message());
        };
    }

    private Applied apply(Target target, Mapping live, Mapping config, WriteOptions options, Conflicts conflicts) {
        return apply(target).apply(live, printed.of(live), config, writer(target, options), conflicts);
    }

    /// The managed fields as they were where nothing but their times would change.
    static Mapping settled(Mapping live, Mapping object) {
        // most writes change something: that is seen sooner than who owns what is read
        if (!sameBut(live, object)) return object;
        var before = ManagedFields.ofOrNone(live);
        return ManagedFields.ofOrNone(object).equalsIgnoringTimes(before) ? before.into(object) : object;
    }

    private static boolean sameBut(Mapping live, Mapping object) {
        if (live.size() != object.size() || !plain(object).equals(plain(live))) return false;
        for (var field : object) {
            if (!field.key().equals("metadata") && !field.value().equals(live.get(field.key()))) return false;
        }
        return true;
    }

    private static Mapping plain(Mapping object) {
        return object.mapping("metadata").without("managedFields").without("resourceVersion");
    }

    private static Refusal conflict(Applied.Conflicting conflicting) {
        var causes = new ArrayList<Cause>();
        for (var conflict : conflicting.conflicts()) {
            causes.add(new Cause(
                    "FieldManagerConflict", conflict.cause(), conflict.path().toString()));
        }
        return Refusal.applyConflict(conflicting.message(), causes);
    }

    private Writer writer(Target target, WriteOptions options) {
        return new Writer(
                options.manager(),
                target.type().apiVersion(),
                target.subresource(),
                realm.tasks().now());
    }

    private ServerSideApply apply(Target target) {
        var schema = realm.types().schema(target.type());
        var door = target.status() ? Door.STATUS : Door.MAIN;
        var key = new Rules(schema.gvk(), door);
        var found = known.get(key);
        if (found != null && found.schema() == schema) return found;
        var made = make(target, schema, door);
        known.put(key, made);
        return made;
    }

    private ServerSideApply make(Target target, Schema schema, Door door) {
        var reset = new ArrayList<FieldPath>();
        for (var path : kinds.facts(target.type()).resetFields(door)) {
            reset.add(FieldPath.ofFields(path.toArray(String[]::new)));
        }
        return ServerSideApply.of(schema).withResetFields(FieldSet.of(reset.toArray(FieldPath[]::new)));
    }
}
