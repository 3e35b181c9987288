package dev.holdfast.cli;

import dev.holdfast.model.Manifest;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Revision;
import dev.holdfast.model.Sequence;
import dev.holdfast.render.Render;
import dev.holdfast.render.RenderLimits;
import dev.holdfast.render.Request;
import dev.holdfast.render.Result;
import dev.holdfast.yaml.YamlWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `render PATH`: what an App would make of a folder, without any cluster.
@Command(
        name = "render",
        description = "Render a folder of this machine as an App would: no cluster, no network.",
        footer = {
            "",
            "Symlinks are followed inside the Git work tree around PATH (or inside PATH itself, where there is none).",
            "",
            "Examples:",
            "  holdfast render apps/web",
            "  holdfast render apps/web -o name",
            "  holdfast render . --exclude 'test/**' > all.yaml"
        })
final class RenderCommand implements Callable<Integer> {

    /// The value of -o.
    enum Form {
        YAML,
        JSON,
        NAME
    }

    private final Session session;

    @Parameters(paramLabel = "PATH", description = "a directory of manifests, or one manifest file")
    @SuppressWarnings("NullAway.Init") // picocli refuses to run without it
    private Path path;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "yaml",
            description = "yaml (default), json or name")
    @SuppressWarnings("NullAway.Init") // has a default
    private Form form;

    @Option(names = "--include", paramLabel = "GLOB", description = "only files that match, as plain.include of an App")
    private List<String> include = List.of();

    @Option(names = "--exclude", paramLabel = "GLOB", description = "no files that match, as plain.exclude of an App")
    private List<String> exclude = List.of();

    @Option(names = "--no-recurse", description = "only files directly in PATH")
    private boolean flat;

    RenderCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var real = real();
        var root = FolderSnapshot.rootOf(real);
        var inside = root.relativize(real).toString();
        var revision = new Revision("folder", root.toString(), "");
        var plain = new Placement.Plain(include, exclude, flat ? Optional.of(false) : Optional.empty());
        var request = new Request(new FolderSnapshot(root), revision, inside, plain, RenderLimits.DEFAULT);
        return switch (Render.render(request)) {
            case Result.Rendered(var manifests, var _) -> {
                print(manifests);
                yield 0;
            }
            case Result.Failed(var faults, var _) -> {
                for (var fault : faults) Problem.print(fault, session.terminal());
                yield Problem.FAILED;
            }
            case Result.Needs(var needs, var _) ->
                throw Problem.of("NeedsUnmet", "rendering needs " + needs + ", which is not here", "");
        };
    }

    private Path real() {
        try {
            return path.toRealPath();
        } catch (IOException absent) {
            throw Problem.of(
                    "PathNotFound", "there is no '" + path + "'", "Name a directory of manifests, or one file");
        }
    }

    private void print(List<Manifest> manifests) {
        var terminal = session.terminal();
        switch (form) {
            case YAML -> {
                for (var manifest : manifests) {
                    terminal.out().println("---");
                    var place = manifest.origin().place();
                    if (!place.isEmpty()) terminal.out().println("# " + Terminal.line(place));
                    terminal.data(YamlWriter.text(manifest.body()));
                }
            }
            case JSON -> {
                var list = Mapping.builder()
                        .put("apiVersion", "v1")
                        .put("kind", "List")
                        .put(
                                "items",
                                Sequence.of(
                                        manifests.stream().map(Manifest::body).toList()))
                        .build();
                terminal.data(PrettyJson.text(list) + "\n");
            }
            case NAME -> {
                for (var manifest : manifests) {
                    var kind = manifest.ref().groupKind().toString().toLowerCase(Locale.ROOT);
                    terminal.out()
                            .println(Terminal.line(kind + "/" + manifest.ref().name()));
                }
            }
        }
    }
}
