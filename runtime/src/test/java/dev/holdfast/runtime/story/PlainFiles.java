package dev.holdfast.runtime.story;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Revision;
import dev.holdfast.model.Snapshot;
import dev.holdfast.render.Render;
import dev.holdfast.render.Request;
import dev.holdfast.runtime.render.Renderer;

/// Plain manifests, as the program renders them.
final class PlainFiles implements Renderer {

    @Override
    public Renderer.Result render(Snapshot snapshot, Placement.Source source) {
        var revision = new Revision(source.name(), source.ref().orElse("HEAD"), snapshot.id());
        return switch (Render.render(Request.of(snapshot, revision, source))) {
            case dev.holdfast.render.Result.Rendered(var manifests, var reads) -> new Renderer.Result(manifests, reads);
            case dev.holdfast.render.Result.Failed failed -> throw new FaultException(failed.fault());
            case dev.holdfast.render.Result.Needs _ -> throw new IllegalStateException("plain manifests need nothing");
        };
    }
}
