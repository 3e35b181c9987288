package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.answer.Refusal.Subject;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.resource.ResourceType;

/// What a write is about: a resource, a namespace (empty for the cluster's scope), a name (empty for a creation)
/// and a subresource (empty for the object itself).
public record Target(ResourceType type, String namespace, String name, String subresource) {

    public static Target of(ResourceType type, String namespace, String name) {
        return new Target(type, namespace, name, "");
    }

    public String key() {
        return type.key(namespace, name);
    }

    /// As most errors name it: by resource.
    public Subject subject() {
        return new Subject(name, type.group(), type.plural());
    }

    /// As errors about its content name it: by kind.
    public Subject kindSubject() {
        return new Subject(name, type.group(), type.kind());
    }

    public Target named(String other) {
        return new Target(type, namespace, other, subresource);
    }

    public Target of(Mapping object) {
        return named(Meta.name(object));
    }

    public boolean status() {
        return subresource.equals("status");
    }
}
