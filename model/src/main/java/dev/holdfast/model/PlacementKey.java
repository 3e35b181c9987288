package dev.holdfast.model;

import java.util.Comparator;

/// The unit of work: one app on one target. `installation` is the name of this Holdfast, given once; `target` is
/// `here` where the app names none.
public record PlacementKey(String installation, AppName app, String target, String cluster)
        implements Comparable<PlacementKey> {

    private static final Comparator<PlacementKey> ORDER = Comparator.comparing(PlacementKey::app)
            .thenComparing(PlacementKey::target)
            .thenComparing(PlacementKey::cluster)
            .thenComparing(PlacementKey::installation);

    /// 16 hex digits that name this placement in field managers, labels and inventories. Stored in clusters, never
    /// changes.
    public String id() {
        return Digest.of(installation + "/" + app.namespace() + "/" + app.name() + "/" + target)
                .first(16);
    }

    @Override
    public int compareTo(PlacementKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return app + (target.equals("here") ? "" : "@" + target);
    }
}
