package dev.holdfast.source;

import dev.holdfast.port.Tasks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// The directories of a store that were read last, bounded by their number and by their entries. A tree's id is its
/// content, so nothing here ever becomes stale.
final class TreeCache {

    private static final int ENTRIES_PER_TREE = 32;

    private final Tasks.Monitor monitor;
    private final int mostTrees;
    private final long mostEntries;
    private final LinkedHashMap<ObjectId, TreeListing> recent = new LinkedHashMap<>(64, 0.75f, true);
    private long entries;

    TreeCache(Tasks.Monitor monitor, int mostTrees, GitSettings.TreeLimits limits) {
        this.monitor = monitor;
        this.mostTrees = mostTrees;
        this.mostEntries = Math.max(limits.directoryEntries(), (long) mostTrees * ENTRIES_PER_TREE);
    }

    Optional<TreeListing> find(ObjectId id) {
        return monitor.hold(() -> Optional.ofNullable(recent.get(id)));
    }

    void keep(ObjectId id, TreeListing listing) {
        monitor.run(() -> {
            if (recent.put(id, listing) != null) return;
            entries += listing.items().size();
            var oldest = recent.entrySet().iterator();
            while (recent.size() > mostTrees || entries > mostEntries && recent.size() > 1) {
                Map.Entry<ObjectId, TreeListing> gone = oldest.next();
                entries -= gone.getValue().items().size();
                oldest.remove();
            }
        });
    }
}
