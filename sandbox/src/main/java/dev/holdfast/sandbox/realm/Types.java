package dev.holdfast.sandbox.realm;

import dev.holdfast.fields.CrdSchemas;
import dev.holdfast.fields.Schema;
import dev.holdfast.fields.Schemas;
import dev.holdfast.fields.Type;
import dev.holdfast.model.Gvk;
import dev.holdfast.sandbox.definition.Definition;
import dev.holdfast.sandbox.resource.Catalog;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.sandbox.resource.ScalePaths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The resources that are served now. Replaced as a whole when a definition comes or goes; changed by one task
/// only.
public final class Types {

    /// What is served: the catalogue, the definitions by name, and the schemas of what they make.
    private record Served(Catalog catalog, Map<String, Definition> definitions, Map<Gvk, Schema> schemas) {}

    private static final Catalog BUILT_IN = Catalog.builtIn();

    private final Schemas builtInSchemas;
    private final Type.Definitions base;
    private final Map<Gvk, Schema> known = new ConcurrentHashMap<>();
    private volatile Served served = new Served(BUILT_IN, Map.of(), Map.of());

    public <S extends Schemas & Type.Definitions> Types(S builtInSchemas) {
        this.builtInSchemas = builtInSchemas;
        this.base = builtInSchemas;
    }

    public Catalog catalog() {
        return served.catalog();
    }

    /// The definition that a custom resource comes from.
    public Optional<Definition> definition(ResourceType type) {
        return Optional.ofNullable(served.definitions().get(type.qualified()));
    }

    /// Starts to serve what a definition makes, or serves it as it is now.
    public void define(Definition definition) {
        var definitions = new TreeMap<>(served.definitions());
        definitions.put(definition.name(), definition);
        serve(definitions);
    }

    public void undefine(String name) {
        var definitions = new TreeMap<>(served.definitions());
        definitions.remove(name);
        serve(definitions);
    }

    private void serve(Map<String, Definition> definitions) {
        List<ResourceType> types = new ArrayList<>();
        Map<Gvk, Schema> schemas = new HashMap<>();
        for (var definition : definitions.values()) {
            types.addAll(definition.types());
            var before = served.definitions().get(definition.name());
            if (before == definition) {
                for (var type : definition.types()) schemas.put(type.gvk(), schema(type));
            } else {
                CrdSchemas.parse(definition.object(), base).kinds().forEach(schemas::put);
            }
        }
        served = new Served(BUILT_IN.with(types), definitions, schemas);
    }

    /// Where a resource keeps its replicas.
    public ScalePaths scale(ResourceType type) {
        return definition(type).flatMap(found -> found.scale(type.version())).orElse(ScalePaths.USUAL);
    }

    /// What the API says about the fields of a resource; always the same instance while nothing changes.
    public Schema schema(ResourceType type) {
        if (type.custom()) {
            var schema = served.schemas().get(type.gvk());
            if (schema != null) return schema;
        }
        var found = known.get(type.gvk());
        return found != null ? found : known.computeIfAbsent(type.gvk(), builtInSchemas::orUnknown);
    }

    /// The type of a name that schemas refer to; null where there is none.
    public @Nullable Type named(String name) {
        return base.find(name);
    }
}
