package dev.holdfast.render;

import dev.holdfast.model.ReadRecord;
import dev.holdfast.model.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// A snapshot that notes what is read from it: files and directories with the ids found, and what was not there. A
/// listed directory's tree id speaks for everything below it, so nothing there is noted on its own; except what
/// links lead elsewhere, since the tree id tells only where a link leads, not what stands there.
public final class RecordingSnapshot implements Snapshot {

    private final Snapshot snapshot;
    private final TreeMap<String, String> ids = new TreeMap<>();
    /// Listed directories, and where each really stands.
    private final TreeMap<String, String> listed = new TreeMap<>();

    public RecordingSnapshot(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    @Override
    public String id() {
        return snapshot.id();
    }

    @Override
    public Optional<Entry> entry(String path) {
        var entry = snapshot.entry(path);
        boolean directory = entry.isPresent() && entry.get().kind() == Kind.DIRECTORY;
        var id = directory
                ? ReadRecord.passed(snapshot, path)
                : entry.map(Entry::id).orElse("");
        if (!directory || !listed.containsKey(path)) note(path, id);
        return entry;
    }

    @Override
    public List<Entry> list(String directory) {
        note(directory, snapshot.entry(directory).map(Entry::id).orElse(""));
        var entries = snapshot.list(directory);
        listed.put(directory, snapshot.real(directory));
        // a link that leads elsewhere: what stands there is no part of this tree
        for (var entry : entries) note(entry.path(), entry.id());
        return entries;
    }

    @Override
    public byte[] read(String path) {
        entry(path);
        return snapshot.read(path);
    }

    @Override
    public String real(String path) {
        return snapshot.real(path);
    }

    public ReadRecord reads() {
        var needed = new TreeMap<>(ids);
        // noted before a directory above was listed
        needed.keySet().removeIf(path -> !listed.containsKey(path) && spokenFor(path));
        return new ReadRecord(needed);
    }

    private void note(String path, String id) {
        if (!spokenFor(path)) ids.put(path, id);
    }

    private boolean spokenFor(String path) {
        if (path.isEmpty()) return false;
        for (int slash = path.lastIndexOf('/'); ; slash = path.lastIndexOf('/', slash - 1)) {
            var above = slash < 0 ? "" : path.substring(0, slash);
            var real = listed.get(above);
            if (real != null) {
                var below = path.substring(above.isEmpty() ? 0 : slash + 1);
                return snapshot.real(path).equals(real.isEmpty() ? below : real + "/" + below);
            }
            if (slash < 0) return false;
        }
    }
}
