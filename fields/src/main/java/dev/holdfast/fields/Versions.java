package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import java.util.Optional;

/// How an API writes one object in its several versions: managers own fields of the version that they wrote.
public interface Versions {

    /// An object in one version, with that version's schema.
    record Versioned(Mapping object, Schema schema) {}

    /// Every version writes the same fields, as those of custom resources without a conversion webhook do, and most
    /// built-in kinds.
    Versions SAME = (object, schema, _) -> Optional.of(new Versioned(object, schema));

    /// The object of `schema` in another version; empty where that is not served any more. Who owned fields of such
    /// a version owns nothing.
    Optional<Versioned> convert(Mapping object, Schema schema, String apiVersion);
}
