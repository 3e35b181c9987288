package dev.holdfast.render;

import dev.holdfast.model.Digest;
import dev.holdfast.model.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A snapshot in which one file has another content, or exists although the snapshot below has none.
final class OverlaySnapshot implements Snapshot {

    private final Snapshot below;
    private final String path;
    private final byte[] content;

    OverlaySnapshot(Snapshot below, String path, byte[] content) {
        this.below = below;
        this.path = path;
        this.content = content.clone();
    }

    @Override
    public String id() {
        return below.id();
    }

    @Override
    public Optional<Entry> entry(String asked) {
        return asked.equals(path) ? Optional.of(own()) : below.entry(asked);
    }

    private Entry own() {
        return new Entry(path, Kind.FILE, Digest.of(content).toString(), content.length);
    }

    @Override
    public List<Entry> list(String directory) {
        var entries = new ArrayList<Entry>();
        for (var entry : below.list(directory)) if (!entry.path().equals(path)) entries.add(entry);
        int slash = path.lastIndexOf('/');
        if (directory.equals(slash < 0 ? "" : path.substring(0, slash))) entries.add(own());
        entries.sort(Comparator.comparing(Entry::name));
        return entries;
    }

    @Override
    public byte[] read(String asked) {
        return asked.equals(path) ? content.clone() : below.read(asked);
    }

    @Override
    public String real(String asked) {
        return asked.equals(path) ? path : below.real(asked);
    }
}
