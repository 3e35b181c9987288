package dev.holdfast.render;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Snapshot;
import dev.holdfast.model.Value;
import dev.holdfast.render.FileWalk.Foreign;
import dev.holdfast.render.kustomize.Kustomize;
import dev.holdfast.render.kustomize.KustomizeOptions;
import dev.holdfast.render.kustomize.KustomizeResult;
import dev.holdfast.render.kustomize.Overrides;
import dev.holdfast.render.kustomize.load.BuildLimits;
import dev.holdfast.yaml.YamlWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Renders a directory with Kustomize: with its kustomization, changed as the App asks, or with one that is made of
/// what lies there.
final class Kustomizing {

    static final Placement.Kustomize UNCHANGED =
            new Placement.Kustomize(Mapping.EMPTY, false, Placement.MissingComponents.REFUSE);

    private final Snapshot snapshot;
    private final String directory;
    private final Placement.Kustomize options;
    private final RenderLimits limits;

    Kustomizing(Snapshot snapshot, String directory, Placement.Kustomize options, RenderLimits limits) {
        this.snapshot = snapshot;
        this.directory = directory;
        this.options = options;
        this.limits = limits;
    }

    List<Mapping> objects() {
        var build = KustomizeOptions.COMMAND_LINE
                .with(KustomizeOptions.Loading.ANYWHERE)
                .with(overrides())
                .with(new BuildLimits(limits.files(), limits.fileBytes(), limits.totalBytes(), limits.objects()));
        return switch (Kustomize.build(prepared(), directory, build)) {
            case KustomizeResult.Built(var objects) -> objects;
            case KustomizeResult.Needs needs ->
                throw new IllegalStateException("remote bases are refused, not needed: " + needs);
        };
    }

    /// The snapshot that Kustomize sees: what was read of it is known to the one below.
    private Snapshot prepared() {
        var home = snapshot.real(directory);
        if (Kustomization.in(snapshot, home).isPresent()) return snapshot;
        var path = below(home, Kustomization.NAMES.getFirst());
        return new OverlaySnapshot(snapshot, path, YamlWriter.write(generated(path)));
    }

    /// As Flux does it: every manifest below is a resource; a directory with a kustomization of its own is one,
    /// too.
    private Mapping generated(String path) {
        if (!options.generate()) {
            throw new FaultException(Fault.at(
                    Origin.at(path, 1, 1),
                    "KustomizationNotFound",
                    "there is no kustomization in "
                            + (directory.isEmpty() ? "the repository's root" : "'" + directory + "'"),
                    "Add one, or set kustomize.generate: true to have one made of all manifests there"));
        }
        var walk = new FileWalk(snapshot, limits, directory, Placement.Plain.EVERYTHING, Foreign.FOUND);
        var resources = new ArrayList<String>();
        for (var entry : walk.files()) {
            if (entry.name().endsWith(".json")) continue;
            resources.add(directory.isEmpty() ? entry.path() : entry.path().substring(directory.length() + 1));
        }
        return Mapping.builder()
                .put("apiVersion", "kustomize.config.k8s.io/v1beta1")
                .put("kind", "Kustomization")
                .put("resources", Value.texts(resources))
                .build();
    }

    private Overrides overrides() {
        var changes = options.changes();
        var fields = Mapping.builder();
        for (var name : List.of("namespace", "namePrefix", "nameSuffix")) {
            changes.text(name).ifPresent(text -> fields.put(name, text));
        }
        boolean all = options.missingComponents() == Placement.MissingComponents.REFUSE;
        var components = new ArrayList<String>();
        for (var component : changes.sequence("components")) {
            var path = component.asText().orElse("");
            if (all || exists(path)) components.add(path);
        }
        return new Overrides(
                fields.build(),
                changes.sequence("patches").mappings(),
                changes.sequence("images").mappings(),
                components,
                Overrides.Metadata.NONE);
    }

    private boolean exists(String component) {
        var parts = new ArrayDeque<String>();
        for (var part : below(directory, component).split("/", -1)) {
            switch (part) {
                case "", "." -> {}
                case ".." -> parts.pollLast();
                default -> parts.addLast(part);
            }
        }
        return snapshot.entry(String.join("/", parts)).isPresent();
    }

    private static String below(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }
}
