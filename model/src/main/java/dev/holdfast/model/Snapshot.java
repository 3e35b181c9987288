package dev.holdfast.model;

import java.util.List;
import java.util.Optional;

/// An immutable tree of files, read from Git objects: no work tree, no host path. Paths are relative to the
/// repository's root, with `/`, never beginning or ending with one; the root itself is the empty text. Symlinks are
/// resolved inside the tree by the snapshot; one that leaves it, dangles or loops is a {@link FaultException}, as
/// is a submodule or anything over a limit.
public interface Snapshot {

    /// The commit (or digest) that names this tree.
    String id();

    /// What stands at a path; empty where there is nothing.
    Optional<Entry> entry(String path);

    /// What is directly below a directory, sorted by name.
    List<Entry> list(String directory);

    byte[] read(String path);

    /// The path at which the content really stands, where symlinks lead elsewhere; the path itself where there are
    /// none, or where nothing is found. The id of a directory says nothing of what links below it lead to.
    default String real(String path) {
        return path;
    }

    enum Kind {
        FILE,
        DIRECTORY
    }

    /// One file or directory: its full path, the id of its content (a blob or tree id), and the size in bytes (0
    /// for directories).
    record Entry(String path, Kind kind, String id, long size) {
        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }
}
