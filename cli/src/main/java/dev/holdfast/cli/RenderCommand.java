package dev.holdfast.cli;

import dev.holdfast.model.Manifest;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.YamlWriter;
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
        description =
                "Render a folder of this machine as an App would, with Kustomize where it holds a kustomization: no"
                        + " cluster, no network.",
        footer = {
            "",
            "Symlinks are followed inside the Git work tree around PATH (or inside PATH itself, where there is none).",
            "",
            "Examples:",
            "  holdfast render apps/web",
            "  holdfast render apps/web -o name",
            "  holdfast render overlays/prod --origins",
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

    @Option(names = "--origins", description = "say behind every value which file and line set it (with -o yaml)")
    private boolean origins;

    RenderCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        boolean plain = !include.isEmpty() || !exclude.isEmpty() || flat;
        var rendering = plain
                ? new Placement.Plain(include, exclude, flat ? Optional.of(false) : Optional.empty())
                : Placement.Rendering.DETECTED;
        var rendered = Folder.at(path).rendered(rendering, session.terminal());
        rendered.ifPresent(this::print);
        return rendered.isPresent() ? 0 : Problem.FAILED;
    }

    private void print(List<Manifest> manifests) {
        var terminal = session.terminal();
        switch (form) {
            case YAML -> {
                for (int i = 0; i < manifests.size(); i++) {
                    if (i > 0) terminal.out().println("---");
                    var body = manifests.get(i).body();
                    terminal.data(origins ? YamlWriter.text(body, RenderCommand::origin) : YamlWriter.text(body));
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

    /// `path:line`, and what set the value where that was not the line itself.
    private static String origin(Value value) {
        var origin = value.origin();
        if (!origin.known()) return "";
        var through = origin.transformation() == null ? "" : " (" + origin.transformation() + ")";
        return Terminal.line(origin.place() + through);
    }
}
