package dev.holdfast.sandbox.realm;

import dev.holdfast.fields.CrdSchemas;
import dev.holdfast.fields.Schema;
import dev.holdfast.fields.Schemas;
import dev.holdfast.fields.Type;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.definition.Definition;
import dev.holdfast.sandbox.object.Conversion;
import dev.holdfast.sandbox.object.Meta;
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

    /// A stored object as a version of its resource shows it. Versions of a custom resource differ in their schemas
    /// only: what the stored version doesn't know is gone, and what one of them defaults is filled in, also where
    /// the definition has changed since the object was written.
    public Mapping seen(ResourceType type, Mapping stored) {
        if (!type.custom()) return Conversion.to(type, stored);
        var definition = definition(type).orElse(null);
        if (definition == null) return Conversion.to(type, stored);
        var storage = definition.group() + "/" + definition.storageVersion();
        boolean asWritten = Meta.apiVersion(stored).equals(type.apiVersion())
                && type.apiVersion().equals(storage);
        if (asWritten && definition.unchanged()) return stored;
        var kept = stored.with("apiVersion", Value.of(storage));
        var read = definition.schema(definition.storageVersion()).read(kept);
        if (type.apiVersion().equals(storage)) return read;
        return definition.schema(type.version()).read(Conversion.to(type, read));
    }

    /// What the API says of a version that will go, on every answer; nothing for others.
    public List<String> deprecation(ResourceType type) {
        var version = definition(type).flatMap(definition -> definition.version(type.version()));
        if (version.isEmpty() || !version.get().bool("deprecated").orElse(false)) return List.of();
        var usual = type.apiVersion() + " " + type.kind() + " is deprecated";
        return List.of(version.get().text("deprecationWarning").orElse(usual));
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
