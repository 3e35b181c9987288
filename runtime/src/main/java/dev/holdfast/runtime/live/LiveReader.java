package dev.holdfast.runtime.live;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.Mapping;
import java.util.Optional;

/// Makes the compact form of an object that carries a placement's label, or is known to belong to it.
@FunctionalInterface
public interface LiveReader {

    /// Empty where nobody here has a placement of that id: another Holdfast's, or one that is gone.
    /// @param placementId the 16 digits of the owner label, or of the placement that the object was known by
    Optional<LiveObject> read(String placementId, Gvk gvk, Mapping object);
}
