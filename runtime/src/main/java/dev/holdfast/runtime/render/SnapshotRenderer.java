package dev.holdfast.runtime.render;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Revision;
import dev.holdfast.model.Snapshot;
import dev.holdfast.render.Render;
import dev.holdfast.render.Request;

/// Joins the loop and the renderers: one source of a placement, at one snapshot, becomes manifests.
public final class SnapshotRenderer implements Renderer {

    @Override
    public Renderer.Result render(Snapshot snapshot, Placement.Source source) {
        var revision = new Revision(source.name(), source.ref().orElse("HEAD"), snapshot.id());
        return switch (Render.render(Request.of(snapshot, revision, source))) {
            case dev.holdfast.render.Result.Rendered(var manifests, var reads) -> new Renderer.Result(manifests, reads);
            case dev.holdfast.render.Result.Failed failed -> throw new FaultException(failed.fault());
            case dev.holdfast.render.Result.Needs needs ->
                throw new FaultException(Fault.terminal(
                        "NeedsUnmet", "rendering needs " + needs.needs() + ", which is not here", "Name that source"));
        };
    }
}
