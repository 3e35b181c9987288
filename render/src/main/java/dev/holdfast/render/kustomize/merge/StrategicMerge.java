package dev.holdfast.render.kustomize.merge;

import dev.holdfast.render.kustomize.schema.Definition;
import dev.holdfast.render.kustomize.schema.Types;
import dev.holdfast.render.kustomize.tree.Lists;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A strategic merge patch as Kustomize applies it: maps are merged, null removes, lists are replaced unless their
/// type says by which keys their items are merged (a patch's items come first), and `$patch` replaces or deletes a
/// map, an item or a list.
///
/// Kustomize knows no other directive: `$setElementOrder`, `$retainKeys` and `$deleteFromPrimitiveList` are fields to
/// it like any other.
public final class StrategicMerge {

    private final Types types;

    public StrategicMerge(Types types) {
        this.types = types;
    }

    /// What an object has become.
    public enum Outcome {
        PATCHED,
        DELETED
    }

    /// Changes `object`; the patch is used up.
    /// @throws dev.holdfast.model.FaultException where the two do not fit
    public Outcome apply(Node object, Node patch) {
        return walk(object, patch, null) == null ? Outcome.DELETED : Outcome.PATCHED;
    }

    private @Nullable Node walk(@Nullable Node there, @Nullable Node patch, @Nullable Definition known) {
        var type = known != null ? known : embedded(there, patch);
        var first = present(there) ? there : present(patch) ? patch : null;
        if (first == null) return map(there, patch, type);
        for (var each : new Node[] {there, patch}) if (each != null) Paths.require(each, first.kind());
        return switch (first.kind()) {
            case MAPPING -> map(there, patch, type);
            case SEQUENCE -> {
                if (type != null && type.merges()) yield mergedList(there, patch, type);
                yield patch != null ? patch : there;
            }
            case SCALAR -> scalar(there, patch);
        };
    }

    /// A patch that repeats what is there (kind, name) leaves it where it comes from.
    private static @Nullable Node scalar(@Nullable Node there, @Nullable Node patch) {
        if (patch == null) return there;
        boolean same = there != null
                && there.text().equals(patch.text())
                && there.tag().equals(patch.tag());
        return same ? there : patch;
    }

    private static boolean present(@Nullable Node node) {
        return node != null && !node.isNull();
    }

    /// Inside of what is not known there may be a whole object that says its kind.
    private @Nullable Definition embedded(@Nullable Node there, @Nullable Node patch) {
        for (var each : new Node[] {there, patch}) {
            if (each == null || each.isNull() || !each.isMapping()) continue;
            var apiVersion = each.fieldText("apiVersion");
            var kind = each.fieldText("kind");
            if (apiVersion.isEmpty() || kind.isEmpty()) continue;
            var type = types.type(apiVersion, kind);
            if (type != null) return type;
        }
        return null;
    }

    private @Nullable Node map(@Nullable Node there, @Nullable Node patch, @Nullable Definition type) {
        var result = mapResult(there, patch);
        if (result == null) return null;
        var names = new TreeSet<String>(result.keys());
        if (patch != null) names.addAll(patch.keys());
        for (var name : names) {
            var field = patch == null ? null : patch.get(name);
            var value = walk(result.get(name), field, type == null ? null : type.field(name));
            result.set(name, value);
        }
        return result;
    }

    /// The map into which the fields are merged; null where the whole map goes away.
    private static @Nullable Node mapResult(@Nullable Node there, @Nullable Node patch) {
        if (there == null || there.isNull()) {
            if (patch != null && patch.isMapping() && !patch.isNull()) {
                return Directive.takenFromMap(patch) == Directive.DELETE ? null : patch;
            }
            // a null of the object stays, if it is written as one
            if (patch == null && there != null && !there.text().isEmpty()) return there.asKeptNull();
            return patch;
        }
        if (patch == null) return there;
        if (patch.isNull()) return null;
        return switch (Directive.takenFromMap(patch)) {
            case DELETE -> null;
            case REPLACE -> patch;
            case MERGE -> there;
        };
    }

    private @Nullable Node mergedList(@Nullable Node there, @Nullable Node patch, Definition type) {
        var result = listResult(there, patch);
        if (result == null) return null;
        var sources = new ArrayList<Node>(2);
        // a patch's items come first
        if (patch != null) sources.add(patch);
        sources.add(result);
        var keys = type.keys();
        var identities = new ArrayList<List<String>>();
        for (var source : sources) {
            for (var item : source.content()) {
                var identity = keys.isEmpty() ? List.of(item.text()) : identity(item, keys);
                if (!identities.contains(identity)) identities.add(identity);
            }
        }
        return items(result, patch, new Identities(keys.isEmpty() ? List.of("") : keys, identities), type.items());
    }

    private static @Nullable Node listResult(@Nullable Node there, @Nullable Node patch) {
        if (there == null || there.isNull()) return patch;
        if (patch == null) return there;
        if (patch.isNull()) return null;
        return switch (Directive.takenFromList(patch)) {
            case DELETE -> null;
            case REPLACE -> patch;
            case MERGE -> there;
        };
    }

    private static List<String> identity(Node item, List<String> keys) {
        var identity = new ArrayList<String>(keys.size());
        for (var key : keys) {
            var field = item.get(key);
            identity.add(field == null || field.isEmpty() ? "" : field.text());
        }
        return identity;
    }

    private @Nullable Node items(Node result, @Nullable Node patch, Identities all, @Nullable Definition type) {
        var merged = Node.sequence(result.origin());
        var lastKeys = all.keys();
        for (var identity : all.joined()) {
            var part = all.usable(identity);
            lastKeys = part.keys();
            var wanted = Identities.usable(List.of(identity), identity, all.keys());
            var mine = Lists.find(result, wanted.keys(), wanted.values());
            var theirs = patch == null ? null : Lists.find(patch, wanted.keys(), wanted.values());
            var item = walk(mine, theirs, type);
            if (item == null || item.isNull() || item.isMapping() && item.size() == 0) {
                Lists.set(result, null, part.keys(), part.values());
                continue;
            }
            for (int i = 0; i < part.keys().size(); i++) {
                var key = part.keys().get(i);
                var value = part.values().get(i);
                if (item.isMapping() && item.get(key) == null && !value.isEmpty()) {
                    item.set(key, Node.plain(value, item.origin()));
                }
            }
            Lists.set(merged, item, part.keys(), part.values());
        }
        if (all.joined().isEmpty()) return result;
        append(merged, result, lastKeys);
        return merged;
    }

    /// What was in the list and is not in the merged one yet comes last.
    private static void append(Node merged, Node list, List<String> keys) {
        for (var item : list.content()) {
            if (keys.getFirst().isEmpty()) {
                Lists.set(merged, item, keys, List.of(item.text()));
                continue;
            }
            var values = new ArrayList<String>(keys.size());
            for (var key : keys) {
                Paths.require(item, Node.Kind.MAPPING);
                var field = item.get(key);
                if (field == null) merged.add(item);
                else values.add(field.text());
            }
            if (keys.size() > 1) Lists.set(merged, null, keys, values);
            Lists.set(merged, item, keys, values);
        }
    }
}
