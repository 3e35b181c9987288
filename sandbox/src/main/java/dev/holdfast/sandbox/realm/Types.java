package dev.holdfast.sandbox.realm;

import dev.holdfast.fields.Schema;
import dev.holdfast.fields.Schemas;
import dev.holdfast.sandbox.resource.Catalog;
import dev.holdfast.sandbox.resource.ResourceType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The resources that are served now. Replaced as a whole when a definition comes or goes.
public final class Types {

    private final Catalog builtIn = Catalog.builtIn();
    private final Schemas schemas;
    private final Map<String, Schema> unknown = new ConcurrentHashMap<>();
    private volatile Catalog catalog = builtIn;

    public Types(Schemas schemas) {
        this.schemas = schemas;
    }

    public Catalog catalog() {
        return catalog;
    }

    /// What the API says about the fields of a resource; always the same instance while nothing changes.
    public Schema schema(ResourceType type) {
        return schemas.find(type.gvk())
                .orElseGet(() -> unknown.computeIfAbsent(
                        type.gvk().toString(), _ -> Schema.unknown(type.gvk())));
    }
}
