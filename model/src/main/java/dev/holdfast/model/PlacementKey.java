package dev.holdfast.model;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The unit of work: one app on one target. `installation` is the name of this Holdfast, given once; `target` is
/// `here` where the app names none. No record, because its id and its hash are asked for at every step and are
/// made once.
public final class PlacementKey implements Comparable<PlacementKey> {

    private static final Comparator<PlacementKey> ORDER = Comparator.comparing(PlacementKey::app)
            .thenComparing(PlacementKey::target)
            .thenComparing(PlacementKey::cluster)
            .thenComparing(PlacementKey::installation);

    private final String installation;
    private final AppName app;
    private final String target;
    private final String cluster;
    private final int hash;
    /// A race makes it twice, which does no harm.
    private @Nullable String id;

    public PlacementKey(String installation, AppName app, String target, String cluster) {
        this.installation = installation;
        this.app = app;
        this.target = target;
        this.cluster = cluster;
        this.hash = Objects.hash(installation, app, target, cluster);
    }

    public String installation() {
        return installation;
    }

    public AppName app() {
        return app;
    }

    public String target() {
        return target;
    }

    public String cluster() {
        return cluster;
    }

    /// 16 hex digits that name this placement in field managers, labels and inventories. Stored in clusters, never
    /// changes.
    public String id() {
        var known = id;
        if (known == null) {
            known = Digest.of(installation + "/" + app.namespace() + "/" + app.name() + "/" + target)
                    .first(16);
            id = known;
        }
        return known;
    }

    @Override
    public int compareTo(PlacementKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof PlacementKey that
                        && hash == that.hash
                        && app.equals(that.app)
                        && target.equals(that.target)
                        && cluster.equals(that.cluster)
                        && installation.equals(that.installation);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return app + (target.equals("here") ? "" : "@" + target);
    }
}
