package dev.holdfast.source;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Snapshot;
import dev.holdfast.port.Tasks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/// The tree of one commit, read straight from Git's objects and only where it is asked for.
final class GitSnapshot implements Snapshot {

    private static final byte[] LFS = "version https://git-lfs.github.com/spec/v".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_LFS_POINTER = 1024;

    private final String commit;
    private final TreePath.Spot root;
    private final TreeObjects objects;
    private final GitSettings.TreeLimits limits;
    private final Tasks.Monitor monitor;
    /// Distinct paths, so that reading again is free while a tree that holds itself many times over is not.
    private final Set<String> listed = new HashSet<>();
    private long listedEntries;

    GitSnapshot(
            String commit, ObjectId tree, TreeObjects objects, GitSettings.TreeLimits limits, Tasks.Monitor monitor) {
        this.commit = commit;
        this.root = TreePath.Spot.root(tree);
        this.objects = objects;
        this.limits = limits;
        this.monitor = monitor;
    }

    @Override
    public String id() {
        return commit;
    }

    @Override
    public Optional<Entry> entry(String path) {
        return find(path).map(spot -> entry(path, spot));
    }

    @Override
    public List<Entry> list(String directory) {
        var spot = find(directory).orElseThrow(() -> absent(directory));
        if (!spot.directory()) {
            throw GitFaults.inTree(
                    directory, "NotADirectory", "'" + directory + "' is a file, not a directory", "Name its directory");
        }
        var items =
                objects.tree(spot.id(), spot.path(), limits.directoryEntries()).items();
        count(directory, items.size());
        var entries = new ArrayList<Entry>(items.size());
        for (var item : items) {
            var path = directory.isEmpty() ? item.name() : directory + "/" + item.name();
            entries.add(entry(path, new TreePath(objects, limits).enter(spot, item)));
        }
        return List.copyOf(entries);
    }

    private void count(String directory, int entries) {
        boolean over = monitor.hold(() -> {
            if (listed.add(directory)) listedEntries += Math.max(1, entries);
            return listedEntries > limits.listedEntries();
        });
        if (over) {
            throw GitFaults.inTree(
                    directory,
                    "TreeTooLarge",
                    "the directories listed so far have more than " + limits.listedEntries() + " entries",
                    "Let the App's path name a smaller directory, or raise the limit");
        }
    }

    @Override
    public byte[] read(String path) {
        var spot = find(path).orElseThrow(() -> absent(path));
        if (spot.directory()) {
            throw GitFaults.inTree(path, "NotAFile", "'" + path + "' is a directory, not a file", "Name a file in it");
        }
        var content = objects.blob(spot.id(), path, limits.fileBytes());
        if (content.length <= LONGEST_LFS_POINTER
                && content.length > LFS.length
                && Arrays.equals(content, 0, LFS.length, LFS, 0, LFS.length)) {
            throw GitFaults.inTree(
                    path,
                    "LfsPointer",
                    "'" + path + "' is a pointer to a file in Git LFS, not the file itself",
                    "Keep manifests in Git itself, without LFS");
        }
        return content;
    }

    @Override
    public String real(String path) {
        return find(path).map(TreePath.Spot::path).orElse(path);
    }

    private Optional<TreePath.Spot> find(String path) {
        return new TreePath(objects, limits).find(root, TreePath.segments(path, limits));
    }

    private Entry entry(String path, TreePath.Spot spot) {
        return spot.directory()
                ? new Entry(path, Kind.DIRECTORY, spot.id().name(), 0)
                : new Entry(path, Kind.FILE, spot.id().name(), objects.size(spot.id()));
    }

    private FaultException absent(String path) {
        return GitFaults.inTree(
                path,
                "PathNotFound",
                "there is no '" + TreePath.printable(path) + "' in commit " + commit.substring(0, 7),
                "Check the path; it is relative to the repository's root");
    }
}
