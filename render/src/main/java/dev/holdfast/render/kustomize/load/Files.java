package dev.holdfast.render.kustomize.load;

import dev.holdfast.model.Origin;
import dev.holdfast.model.Snapshot;
import dev.holdfast.render.kustomize.tree.Refusal;

/// The files of one repository during a build, counted against the build's limits.
public final class Files {

    private final Snapshot snapshot;
    private final BuildLimits limits;
    private final Count count;

    /// What a build has read so far, over all repositories.
    public static final class Count {
        private long bytes;
        private int files;
    }

    public Files(Snapshot snapshot, BuildLimits limits, Count count) {
        this.snapshot = snapshot;
        this.limits = limits;
        this.count = count;
    }

    /// Another repository of the same build.
    public Files of(Snapshot other) {
        return new Files(other, limits, count);
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    public BuildLimits limits() {
        return limits;
    }

    byte[] read(String path, Origin asked) {
        var size = snapshot.entry(path).map(Snapshot.Entry::size).orElse(0L);
        count.bytes += size;
        count.files++;
        if (size > limits.fileBytes() || count.bytes > limits.totalBytes() || count.files > limits.files()) {
            throw Refusal.at(
                    asked.known() ? asked : Origin.at(path, 1, 1),
                    "'" + path + "' is more than a build may read: a file may have " + limits.fileBytes()
                            + " bytes, all together " + limits.totalBytes() + " in " + limits.files() + " files");
        }
        return snapshot.read(path);
    }
}
