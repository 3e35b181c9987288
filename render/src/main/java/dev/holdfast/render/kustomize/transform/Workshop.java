package dev.holdfast.render.kustomize.transform;

import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.load.Loader;
import dev.holdfast.render.kustomize.resource.Resources;
import dev.holdfast.render.kustomize.schema.Types;
import dev.holdfast.yaml.YamlReader;

/// What transformers and generators are made with: the files of their kustomization, and what the build knows of
/// kinds.
public record Workshop(Loader loader, Types types, Resources resources) {

    public Value settings(Loader.Loaded text) {
        return YamlReader.go2().document(text.path(), text.content(), loader.files().limits().reading());
    }
}
