package dev.holdfast.runtime.render;

import dev.holdfast.model.Manifest;
import dev.holdfast.model.Placement;
import dev.holdfast.model.ReadRecord;
import dev.holdfast.model.Snapshot;
import java.util.List;

/// Renders one source of a placement.
@FunctionalInterface
public interface Renderer {

    /// @throws dev.holdfast.model.FaultException where the tree can't be rendered, with file and line
    Result render(Snapshot snapshot, Placement.Source source);

    record Result(List<Manifest> manifests, ReadRecord reads) {
        public Result {
            manifests = List.copyOf(manifests);
        }
    }
}
