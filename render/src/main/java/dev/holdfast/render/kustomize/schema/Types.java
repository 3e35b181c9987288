package dev.holdfast.render.kustomize.schema;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.render.kustomize.resource.Scopes;
import dev.holdfast.render.kustomize.tree.Refusal;
import org.jspecify.annotations.Nullable;

/// What one build knows of kinds: Kubernetes' own, or those of an OpenAPI document that takes their place. The
/// outermost kustomization that names one decides; below it, the first.
public final class Types implements Scopes {

    private static final String BUILT_IN = "v1.21.2";

    private @Nullable CustomTypes custom;
    private boolean decided;
    /// A kind that only the document could tell was asked for before there was one. Kustomize has read its own by
    /// then, and keeps both.
    private boolean askedBefore;

    /// The `openapi` field of a kustomization, with the document that its path names.
    public void use(Mapping field, @Nullable Mapping document, Origin place) {
        if (decided) return;
        var version = field.text("version");
        if (document != null) {
            if (version.isPresent()) {
                throw Refusal.at(place, "builtin version and custom schema provided, cannot use both");
            }
            var beside = askedBefore ? CustomTypes.Beside.KUBERNETES : CustomTypes.Beside.NOTHING;
            custom = new CustomTypes(document, beside);
            decided = true;
            return;
        }
        if (version.isEmpty() || version.get().isEmpty()) return;
        if (!version.get().equals(BUILT_IN)) {
            throw Refusal.at(
                    place, "the specified OpenAPI version is not built in", "Only " + BUILT_IN + " is");
        }
        decided = true;
    }

    public @Nullable Definition type(String apiVersion, String kind) {
        var types = custom;
        if (types != null) return types.type(apiVersion, kind);
        if (!decided) askedBefore = true;
        return KubernetesTypes.type(apiVersion, kind);
    }

    @Override
    public boolean clusterScoped(String apiVersion, String kind) {
        var known = KubernetesTypes.namespaced(apiVersion, kind);
        if (known != null) return !known;
        var types = custom;
        if (types == null) {
            if (!decided) askedBefore = true;
            return false;
        }
        var namespaced = types.namespaced(apiVersion, kind);
        return namespaced != null && !namespaced;
    }
}
