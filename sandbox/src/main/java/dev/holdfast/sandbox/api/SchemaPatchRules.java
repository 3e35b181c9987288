package dev.holdfast.sandbox.api;

import dev.holdfast.fields.Type;
import dev.holdfast.sandbox.patch.PatchRules;
import org.jspecify.annotations.Nullable;

/// The rules of a strategic merge as the schema of a built-in kind has them.
record SchemaPatchRules(@Nullable Type type) implements PatchRules {

    @Override
    public FieldRule field(String name) {
        var map = type == null ? null : type.asMap();
        if (map == null) return UNKNOWN.field(name);
        var field = map.field(name);
        if (field == null) return new FieldRule(Strategy.UNSAID, "", new SchemaPatchRules(map.others()));
        var patch = field.patch();
        var strategy = patch.merges() ? Strategy.MERGE : patch.replaces() ? Strategy.REPLACE : Strategy.UNSAID;
        var list = field.type().asList();
        return new FieldRule(
                strategy, patch.mergeKey(), new SchemaPatchRules(list == null ? field.type() : list.items()));
    }
}
