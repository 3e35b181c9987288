package dev.holdfast.render.kustomize.transform;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Origin;
import dev.holdfast.render.kustomize.load.Fields;
import dev.holdfast.render.kustomize.resource.ResId;
import java.util.function.Predicate;

/// An entry of `vars`: a name that stands, as `$(NAME)`, for a field of an object.
public record Variable(String name, ResId object, String fieldPath, Origin origin) {

    public static Variable of(Fields settings) {
        var object = settings.objectOrNone("objref");
        var apiVersion = object.text("apiVersion");
        var kind = object.text("kind");
        var gvk = apiVersion.isEmpty() ? Selectors.gvk(object) : Gvk.of(apiVersion, kind);
        var path = settings.objectOrNone("fieldref").text("fieldPath");
        return new Variable(
                settings.text("name"),
                ResId.named(gvk, object.text("name"), object.text("namespace")),
                path.isEmpty() ? "metadata.name" : path,
                settings.origin());
    }

    /// Whether an identity is the one meant; without a namespace, one in any.
    public Predicate<ResId> meant() {
        return object.namespace().isEmpty() ? object::sameKindAndName : object::same;
    }
}
