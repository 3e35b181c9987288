package dev.holdfast.engine.guard;

import dev.holdfast.model.Digest;
import dev.holdfast.model.GroupKind;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Entry;
import dev.holdfast.model.PlacementKey;
import dev.holdfast.model.Revision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The name of what a person confirms: the placement, the revisions (or that it is the deletion of the app), and
/// the objects that go, each with its uid. Nothing in it changes by itself, and nothing else is agreed to.
public final class PlanDigest {

    private static final List<String> KEPT_WHEN_ADOPTED =
            List.of("Namespace", "CustomResourceDefinition.apiextensions.k8s.io", "PersistentVolumeClaim");

    private PlanDigest() {}

    public static Digest of(PlacementKey placement, List<Revision> revisions, List<Entry> deletes) {
        var lines = new ArrayList<String>();
        for (var revision : revisions) lines.add("revision " + revision.source() + " " + revision.commit());
        lines.sort(Comparator.naturalOrder());
        return digest(placement, lines, deletes);
    }

    /// What `holdfast delete` confirms, computed from the inventory alone: everything goes but adopted Namespaces,
    /// CustomResourceDefinitions and PersistentVolumeClaims, which stay without our marks.
    public static Digest ofDeletion(Inventory inventory) {
        return digest(
                inventory.placement(),
                List.of("deletion"),
                inventory.entries().values().stream()
                        .filter(entry -> !keptWhenAdopted(entry))
                        .toList());
    }

    /// The same with those adopted objects deleted, too.
    public static Digest ofWholeDeletion(Inventory inventory) {
        return digest(
                inventory.placement(),
                List.of("deletion with adopted"),
                List.copyOf(inventory.entries().values()));
    }

    /// What a rebuild of a lost inventory would take in.
    public static Digest ofRebuild(PlacementKey placement, List<Entry> found) {
        return digest(placement, List.of("rebuild"), found);
    }

    /// Existed before us, and much would go with it.
    public static boolean keptWhenAdopted(Entry entry) {
        return entry.adopted() && named(KEPT_WHEN_ADOPTED, entry.ref().groupKind());
    }

    private static boolean named(List<String> kinds, GroupKind kind) {
        return kinds.stream().anyMatch(kind::matches);
    }

    private static Digest digest(PlacementKey placement, List<String> what, List<Entry> deletes) {
        var lines = new ArrayList<String>();
        for (var entry : deletes) {
            lines.add("delete " + entry.ref().marker() + " " + entry.uid().orElse("-"));
        }
        lines.sort(Comparator.naturalOrder());
        lines.addAll(0, what);
        lines.addFirst(placement.id());
        return Digest.of(String.join("\n", lines));
    }
}
