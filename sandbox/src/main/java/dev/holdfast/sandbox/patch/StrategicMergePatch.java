package dev.holdfast.sandbox.patch;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Kubernetes' own patch for the built-in kinds: like a merge patch, but lists of things with names are merged by
/// name, and directives (`$patch`, `$retainKeys`, `$setElementOrder/…`, `$deleteFromPrimitiveList/…`) say what
/// can't be said otherwise.
public final class StrategicMergePatch {

    static final String PATCH = "$patch";
    static final String RETAIN_KEYS = "$retainKeys";
    static final String ORDER = "$setElementOrder/";
    static final String DELETE_FROM = "$deleteFromPrimitiveList/";

    private StrategicMergePatch() {}

    public static Patched apply(Mapping original, Mapping patch, PatchRules rules) {
        try {
            return new Patched.Done(merge(original, patch, rules));
        } catch (FaultException refusal) {
            return Refusals.refused(refusal);
        }
    }

    static Mapping merge(Mapping original, Mapping patch, PatchRules rules) {
        var directive = patch.get(PATCH);
        if (directive != null) return directed(directive, patch);
        var merged = retained(original, patch);
        for (var field : patch) {
            if (field.key().startsWith(ORDER)) merged = ordered(merged, patch, field, rules);
        }
        for (var field : patch) merged = one(merged, patch, field, rules);
        return merged;
    }

    private static Mapping directed(Value directive, Mapping patch) {
        return switch (directive.asText().orElse("")) {
            case "replace" -> patch.without(PATCH);
            case "delete" -> Mapping.EMPTY;
            default -> throw Refusals.internal("unknown patch type: " + directive);
        };
    }

    /// Of a union only the members named stay: with a new strategy the old one's parameters go.
    private static Mapping retained(Mapping original, Mapping patch) {
        var directive = patch.get(RETAIN_KEYS);
        if (directive == null) return original;
        if (!(directive instanceof Sequence names)) throw Refusals.malformed("invalid patch format of retainKeys");
        var kept = new LinkedHashSet<String>();
        for (var name : names) name.asText().ifPresent(kept::add);
        for (var field : patch) {
            boolean counts = !field.value().isNull() && !isDirective(field.key());
            if (counts && !kept.contains(field.key())) throw Refusals.malformed("invalid patch format of retainKeys");
        }
        return original.map((key, value) -> kept.contains(key) ? value : null);
    }

    private static boolean isDirective(String key) {
        return key.equals(RETAIN_KEYS) || key.startsWith(ORDER) || key.startsWith(DELETE_FROM);
    }

    private static Mapping ordered(Mapping merged, Mapping patch, Mapping.Field directive, PatchRules rules) {
        var name = directive.key().substring(ORDER.length());
        if (name.isEmpty() || !(directive.value() instanceof Sequence order)) {
            throw Refusals.malformed("invalid patch format of setElementOrder list");
        }
        var rule = rules.field(name);
        var before = list(merged.get(name));
        var changes = list(patch.get(name));
        if (before == null && changes == null) return merged;
        if (changes != null) ListMerge.refuseOtherOrder(changes, order, rule.mergeKey());
        var list = changes == null
                ? before
                : before == null
                        ? withoutDirectives(changes)
                        : rule.mergesLists() ? ListMerge.merge(before, changes, rule) : changes;
        var known = before == null ? Sequence.EMPTY : before;
        return merged.with(name, ListMerge.sorted(list == null ? known : list, order, known, rule.mergeKey()));
    }

    private static @Nullable Sequence list(@Nullable Value value) {
        if (value == null || value instanceof Sequence) return (Sequence) value;
        throw Refusals.internal("expected a list, but received a " + value.typeName());
    }

    private static Mapping one(Mapping merged, Mapping patch, Mapping.Field field, PatchRules rules) {
        var key = field.key();
        if (key.equals(RETAIN_KEYS) || key.startsWith(ORDER)) return merged;
        if (key.startsWith(DELETE_FROM)) return deleted(merged, key.substring(DELETE_FROM.length()), field.value());
        boolean listDone = patch.has(ORDER + key);
        if (listDone && field.value() instanceof Sequence) return merged;
        if (field.value().isNull()) return merged.without(key);
        var before = merged.get(key);
        return switch (field.value()) {
            case Mapping changes
            when before instanceof Mapping inner -> {
                var rule = rules.field(key);
                yield merged.with(key, rule.mergesMaps() ? merge(inner, changes, rule.inner()) : changes);
            }
            case Sequence changes
            when before instanceof Sequence list ->
                merged.with(
                        key,
                        rules.field(key).mergesLists() ? ListMerge.merge(list, changes, rules.field(key)) : changes);
            case Value other -> {
                var clean = clean(other);
                yield clean == null ? merged.without(key) : merged.with(key, clean);
            }
        };
    }

    private static Mapping deleted(Mapping merged, String key, Value items) {
        if (key.isEmpty() || !(items instanceof Sequence gone)) {
            throw Refusals.malformed("invalid patch format of primitive list");
        }
        if (!(merged.get(key) instanceof Sequence list)) return merged;
        var left = new ArrayList<Value>();
        for (var item : list) {
            if (!gone.items().contains(item)) left.add(item);
        }
        return merged.with(key, Sequence.of(left));
    }

    /// A value that is new in the object: without directives and nulls; null where a directive deletes it.
    static @Nullable Value clean(Value value) {
        return switch (value) {
            case Mapping map -> {
                if (map.get(PATCH) instanceof Value.Text(var directive, var _)) {
                    yield directive.equals("replace") ? clean(map.without(PATCH)) : null;
                }
                yield map.map((key, inner) -> isDirective(key) || inner.isNull() ? null : clean(inner));
            }
            case Sequence list -> withoutDirectives(list);
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> value;
        };
    }

    private static Sequence withoutDirectives(Sequence list) {
        List<Value> kept = new ArrayList<>(list.size());
        for (var item : list) {
            var clean = clean(item);
            boolean marker = item instanceof Mapping map && map.has(PATCH) && map.size() == 1;
            if (clean != null && !marker) kept.add(clean);
        }
        return Sequence.of(kept, list.origin());
    }
}
