package dev.holdfast.testkit;

import dev.holdfast.model.Digest;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// A map of paths to bytes as a snapshot. Ids are digests: a file's of its bytes, a directory's of what stands
/// below it (of a link where it leads, as in Git), the snapshot's of everything, unless
/// it is named. Never changes: `with` and
/// `without` give another one.
public final class InMemorySnapshot implements Snapshot {

    public static final InMemorySnapshot EMPTY =
            new InMemorySnapshot(new TreeMap<>(), new TreeMap<>(), Optional.empty());

    private final SortedMap<String, byte[]> files;
    private final SortedMap<String, String> links;

    private final Optional<String> name;

    private InMemorySnapshot(SortedMap<String, byte[]> files, SortedMap<String, String> links, Optional<String> name) {
        this.files = files;
        this.links = links;
        this.name = name;
    }

    public static InMemorySnapshot of(Map<String, String> texts) {
        var snapshot = EMPTY;
        for (var text : texts.entrySet()) snapshot = snapshot.with(text.getKey(), text.getValue());
        return snapshot;
    }

    public InMemorySnapshot with(String path, String text) {
        return with(path, text.getBytes(StandardCharsets.UTF_8));
    }

    public InMemorySnapshot with(String path, byte[] bytes) {
        var more = new TreeMap<>(files);
        more.put(path, bytes.clone());
        return new InMemorySnapshot(more, links, name);
    }

    public InMemorySnapshot without(String path) {
        var fewer = new TreeMap<>(files);
        fewer.remove(path);
        return new InMemorySnapshot(fewer, links, name);
    }

    /// A symlink; `target` is a path from the root of the tree. One that begins with `/` is refused when it is
    /// touched.
    public InMemorySnapshot withLink(String path, String target) {
        var more = new TreeMap<>(links);
        more.put(path, target);
        return new InMemorySnapshot(files, more, name);
    }

    /// The same content as this commit.
    InMemorySnapshot named(String commit) {
        return new InMemorySnapshot(files, links, Optional.of(commit));
    }

    @Override
    public String id() {
        return name.orElseGet(() -> tree(""));
    }

    @Override
    public Optional<Entry> entry(String path) {
        check(path);
        var real = real(path);
        var bytes = files.get(real);
        if (bytes != null) return Optional.of(new Entry(path, Kind.FILE, short40(Digest.of(bytes)), bytes.length));
        if (names(real).isEmpty() && !real.isEmpty()) return Optional.empty();
        return Optional.of(new Entry(path, Kind.DIRECTORY, tree(real), 0));
    }

    @Override
    public List<Entry> list(String directory) {
        var found = entry(directory).orElseThrow(() -> fault(directory, "PathNotFound", "there is nothing here"));
        if (found.kind() == Kind.FILE) throw fault(directory, "NotADirectory", "this is a file");
        var start = directory.isEmpty() ? "" : directory + "/";
        var entries = new ArrayList<Entry>();
        for (var name : names(real(directory))) {
            entries.add(entry(start + name).orElseThrow(() -> fault(start + name, "SymlinkRefused", "it dangles")));
        }
        return List.copyOf(entries);
    }

    @Override
    public byte[] read(String path) {
        check(path);
        var bytes = files.get(real(path));
        if (bytes != null) return bytes.clone();
        throw entry(path).isPresent()
                ? fault(path, "NotAFile", "this is a directory")
                : fault(path, "PathNotFound", "there is nothing here");
    }

    @Override
    public String real(String path) {
        var real = path;
        for (int followed = 0; followed < 40; followed++) {
            var link = nearestLink(real);
            if (link.isEmpty()) return real;
            var target = links.get(link);
            if (target != null && target.startsWith("/")) {
                throw fault(link, "SymlinkRefused", "the symlink to '" + target + "' leads out of the repository");
            }
            real = links.get(link) + real.substring(link.length());
        }
        throw fault(path, "SymlinkRefused", "its links lead in a circle");
    }

    private static void check(String path) {
        if (path.isEmpty()) return;
        for (var segment : path.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw fault(path, "PathRefused", "this can't be a path");
            }
        }
    }

    private String nearestLink(String path) {
        for (int end = path.indexOf('/'); ; end = path.indexOf('/', end + 1)) {
            var above = end < 0 ? path : path.substring(0, end);
            if (links.containsKey(above)) return above;
            if (end < 0) return "";
        }
    }

    private TreeSet<String> names(String directory) {
        var start = directory.isEmpty() ? "" : directory + "/";
        var names = new TreeSet<String>();
        for (var paths :
                List.of(files.tailMap(start).keySet(), links.tailMap(start).keySet())) {
            for (var path : paths) {
                if (!path.startsWith(start)) break;
                var rest = path.substring(start.length());
                int slash = rest.indexOf('/');
                names.add(slash < 0 ? rest : rest.substring(0, slash));
            }
        }
        return names;
    }

    private String tree(String directory) {
        var start = directory.isEmpty() ? "" : directory + "/";
        var content = new StringBuilder("tree\n");
        files.tailMap(start).forEach((path, bytes) -> {
            if (path.startsWith(start))
                content.append(path.substring(start.length()))
                        .append(' ')
                        .append(Digest.of(bytes))
                        .append('\n');
        });
        links.tailMap(start).forEach((path, target) -> {
            if (path.startsWith(start))
                content.append(path.substring(start.length()))
                        .append(" -> ")
                        .append(target)
                        .append('\n');
        });
        return short40(Digest.of(content.toString()));
    }

    private static String short40(Digest digest) {
        return digest.first(40);
    }

    private static FaultException fault(String path, String code, String message) {
        return new FaultException(Fault.at(Origin.at(path, 1, 1), code, message, "Check the path"));
    }
}
