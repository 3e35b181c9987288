package dev.holdfast.render.kustomize.merge;

import dev.holdfast.render.kustomize.tree.Lists;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Refusal;
import java.util.List;

/// What `$patch` asks for.
enum Directive {
    MERGE,
    REPLACE,
    DELETE;

    private static final String KEY = "$patch";

    /// The directive of a map, which is taken out of it.
    static Directive takenFromMap(Node patch) {
        var value = patch.get(KEY);
        if (value == null) return MERGE;
        var directive = of(value);
        patch.remove(KEY);
        return directive;
    }

    /// The directive of a list: an item that holds nothing else.
    static Directive takenFromList(Node patch) {
        for (var item : patch.content()) {
            var value = item.isMapping() ? item.get(KEY) : null;
            if (value == null) continue;
            if (item.size() > 1) return MERGE;
            var directive = of(value);
            Lists.set(patch, null, List.of(KEY), List.of(value.text()));
            return directive;
        }
        return MERGE;
    }

    private static Directive of(Node value) {
        return switch (value.text()) {
            case "merge" -> MERGE;
            case "replace" -> REPLACE;
            case "delete" -> DELETE;
            default -> throw Refusal.at(value.origin(), "unknown patch strategy '" + value.text() + "'");
        };
    }
}
