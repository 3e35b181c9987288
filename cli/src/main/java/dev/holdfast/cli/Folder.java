package dev.holdfast.cli;

import dev.holdfast.model.Manifest;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Revision;
import dev.holdfast.render.Render;
import dev.holdfast.render.RenderLimits;
import dev.holdfast.render.Request;
import dev.holdfast.render.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A path of this machine, rendered as an App would: in the Git work tree around it, or in itself where there is
/// none.
record Folder(Path root, String inside) {

    /// @throws dev.holdfast.model.FaultException terminal `PathNotFound`
    static Folder at(Path path) {
        try {
            var real = path.toRealPath();
            var root = FolderSnapshot.rootOf(real);
            return new Folder(root, root.relativize(real).toString());
        } catch (IOException absent) {
            throw Problem.of(
                    "PathNotFound", "there is no '" + path + "'", "Name a directory of manifests, or one file");
        }
    }

    FolderSnapshot snapshot() {
        return new FolderSnapshot(root);
    }

    /// Empty where something is wrong, which was printed.
    Optional<List<Manifest>> rendered(Placement.Rendering rendering, Terminal terminal) {
        var revision = new Revision("folder", root.toString(), "");
        var request = new Request(snapshot(), revision, inside, rendering, RenderLimits.DEFAULT);
        return switch (Render.render(request)) {
            case Result.Rendered(var manifests, var _) -> Optional.of(manifests);
            case Result.Failed(var faults, var _) -> {
                for (var fault : faults) Problem.print(fault, terminal);
                yield Optional.empty();
            }
            case Result.Needs(var needs, var _) ->
                throw Problem.of("NeedsUnmet", "rendering needs " + needs + ", which is not here", "");
        };
    }
}
