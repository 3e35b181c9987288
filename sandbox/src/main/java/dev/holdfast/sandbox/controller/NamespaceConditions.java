package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.sandbox.controller.Conditions.Said;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a namespace that is going says of what is left in it.
final class NamespaceConditions {

    private NamespaceConditions() {}

    /// `left` holds the objects that are still there, by resource.
    static Sequence of(Mapping namespace, Map<String, List<Item>> left, String time) {
        var said = new ArrayList<Said>();
        said.add(new Said(
                "NamespaceDeletionDiscoveryFailure",
                "False",
                "ResourcesDiscovered",
                "All resources successfully discovered"));
        said.add(new Said(
                "NamespaceDeletionGroupVersionParsingFailure",
                "False",
                "ParsedGroupVersions",
                "All legacy kube types successfully parsed"));
        said.add(new Said(
                "NamespaceDeletionContentFailure",
                "False",
                "ContentDeleted",
                "All content successfully deleted, may be waiting on finalization"));
        said.add(content(left));
        said.add(finalizers(left));
        var conditions = namespace.sequence("status", "conditions");
        for (var each : said) conditions = set(conditions, each, time);
        return conditions;
    }

    private static Said content(Map<String, List<Item>> left) {
        if (left.isEmpty()) {
            return new Said("NamespaceContentRemaining", "False", "ContentRemoved", "All content successfully removed");
        }
        var parts = new ArrayList<String>();
        left.forEach((resource, items) -> parts.add(named(resource) + " has " + items.size() + " resource instances"));
        return new Said(
                "NamespaceContentRemaining",
                "True",
                "SomeResourcesRemain",
                "Some resources are remaining: " + String.join(", ", parts));
    }

    private static Said finalizers(Map<String, List<Item>> left) {
        var counts = new TreeMap<String, Integer>();
        for (var items : left.values()) {
            for (var item : items) {
                for (var finalizer : Meta.finalizers(item.tree())) counts.merge(finalizer, 1, Integer::sum);
            }
        }
        if (counts.isEmpty()) {
            return new Said(
                    "NamespaceFinalizersRemaining",
                    "False",
                    "ContentHasNoFinalizers",
                    "All content-preserving finalizers finished");
        }
        var parts = new ArrayList<String>();
        counts.forEach((finalizer, count) -> parts.add(finalizer + " in " + count + " resource instances"));
        return new Said(
                "NamespaceFinalizersRemaining",
                "True",
                "SomeFinalizersRemain",
                "Some content in the namespace has finalizers remaining: " + String.join(", ", parts));
    }

    /// `configmaps.` for the core group, as the real controller writes it.
    private static String named(String resource) {
        return resource.contains(".") ? resource : resource + ".";
    }

    private static Sequence set(Sequence conditions, Said said, String time) {
        var list = new ArrayList<Mapping>();
        boolean known = false;
        for (var each : conditions.mappings()) {
            boolean same = each.text("type").orElse("").equals(said.type());
            known |= same;
            if (!same) {
                list.add(each);
            } else if (each.text("status").orElse("").equals(said.status())
                    && each.text("message").orElse("").equals(said.message())) {
                list.add(each);
            } else {
                list.add(written(said, time));
            }
        }
        if (!known) list.add(written(said, time));
        return Sequence.of(list);
    }

    private static Mapping written(Said said, String time) {
        return Mapping.builder()
                .put("type", said.type())
                .put("status", said.status())
                .put("lastTransitionTime", time)
                .put("reason", said.reason())
                .put("message", said.message())
                .build();
    }
}
