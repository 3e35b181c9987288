package dev.holdfast.source;

import dev.holdfast.model.FaultException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// Finds what stands at a path of a tree, following symlinks as a file system would, but inside the tree only. A
/// link that is absolute, leaves the tree, leads nowhere, in a circle, or to a directory around itself is refused
/// by name.
final class TreePath {

    private static final int MOST_LINKS = 40;
    private static final String OUTSIDE = "it leads out of the repository";
    private static final int LONGEST_TARGET = 4096;

    private final TreeObjects objects;
    private final GitSettings.TreeLimits limits;
    private int followed;

    TreePath(TreeObjects objects, GitSettings.TreeLimits limits) {
        this.objects = objects;
        this.limits = limits;
    }

    /// A place in the tree as it really is, after all links.
    record Spot(@Nullable Spot parent, String name, TreeListing.Kind kind, ObjectId id) {

        static Spot root(ObjectId tree) {
            return new Spot(null, "", TreeListing.Kind.DIRECTORY, tree);
        }

        String path() {
            if (parent == null) return "";
            var above = parent.path();
            return above.isEmpty() ? name : above + "/" + name;
        }

        boolean directory() {
            return kind == TreeListing.Kind.DIRECTORY;
        }

        int depth() {
            int depth = 0;
            for (Spot above = parent; above != null; above = above.parent) depth++;
            return depth;
        }
    }

    /// The segments of a path that a reader asks for. Links may say `..`; readers may not: whoever resolves
    /// relative paths of files does so before.
    static List<String> segments(String path, GitSettings.TreeLimits limits) {
        if (path.isEmpty()) return List.of();
        var segments = List.of(path.split("/", -1));
        if (segments.size() > limits.depth()) throw tooDeep(path, limits);
        for (var segment : segments) {
            var why = "";
            if (segment.isEmpty()) why = "it begins or ends with '/', or has '//'";
            else if (segment.equals(".") || segment.equals("..")) why = "it has a segment '" + segment + "'";
            else if (segment.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '\\')) {
                why = "it has control characters or backslashes";
            }
            if (!why.isEmpty()) {
                throw GitFaults.inTree(
                        "",
                        "PathRefused",
                        "the path '" + printable(path) + "' is refused: " + why,
                        "Write it relative to the repository's root, like apps/shop");
            }
        }
        return segments;
    }

    /// What stands at `segments` below `start`; empty where there is nothing.
    Optional<Spot> find(Spot start, List<String> segments) {
        return walk(start, segments, () -> new IllegalArgumentException("readers may not say '..'"));
    }

    /// @param outside what to throw where a step leads out of the tree
    private Optional<Spot> walk(Spot start, List<String> segments, Supplier<RuntimeException> outside) {
        var here = start;
        for (var segment : segments) {
            if (segment.isEmpty() || segment.equals(".")) continue;
            if (!here.directory()) return Optional.empty();
            if (segment.equals("..")) {
                if (here.parent() == null) throw outside.get();
                here = here.parent();
                continue;
            }
            var item = objects.tree(here.id(), here.path(), limits.directoryEntries())
                    .find(segment);
            if (item == null) return Optional.empty();
            here = enter(here, item);
        }
        return Optional.of(here);
    }

    /// The place that an entry of a directory means.
    Spot enter(Spot directory, TreeListing.Item item) {
        var spot = new Spot(directory, item.name(), item.kind(), item.id());
        if (!item.defect().isEmpty()) {
            throw GitFaults.inTree(
                    printable(directory.path()),
                    "HostileTree",
                    "the entry '" + printable(spot.path()) + "' is refused: " + item.defect(),
                    "Remove or rename it");
        }
        return switch (item.kind()) {
            case FILE, DIRECTORY -> {
                if (spot.depth() > limits.depth()) throw tooDeep(spot.path(), limits);
                yield spot;
            }
            case SUBMODULE ->
                throw GitFaults.inTree(
                        spot.path(),
                        "SubmoduleRefused",
                        "'" + spot.path() + "' is a submodule; its content is not in this repository",
                        "Submodules are not supported: name the other repository as a source of its own");
            case LINK -> follow(directory, spot);
        };
    }

    private Spot follow(Spot directory, Spot link) {
        var target = new String(objects.blob(link.id(), link.path(), LONGEST_TARGET), StandardCharsets.UTF_8);
        if (++followed > MOST_LINKS) throw refused(link, target, "it leads in a circle, or through too many links");
        if (target.isEmpty()) throw refused(link, target, "it leads nowhere");
        if (target.startsWith("/")) throw refused(link, target, "it is absolute");
        if (target.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '\\')) {
            throw refused(link, target, "its target has control characters or backslashes");
        }
        var end = walk(directory, List.of(target.split("/", -1)), () -> refused(link, target, OUTSIDE))
                .orElseThrow(() -> refused(link, target, "there is nothing at its target"));
        if (end.directory() && holds(end, directory)) {
            throw refused(link, target, "it leads to a directory that contains it, so listing would never end");
        }
        return end;
    }

    private static boolean holds(Spot outer, Spot inner) {
        var path = outer.path();
        var within = inner.path();
        return path.isEmpty() || within.equals(path) || within.startsWith(path + "/");
    }

    private static FaultException refused(Spot link, String target, String why) {
        return GitFaults.inTree(
                link.path(),
                "SymlinkRefused",
                "the symlink '" + link.path() + "' to '" + printable(target) + "' is refused: " + why,
                "Let it lead to a file or directory of the same repository, or replace it");
    }

    private static FaultException tooDeep(String path, GitSettings.TreeLimits limits) {
        return GitFaults.inTree(
                "",
                "TreeTooDeep",
                "the path '" + printable(path) + "' has more than " + limits.depth() + " segments",
                "Flatten the tree, or raise the limit");
    }

    /// Names come from a stranger's repository: nothing in them may act on a terminal or a log.
    static String printable(String text) {
        var shown = new StringBuilder();
        text.codePoints().limit(300).forEach(c -> {
            int type = Character.getType(c);
            boolean hidden = type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
            shown.appendCodePoint(hidden ? '?' : c);
        });
        return shown.toString();
    }
}
