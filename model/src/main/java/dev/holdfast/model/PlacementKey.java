package dev.holdfast.model;

/// The unit of work: one app on one target. `installation` is the name of this Holdfast, given once; `target` is
/// `here` where the app names none.
public record PlacementKey(String installation, AppName app, String target, String cluster)
        implements Comparable<PlacementKey> {

    /// 16 hex digits that name this placement in field managers, labels and inventories. Stored in clusters, never
    /// changes.
    public String id() {
        return Digest.of(installation + "/" + app.namespace() + "/" + app.name() + "/" + target)
                .first(16);
    }

    @Override
    public int compareTo(PlacementKey other) {
        int order = app.compareTo(other.app);
        if (order != 0) return order;
        order = target.compareTo(other.target);
        if (order != 0) return order;
        order = cluster.compareTo(other.cluster);
        if (order != 0) return order;
        return installation.compareTo(other.installation);
    }

    @Override
    public String toString() {
        return app + (target.equals("here") ? "" : "@" + target);
    }
}
