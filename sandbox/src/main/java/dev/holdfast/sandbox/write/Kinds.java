package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.kind.CustomSchema;
import dev.holdfast.sandbox.kind.DefaultingContext;
import dev.holdfast.sandbox.kind.Defaults;
import dev.holdfast.sandbox.kind.FieldError;
import dev.holdfast.sandbox.kind.KindFacts;
import dev.holdfast.sandbox.kind.SchemaCheck;
import dev.holdfast.sandbox.kind.Validation;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.realm.Types;
import dev.holdfast.sandbox.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a kind adds to a write: built-in kinds have it in code, custom resources in their definitions.
final class Kinds {

    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    private final Types types;

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

    /// Why the server can't read an object at all, and which of its fields it doesn't know.
    SchemaCheck.Result check(ResourceType type, Mapping object) {
        if (!type.custom()) return SchemaCheck.of(type.gvk(), object);
        var unknown = schema(type).prune(object).dropped();
        return new SchemaCheck.Result(Optional.empty(), unknown);
    }

    /// The object as the server reads it: unknown fields gone, plain defaults filled in.
    Mapping read(ResourceType type, Mapping object) {
        return read(type, object, null);
    }

    /// @param settled what is stored, where the object was made from it
    Mapping read(ResourceType type, Mapping object, @Nullable Mapping settled) {
        if (object == settled) return object;
        if (type.custom())
            return schema(type).defaulted(schema(type).prune(object).object());
        var read = Defaults.onRead(type.gvk(), object, settled);
        if (!type.qualified().equals("namespaces")) return read;
        return read.with(List.of("metadata", "labels", NAME_LABEL), Value.of(Meta.name(object)));
    }

    /// The object as it is stored, with what the server chooses for it.
    Mapping complete(ResourceType type, Mapping object, DefaultingContext context) {
        return type.custom() ? object : Defaults.of(type.gvk(), object, context);
    }

    /// What keeps the object from being stored.
    List<FieldError> problems(ResourceType type, Mapping object, Optional<Mapping> old) {
        if (!type.custom()) return Validation.check(type.gvk(), object, old);
        var problems = new ArrayList<>(Validation.metadata(object, old));
        problems.addAll(schema(type).validate(object, old, CustomSchema.Rules.NONE));
        return problems;
    }
}
