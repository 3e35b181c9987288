package dev.holdfast.render.kustomize.transform;

import dev.holdfast.render.kustomize.resource.ResourceList;

/// Changes the objects of a build.
public interface Transformer {

    /// @throws dev.holdfast.model.FaultException terminal, where an object does not fit
    void transform(ResourceList list);
}
