package dev.holdfast.render;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/// Finds the manifest files of a directory: `*.yaml`, `*.yml` and `*.json`, nothing hidden, as the options choose.
final class FileWalk {

    /// Files that say: this directory is for another renderer.
    private static final List<String> KUSTOMIZATION =
            List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private static final String CHART = "Chart.yaml";

    private final Snapshot snapshot;
    private final Placement.Plain options;
    private final RenderLimits limits;
    private final String root;
    private final List<Glob> include;
    private final List<Glob> exclude;
    private final List<Snapshot.Entry> files = new ArrayList<>();
    /// Where the directories around the current one really stand.
    private final Deque<String> around = new ArrayDeque<>();
    private int entries;

    FileWalk(Snapshot snapshot, Request request, String root) {
        this.snapshot = snapshot;
        this.options = request.plain();
        this.limits = request.limits();
        this.root = root;
        this.include = globs(options.include());
        this.exclude = globs(options.exclude());
    }

    private static List<Glob> globs(List<String> patterns) {
        var globs = new ArrayList<Glob>();
        for (var pattern : patterns) {
            globs.add(Glob.parse(pattern)
                    .orElseThrow(() -> new FaultException(Fault.terminal(
                            "GlobInvalid",
                            "the pattern '" + pattern + "' of plain.include or plain.exclude is malformed",
                            "Close every { with a }; braces may stand for 256 patterns at most"))));
        }
        return globs;
    }

    /// In the order of their paths.
    List<Snapshot.Entry> files() {
        walk(root);
        files.sort(Comparator.comparing(Snapshot.Entry::path));
        return files;
    }

    private void walk(String directory) {
        around.push(snapshot.real(directory));
        var below = snapshot.list(directory);
        entries += below.size();
        if (entries > limits.entries()) {
            throw over(directory, "the directories hold more than " + limits.entries() + " files and directories");
        }
        for (var entry : below) refuseOthers(directory, entry);
        for (var entry : below) {
            if (entry.name().startsWith(".")) continue;
            switch (entry.kind()) {
                case FILE -> {
                    if (isManifest(entry.name()) && chosen(entry.path())) keep(entry);
                }
                case DIRECTORY -> {
                    if (options.recurse().orElse(true)) enter(entry.path());
                }
            }
        }
        around.pop();
    }

    /// Links inside the tree may lead in a circle.
    private void enter(String directory) {
        if (around.contains(snapshot.real(directory))) {
            throw new FaultException(Fault.at(
                    Origin.at(directory, 1, 1),
                    "SymlinkRefused",
                    "the symlinks at '" + directory + "' lead in a circle",
                    "Remove one of them, or exclude it with plain.recurse: false"));
        }
        walk(directory);
    }

    private void keep(Snapshot.Entry file) {
        files.add(file);
        if (files.size() > limits.files()) throw over(file.path(), "there are more than " + limits.files() + " files");
    }

    private static FaultException over(String place, String message) {
        return new FaultException(
                Fault.at(Origin.at(place, 1, 1), "TooLarge", message, "Let the App's path name a smaller directory"));
    }

    private void refuseOthers(String directory, Snapshot.Entry entry) {
        if (!options.equals(Placement.Plain.DETECTED) || entry.kind() != Snapshot.Kind.FILE) return;
        refuseOthers(directory, entry.name());
    }

    /// @throws FaultException terminal `RendererNotSupported` where a file belongs to another renderer
    static void refuseOthers(String directory, String name) {
        var wanted = KUSTOMIZATION.contains(name) ? "Kustomize" : name.equals(CHART) ? "Helm" : "";
        if (wanted.isEmpty()) return;
        var shown = directory.isEmpty() ? "the repository's root" : "'" + directory + "'";
        throw new FaultException(Fault.at(
                Origin.at(directory.isEmpty() ? name : directory + "/" + name, 1, 1),
                "RendererNotSupported",
                shown + " is to be rendered by " + wanted + " (it holds " + name
                        + "), and this version renders plain manifests only",
                "Commit the rendered manifests, or set plain.recurse, plain.include or plain.exclude to read the files"
                        + " as they are"));
    }

    static boolean isManifest(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }

    private boolean chosen(String path) {
        var relative = root.isEmpty() ? path : path.substring(root.length() + 1);
        boolean included = include.isEmpty() || include.stream().anyMatch(glob -> glob.matches(relative));
        return included && exclude.stream().noneMatch(glob -> glob.matches(relative));
    }
}
