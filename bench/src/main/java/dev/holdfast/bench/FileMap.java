package dev.holdfast.bench;

import dev.holdfast.model.Digest;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Files in memory as a snapshot whose entries are known beforehand, as those of a Git tree are: what a benchmark
/// measures is the rendering.
final class FileMap implements Snapshot {

    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final SortedMap<String, Entry> entries = new TreeMap<>();

    private FileMap() {
        entries.put("", new Entry("", Kind.DIRECTORY, "root", 0));
    }

    static FileMap of(Map<String, String> texts) {
        var map = new FileMap();
        texts.forEach((path, text) -> map.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return map;
    }

    static FileMap ofBytes(Map<String, byte[]> files) {
        var map = new FileMap();
        files.forEach(map::put);
        return map;
    }

    /// All files below a folder of this machine.
    static FileMap read(Path folder) throws IOException {
        var map = new FileMap();
        try (var paths = Files.walk(folder)) {
            for (var path : paths.filter(Files::isRegularFile).toList()) {
                map.put(folder.relativize(path).toString(), Files.readAllBytes(path));
            }
        }
        return map;
    }

    private void put(String path, byte[] bytes) {
        files.put(path, bytes);
        entries.put(path, new Entry(path, Kind.FILE, Digest.of(bytes).first(40), bytes.length));
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            var above = path.substring(0, slash);
            entries.put(above, new Entry(above, Kind.DIRECTORY, "tree of " + above, 0));
        }
    }

    SortedMap<String, byte[]> files() {
        return files;
    }

    @Override
    public String id() {
        return "in memory";
    }

    @Override
    public Optional<Entry> entry(String path) {
        return Optional.ofNullable(entries.get(path));
    }

    @Override
    public List<Entry> list(String directory) {
        var start = directory.isEmpty() ? "" : directory + "/";
        var found = new ArrayList<Entry>();
        for (var entry : entries.tailMap(start).values()) {
            if (!entry.path().startsWith(start)) break;
            boolean direct =
                    entry.path().length() > start.length() && entry.path().indexOf('/', start.length()) < 0;
            if (direct) found.add(entry);
        }
        return found;
    }

    @Override
    public byte[] read(String path) {
        var bytes = files.get(path);
        if (bytes != null) return bytes;
        throw new FaultException(Fault.at(Origin.at(path, 1, 1), "PathNotFound", "there is no '" + path + "'", ""));
    }
}
