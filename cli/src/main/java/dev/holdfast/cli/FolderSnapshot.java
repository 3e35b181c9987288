package dev.holdfast.cli;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// A folder of this machine as a snapshot. Symlinks are followed inside the folder only; what is neither a file nor
/// a directory does not exist here, nor does Git's own `.git`.
final class FolderSnapshot implements Snapshot {

    private static final int MOST_LINKS = 40;
    private static final int DEPTH = 64;
    private static final int DIRECTORY_ENTRIES = 50_000;
    private static final long FILE_BYTES = 10L << 20;

    private final Path root;

    /// @param root an existing directory
    FolderSnapshot(Path root) {
        this.root = root;
    }

    /// The folder that a path belongs to: the work tree of a Git repository around it, or else itself (the
    /// directory that it is in, for a file). Links in the path itself are the caller's own: they are followed.
    static Path rootOf(Path path) {
        var start = Files.isDirectory(path) ? path : path.getParent();
        for (var above = start; above != null; above = above.getParent()) {
            if (Files.exists(above.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) return above;
        }
        return start == null ? path : start;
    }

    @Override
    public String id() {
        return "the folder " + root;
    }

    @Override
    public Optional<Entry> entry(String path) {
        return find(path).flatMap(real -> entry(path, real));
    }

    @Override
    public List<Entry> list(String directory) {
        var real = find(directory)
                .filter(found -> Files.isDirectory(place(found), LinkOption.NOFOLLOW_LINKS))
                .orElseThrow(() -> fault(directory, "PathNotFound", "there is no directory '" + directory + "'", ""));
        var entries = new ArrayList<Entry>();
        for (var name : names(directory, real)) {
            var path = directory.isEmpty() ? name : directory + "/" + name;
            entry(path).ifPresent(entries::add);
        }
        entries.sort(Comparator.comparing(Entry::name));
        return entries;
    }

    private List<String> names(String directory, List<String> real) {
        var names = new ArrayList<String>();
        try (var below = Files.newDirectoryStream(place(real))) {
            for (var path : below) {
                var name = String.valueOf(path.getFileName());
                if (name.equals(".git")) continue;
                names.add(name);
                if (names.size() > DIRECTORY_ENTRIES) {
                    throw fault(
                            directory,
                            "TreeTooLarge",
                            "the directory '" + directory + "' has more than " + DIRECTORY_ENTRIES + " entries",
                            "Render a smaller directory");
                }
            }
        } catch (IOException failure) {
            throw unreadable(directory, failure);
        }
        return names;
    }

    @Override
    public byte[] read(String path) {
        var real = find(path).orElseThrow(() -> fault(path, "PathNotFound", "there is no '" + path + "'", ""));
        try (var in = Files.newInputStream(place(real), LinkOption.NOFOLLOW_LINKS)) {
            var bytes = in.readNBytes((int) FILE_BYTES + 1);
            if (bytes.length > FILE_BYTES) {
                throw fault(path, "FileTooLarge", "the file has more than " + (FILE_BYTES >> 20) + " MiB", "Split it");
            }
            return bytes;
        } catch (IOException failure) {
            throw unreadable(path, failure);
        }
    }

    @Override
    public String real(String path) {
        return find(path).map(real -> String.join("/", real)).orElse(path);
    }

    private Optional<Entry> entry(String path, List<String> real) {
        try {
            var attributes = Files.readAttributes(place(real), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            var id = String.join("/", real) + "@" + attributes.lastModifiedTime() + "+" + attributes.size();
            if (attributes.isDirectory()) return Optional.of(new Entry(path, Kind.DIRECTORY, id, 0));
            return attributes.isRegularFile()
                    ? Optional.of(new Entry(path, Kind.FILE, id, attributes.size()))
                    : Optional.empty();
        } catch (IOException failure) {
            throw unreadable(path, failure);
        }
    }

    /// Where a path really stands, in segments below the root; empty where nothing is.
    private Optional<List<String>> find(String path) {
        var ahead = new ArrayDeque<String>(path.isEmpty() ? List.of() : List.of(path.split("/", -1)));
        var here = new ArrayDeque<String>();
        int links = 0;
        while (!ahead.isEmpty()) {
            var segment = ahead.pop();
            if (segment.isEmpty() || segment.equals(".")) continue;
            if (segment.equals("..")) {
                if (here.pollLast() == null) throw outside(path);
                continue;
            }
            here.addLast(segment);
            if (here.size() > DEPTH) throw fault(path, "TreeTooDeep", "the path has too many segments", "Flatten it");
            var place = place(List.copyOf(here));
            if (segment.equals(".git") || !Files.exists(place, LinkOption.NOFOLLOW_LINKS)) return Optional.empty();
            if (Files.isSymbolicLink(place)) {
                if (++links > MOST_LINKS) throw link(path, "it leads in a circle, or through too many links");
                here.removeLast();
                followed(path, place, ahead);
            }
        }
        return Optional.of(List.copyOf(here));
    }

    private void followed(String path, Path place, Deque<String> ahead) {
        try {
            var target = Files.readSymbolicLink(place);
            if (target.isAbsolute()) throw link(path, "it is absolute");
            var segments = Arrays.asList(target.toString().split("/", -1));
            for (var segment : segments.reversed()) ahead.push(segment);
        } catch (IOException failure) {
            throw unreadable(path, failure);
        }
    }

    private Path place(List<String> segments) {
        var place = root;
        for (var segment : segments) place = place.resolve(segment);
        return place;
    }

    private static FaultException outside(String path) {
        return link(path, "it leads out of the folder");
    }

    private static FaultException link(String path, String why) {
        return fault(
                path,
                "SymlinkRefused",
                "the symlink at '" + path + "' is refused: " + why,
                "Let it lead to a file or directory of the same repository");
    }

    private static FaultException unreadable(String path, IOException failure) {
        var fault = Fault.at(
                place(path),
                "Unreadable",
                "'" + path + "' can't be read: " + failure.getClass().getSimpleName(),
                "Look at its owner and mode");
        return new FaultException(fault, failure);
    }

    private static FaultException fault(String path, String code, String message, String next) {
        return new FaultException(Fault.at(place(path), code, message, next));
    }

    private static Origin place(String path) {
        return path.isEmpty() ? Origin.NONE : Origin.at(path, 1, 1);
    }
}
