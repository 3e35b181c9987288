package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Removes what an applier applied last time and not this time, unless someone else owns it. What nobody owns
/// (defaults inside a removed item) goes with the item that it is part of; what an updater set beside it stays.
final class Pruning {

    private final ServerSideApply rules;
    private final Owners owners;
    private final ManagedEntry last;
    private final String version;

    /// `owners` hold the applier's new set already; `last` is what it owned before.
    Pruning(ServerSideApply rules, Owners owners, ManagedEntry last, String version) {
        this.rules = rules;
        this.owners = owners;
        this.last = last;
        this.version = version;
    }

    Mapping prune(Mapping merged) {
        if (last.fields().isEmpty() || nothingDropped()) return merged;
        var converted = in(last.apiVersion(), new Versions.Versioned(merged, rules.schema()), version);
        if (converted == null) return merged;
        var type = converted.schema().root();
        var lastSet = last.fields().ensureNamed(type);
        var pruned = Removing.removeFrom(type, converted.object(), lastSet);
        pruned = withOwned(converted, pruned);
        pruned = withoutDropped(converted, pruned, lastSet);
        var back = in(version, new Versions.Versioned(pruned, converted.schema()), last.apiVersion());
        return back == null ? merged : back.object();
    }

    /// The applier still applies all that it owned: the usual case, and nothing to do.
    private boolean nothingDropped() {
        for (var entry : owners.entries()) {
            if (entry.sameIdentity(last)) {
                return entry.apiVersion().equals(last.apiVersion())
                        && last.fields().isSubsetOf(entry.fields());
            }
        }
        return false;
    }

    /// Adds back what someone owns: others, or the applier's new set.
    private Mapping withOwned(Versions.Versioned merged, Mapping pruned) {
        var byVersion = new LinkedHashMap<String, FieldSet>();
        byVersion.put(last.apiVersion(), FieldSet.EMPTY);
        for (var entry : owners.entries()) {
            byVersion.merge(entry.apiVersion(), entry.fields(), FieldSet::union);
        }
        var kept = pruned;
        for (Map.Entry<String, FieldSet> owned : new ArrayList<>(byVersion.entrySet())) {
            if (owned.getValue().isEmpty()) continue;
            kept = withOwned(merged, kept, owned.getKey(), owned.getValue());
        }
        return kept;
    }

    private Mapping withOwned(Versions.Versioned merged, Mapping pruned, String wanted, FieldSet owned) {
        var whole = in(wanted, merged, last.apiVersion());
        var rest = in(wanted, new Versions.Versioned(pruned, merged.schema()), last.apiVersion());
        if (whole == null || rest == null) return pruned;
        var type = whole.schema().root();
        var keep = fields(type, rest.object()).union(owned.ensureNamed(type));
        var kept = Removing.removeFrom(
                type, whole.object(), fields(type, whole.object()).difference(keep));
        var back = in(last.apiVersion(), new Versions.Versioned(kept, whole.schema()), wanted);
        return back == null ? pruned : back.object();
    }

    /// Removes from the merged object just what is gone by now and was the applier's.
    private static Mapping withoutDropped(Versions.Versioned merged, Mapping pruned, FieldSet lastSet) {
        var type = merged.schema().root();
        var gone = fields(type, merged.object()).difference(fields(type, pruned));
        return Removing.removeFrom(type, merged.object(), gone.intersection(lastSet));
    }

    private static FieldSet fields(Type type, Mapping object) {
        return OwnedFields.of(type, object).ensureNamed(type);
    }

    /// The object in another version; null where that is not served.
    private Versions.@Nullable Versioned in(String wanted, Versions.Versioned from, String current) {
        if (wanted.equals(current)) return from;
        return rules.versions().convert(from.object(), from.schema(), wanted).orElse(null);
    }
}
