package dev.holdfast.render;

import dev.holdfast.model.Placement;
import dev.holdfast.model.Revision;
import dev.holdfast.model.Snapshot;

/// What is to be rendered: a path of a snapshot. `revision` is what messages name the snapshot by.
public record Request(
        Snapshot snapshot, Revision revision, String path, Placement.Rendering rendering, RenderLimits limits) {

    public static Request of(Snapshot snapshot, Revision revision, Placement.Source source) {
        return new Request(snapshot, revision, source.path(), source.rendering(), RenderLimits.DEFAULT);
    }
}
