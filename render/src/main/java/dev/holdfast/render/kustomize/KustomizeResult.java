package dev.holdfast.render.kustomize;

import dev.holdfast.model.Mapping;
import java.util.List;

/// What came of a build.
public sealed interface KustomizeResult {

    /// The objects in the order asked for.
    record Built(List<Mapping> objects) implements KustomizeResult {
        public Built {
            objects = List.copyOf(objects);
        }
    }

    /// These must be fetched; then the same build is asked for again with them. There may be more needs then.
    record Needs(List<RemoteBase> bases) implements KustomizeResult {
        public Needs {
            bases = List.copyOf(bases);
        }
    }
}
