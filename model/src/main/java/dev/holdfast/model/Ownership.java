package dev.holdfast.model;

/// How a placement marks what it owns: part of the placement, never of the code that applies. Stored in clusters.
public record Ownership(String fieldManager, String labelKey, String labelValue, String markerAnnotation) {

    public static final String OWNER_LABEL = "holdfast.dev/owner";
    public static final String OBJECT_ANNOTATION = "holdfast.dev/object";
    public static final String MANAGER_PREFIX = "holdfast-";

    /// The native identity: field manager `holdfast-<id>`, label `holdfast.dev/owner: <id>`, and an annotation that
    /// names the object itself, because operators copy labels and annotations to children: a copy is not ours.
    public static Ownership of(PlacementKey key) {
        var id = key.id();
        return new Ownership(MANAGER_PREFIX + id, OWNER_LABEL, id, OBJECT_ANNOTATION);
    }

    /// Whether a live object's own marker says that it belongs to this placement.
    public boolean marks(LiveObject live) {
        return live.owner().filter(labelValue::equals).isPresent()
                && live.marker().filter(live.ref().marker()::equals).isPresent();
    }
}
