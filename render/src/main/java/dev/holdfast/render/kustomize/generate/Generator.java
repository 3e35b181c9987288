package dev.holdfast.render.kustomize.generate;

import dev.holdfast.render.kustomize.resource.ResourceList;

/// Makes objects.
public interface Generator {

    /// @throws dev.holdfast.model.FaultException terminal, where what it is made of is missing or malformed
    ResourceList generate();
}
