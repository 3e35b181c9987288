package dev.holdfast.sandbox.realm;

import dev.holdfast.fields.Schema;
import dev.holdfast.fields.Schemas;
import dev.holdfast.sandbox.resource.Catalog;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.sandbox.resource.ScalePaths;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The resources that are served now. Replaced as a whole when a definition comes or goes.
public final class Types {

    private final Catalog builtIn = Catalog.builtIn();
    private final Schemas schemas;
    private final Map<String, Schema> known = new ConcurrentHashMap<>();
    private volatile Catalog catalog = builtIn;

    public Types(Schemas schemas) {
        this.schemas = schemas;
    }

    public Catalog catalog() {
        return catalog;
    }

    /// Where a resource keeps its replicas.
    public ScalePaths scale(ResourceType type) {
        return ScalePaths.USUAL;
    }

    /// What the API says about the fields of a resource; always the same instance while nothing changes.
    public Schema schema(ResourceType type) {
        return known.computeIfAbsent(type.gvk().toString(), _ -> schemas.orUnknown(type.gvk()));
    }
}
