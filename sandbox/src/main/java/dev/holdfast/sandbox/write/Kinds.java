package dev.holdfast.sandbox.write;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.kind.CustomSchema;
import dev.holdfast.sandbox.kind.DefaultingContext;
import dev.holdfast.sandbox.kind.Defaults;
import dev.holdfast.sandbox.kind.DefinitionRules;
import dev.holdfast.sandbox.kind.FieldError;
import dev.holdfast.sandbox.kind.KindFacts;
import dev.holdfast.sandbox.kind.SchemaCheck;
import dev.holdfast.sandbox.kind.Validation;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.realm.Types;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.sandbox.rule.CompiledRules;
import dev.holdfast.sandbox.rule.DefaultRuleCheck;
import dev.holdfast.sandbox.rule.DefinitionRuleCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What a kind adds to a write: built-in kinds have it in code, custom resources in their definitions.
final class Kinds {

    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    private static final String DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";

    private final Types types;
    private final Map<Gvk, Compiled> compiled = new ConcurrentHashMap<>();

    Kinds(Types types) {
        this.types = types;
    }

    KindFacts facts(ResourceType type) {
        if (!type.custom()) return KindFacts.of(type.gvk());
        var status = type.subresource("status").isPresent();
        return KindFacts.ofCustom(status ? KindFacts.Subresources.STATUS : KindFacts.Subresources.NONE);
    }

    private CustomSchema schema(ResourceType type) {
        return types.definition(type)
                .map(definition -> definition.schema(type.version()))
                .orElseGet(() -> CustomSchema.of(Mapping.EMPTY));
    }

    /// Why the server can't read an object at all, and which of its fields it doesn't know. `known` is the stored
    /// object, an empty one for a new object.
    SchemaCheck.Result check(ResourceType type, Mapping object, Mapping known) {
        if (!type.custom()) return SchemaCheck.of(type.gvk(), object, known);
        var unknown = schema(type).prune(object).dropped();
        return new SchemaCheck.Result(Optional.empty(), unknown);
    }

    /// The object as the server reads it: unknown fields gone, plain defaults filled in.
    Mapping read(ResourceType type, Mapping object) {
        return read(type, object, Mapping.EMPTY);
    }

    /// `known` is the stored object, an empty one for a new object.
    Mapping read(ResourceType type, Mapping object, Mapping known) {
        if (type.custom())
            return schema(type).defaulted(schema(type).prune(object).object());
        var read = Defaults.onRead(type.gvk(), object, known);
        if (!type.qualified().equals("namespaces")) return read;
        return read.with(List.of("metadata", "labels", NAME_LABEL), Value.of(Meta.name(object)));
    }

    /// The object as it is stored, with what the server chooses for it.
    Mapping complete(ResourceType type, Mapping object, DefaultingContext context) {
        return type.custom() ? object : Defaults.of(type.gvk(), object, context);
    }

    /// What keeps the object from being stored.
    List<FieldError> problems(ResourceType type, Mapping object, Optional<Mapping> old) {
        if (!type.custom()) {
            var problems = Validation.check(type.gvk(), object, old);
            boolean defines = type.qualified().equals(DEFINITIONS);
            return problems.isEmpty() && defines ? ruleProblems(object, old) : problems;
        }
        var problems = new ArrayList<>(Validation.metadata(object, old));
        problems.addAll(schema(type).validate(object, old, rules(type)));
        return problems;
    }

    private static List<FieldError> ruleProblems(Mapping definition, Optional<Mapping> old) {
        var problems = new ArrayList<FieldError>();
        var schemas = DefinitionRules.schemas(definition.mapping("spec"));
        // a version that is new but has a schema that another had before has been judged with that
        var before = List.copyOf(old.map(known -> DefinitionRules.schemas(known.mapping("spec")))
                .orElse(Map.of())
                .values());
        schemas.forEach((path, schema) -> problems.addAll(
                before.contains(schema)
                        ? DefinitionRuleCheck.ofUnchanged(schema, path)
                        : DefinitionRuleCheck.of(schema, path)));
        if (!problems.isEmpty()) return problems;
        schemas.forEach((path, schema) -> problems.addAll(DefaultRuleCheck.of(schema, path)));
        return problems;
    }

    /// Compiled when the first object is judged, and again when the definition has changed.
    private CustomSchema.Rules rules(ResourceType type) {
        var schema = types.definition(type)
                .flatMap(definition -> definition.version(type.version()))
                .map(version -> version.mapping("schema", "openAPIV3Schema"))
                .orElse(Mapping.EMPTY);
        var key = type.gvk();
        var known = compiled.get(key);
        if (known != null && known.schema() == schema) return known.rules();
        var made = new Compiled(schema, CompiledRules.of(schema));
        compiled.put(key, made);
        return made.rules();
    }

    private record Compiled(Mapping schema, CustomSchema.Rules rules) {}
}
