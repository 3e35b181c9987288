package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.kind.DefaultingContext;
import dev.holdfast.sandbox.kind.Defaults;
import dev.holdfast.sandbox.kind.KindFacts;
import dev.holdfast.sandbox.resource.ResourceType;

/// What a kind adds to a write: built-in kinds have it in code, custom resources in their definitions.
final class Kinds {

    KindFacts facts(ResourceType type) {
        if (!type.custom()) return KindFacts.of(type.gvk());
        var status = type.subresource("status").isPresent();
        return KindFacts.ofCustom(status ? KindFacts.Subresources.STATUS : KindFacts.Subresources.NONE);
    }

    /// The object as the server reads it: unknown fields gone, plain defaults filled in.
    Mapping read(ResourceType type, Mapping object) {
        return Defaults.onRead(type.gvk(), object);
    }

    /// The object as it is stored, with what the server chooses for it.
    Mapping complete(ResourceType type, Mapping object, DefaultingContext context) {
        return Defaults.of(type.gvk(), object, context);
    }
}
