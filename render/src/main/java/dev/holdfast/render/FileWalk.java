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

    /// What becomes of a directory that holds a file of another renderer.
    enum Foreign {
        REFUSED,
        /// Its files are read as they are.
        READ,
        /// A directory with a kustomization is found in place of its files.
        FOUND
    }

    private static final String CHART = "Chart.yaml";

    private final Snapshot snapshot;
    private final Placement.Plain options;
    private final Foreign foreign;
    private final RenderLimits limits;
    private final String root;
    private final List<Glob> include;
    private final List<Glob> exclude;
    private final List<Snapshot.Entry> files = new ArrayList<>();
    /// Where the directories around the current one really stand.
    private final Deque<String> around = new ArrayDeque<>();
    private int entries;

    FileWalk(Snapshot snapshot, RenderLimits limits, String root, Placement.Plain options, Foreign foreign) {
        this.snapshot = snapshot;
        this.options = options;
        this.foreign = foreign;
        this.limits = limits;
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

    /// In the order of their paths. Directories are among them only where {@link Foreign#FOUND} was asked for.
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
                    if (foreign == Foreign.FOUND
                            && Kustomization.in(snapshot, entry.path()).isPresent()) keep(entry);
                    else if (options.recurse().orElse(true)) enter(entry.path());
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
        if (foreign != Foreign.REFUSED || entry.kind() != Snapshot.Kind.FILE) return;
        refuseOthers(directory, entry.name());
    }

    /// @throws FaultException terminal where a file belongs to another renderer
    static void refuseOthers(String directory, String name) {
        var shown = directory.isEmpty() ? "the repository's root" : "'" + directory + "'";
        var place = Origin.at(directory.isEmpty() ? name : directory + "/" + name, 1, 1);
        if (Kustomization.NAMES.contains(name)) {
            throw new FaultException(Fault.at(
                    place,
                    "KustomizationBelow",
                    shown + " is to be rendered by Kustomize (it holds " + name + "), the directory above it is not",
                    "Let the App's path name that directory, or set kustomize.generate: true to make it a part of the"
                            + " whole, or set plain.recurse, plain.include or plain.exclude to read the files as they"
                            + " are"));
        }
        if (!name.equals(CHART)) return;
        throw new FaultException(Fault.at(
                place,
                "RendererNotSupported",
                shown + " is to be rendered by Helm (it holds " + name + "), which this version does not do",
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
