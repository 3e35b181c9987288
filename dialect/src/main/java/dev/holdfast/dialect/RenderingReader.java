package dev.holdfast.dialect;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement;
import java.util.List;

/// Reads how a source of `App.spec` is to be rendered, from a spec whose shape was checked.
final class RenderingReader {

    /// Fields that a kustomization has under the same name.
    private static final List<String> CHANGES =
            List.of("namespace", "namePrefix", "nameSuffix", "patches", "images", "components");

    private RenderingReader() {}

    static Placement.Rendering read(Mapping source) {
        if (source.has("kustomize")) return kustomize(source.mapping("kustomize"));
        if (source.has("plain")) return plain(source.mapping("plain"));
        return Placement.Rendering.DETECTED;
    }

    private static Placement.Rendering plain(Mapping plain) {
        return new Placement.Plain(
                PolicyReader.texts(plain.sequence("include")),
                PolicyReader.texts(plain.sequence("exclude")),
                plain.bool("recurse"));
    }

    private static Placement.Rendering kustomize(Mapping kustomize) {
        var changes = Mapping.builder();
        for (var field : CHANGES) {
            var value = kustomize.get(field);
            if (value != null && !value.isNull()) changes.put(field, value);
        }
        return new Placement.Kustomize(
                changes.build(),
                kustomize.bool("generate").orElse(false),
                kustomize.bool("ignoreMissingComponents").orElse(false)
                        ? Placement.MissingComponents.IGNORE
                        : Placement.MissingComponents.REFUSE);
    }
}
