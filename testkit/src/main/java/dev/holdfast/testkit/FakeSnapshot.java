package dev.holdfast.testkit;

import dev.holdfast.model.Digest;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/// A map of paths to texts as a snapshot: ids are digests of content, as Git's are.
record FakeSnapshot(String id, SortedMap<String, String> files) implements Snapshot {

    @Override
    public Optional<Entry> entry(String path) {
        check(path);
        var content = files.get(path);
        if (content != null) return Optional.of(file(path, content));
        var below = below(path);
        if (below.isEmpty() && !path.isEmpty()) return Optional.empty();
        return Optional.of(
                new Entry(path, Kind.DIRECTORY, Digest.of(below.toString()).first(40), 0));
    }

    private static Entry file(String path, String content) {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        return new Entry(path, Kind.FILE, Digest.of(bytes).first(40), bytes.length);
    }

    private SortedMap<String, String> below(String directory) {
        return directory.isEmpty() ? files : files.subMap(directory + "/", directory + "0");
    }

    @Override
    public List<Entry> list(String directory) {
        var found = entry(directory).orElseThrow(() -> fault("PathNotFound", "there is no '" + directory + "'"));
        if (found.kind() == Kind.FILE) throw fault("NotADirectory", "'" + directory + "' is a file, not a directory");
        var start = directory.isEmpty() ? "" : directory + "/";
        var names = new TreeSet<String>();
        for (var path : below(directory).keySet()) {
            var rest = path.substring(start.length());
            names.add(rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest);
        }
        var entries = new ArrayList<Entry>();
        for (var name : names) entry(start + name).ifPresent(entries::add);
        return List.copyOf(entries);
    }

    @Override
    public byte[] read(String path) {
        var found = entry(path).orElseThrow(() -> fault("PathNotFound", "there is no '" + path + "'"));
        var content = files.get(path);
        if (content == null) throw fault("NotAFile", "'" + found.path() + "' is a directory, not a file");
        return content.getBytes(StandardCharsets.UTF_8);
    }

    private static void check(String path) {
        if (path.isEmpty()) return;
        for (var segment : path.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw fault("PathRefused", "the path '" + path + "' is refused");
            }
        }
    }

    private static FaultException fault(String code, String message) {
        return new FaultException(Fault.terminal(code, message, "Check the path"));
    }
}
