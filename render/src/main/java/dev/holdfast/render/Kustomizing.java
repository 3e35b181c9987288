package dev.holdfast.render;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Snapshot;
import dev.holdfast.model.Value;
import dev.holdfast.render.FileWalk.Foreign;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.YamlReader;
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

    List<Value> objects() {
        return build(prepared());
    }

    /// The snapshot that Kustomize sees: what was read of it is known to the one below.
    private Snapshot prepared() {
        var home = snapshot.real(directory);
        var file = Kustomization.in(snapshot, home);
        if (file.isPresent() && options.changes().isEmpty()) return snapshot;
        var path = file.orElse(below(home, Kustomization.NAMES.getFirst()));
        var kustomization = file.isPresent() ? read(path) : generated(path);
        var changed = KustomizationChanges.apply(kustomization, changes());
        return new OverlaySnapshot(snapshot, path, YamlWriter.write(changed));
    }

    private Mapping read(String path) {
        var value = YamlReader.go2().document(path, snapshot.read(path), reading());
        if (value.isNull()) return Mapping.EMPTY;
        if (value instanceof Mapping kustomization) return kustomization;
        throw new FaultException(Fault.at(
                value.origin(), "InvalidKustomization", "a kustomization is a map, not a " + value.typeName(), ""));
    }

    /// As Flux does it: every manifest below is a resource; a directory with a kustomization of its own is one, too.
    private Mapping generated(String path) {
        if (!options.generate()) {
            throw new FaultException(Fault.at(
                    Origin.at(path, 1, 1),
                    "KustomizationNotFound",
                    "there is no kustomization in " + (directory.isEmpty() ? "the repository's root" : "'" + directory + "'"),
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

    private Mapping changes() {
        var changes = options.changes();
        boolean all = options.missingComponents() == Placement.MissingComponents.REFUSE;
        if (all || !(changes.get("components") instanceof Sequence components)) return changes;
        var present = new ArrayList<Value>();
        for (var component : components) if (exists(component.asText().orElse(""))) present.add(component);
        return changes.with("components", Sequence.of(present));
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

    private List<Value> build(Snapshot prepared) {
        throw new FaultException(Fault.terminal("RendererNotSupported", "interim", ""));
    }

    private Limits reading() {
        return Limits.FILE.withBytes(limits.fileBytes());
    }
}
