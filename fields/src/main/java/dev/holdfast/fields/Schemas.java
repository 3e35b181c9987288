package dev.holdfast.fields;

import dev.holdfast.model.Gvk;
import java.util.Optional;

/// The schemas of the kinds that one API serves.
public interface Schemas {

    Schemas NONE = _ -> Optional.empty();

    Optional<Schema> find(Gvk gvk);

    /// The schema, or the one that knows nothing and refuses nothing.
    default Schema orUnknown(Gvk gvk) {
        return find(gvk).orElseGet(() -> Schema.unknown(gvk));
    }

    /// These schemas, and where they have none those.
    default Schemas orElse(Schemas others) {
        return gvk -> find(gvk).or(() -> others.find(gvk));
    }
}
