package dev.holdfast.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a render read: every path with the object id that it found there ("" where it found nothing; listed
/// directories with their tree ids; a directory that was only passed through with `/` and where it really stands).
/// Two commits give the same render if these ids are the same in both.
public record ReadRecord(SortedMap<String, String> ids) {

    private static final String PASSED = "/";

    public static final ReadRecord NOTHING = new ReadRecord(new TreeMap<>());

    public ReadRecord {
        ids = Collections.unmodifiableSortedMap(new TreeMap<>(ids));
    }

    /// Whether a render from `snapshot` would read the same.
    public boolean sameIn(Snapshot snapshot) {
        for (var read : ids.entrySet()) {
            if (!now(snapshot, read.getKey(), read.getValue()).equals(read.getValue())) return false;
        }
        return true;
    }

    private static String now(Snapshot snapshot, String path, String before) {
        var entry = snapshot.entry(path);
        if (entry.isEmpty()) return "";
        boolean passed = before.startsWith(PASSED) && entry.get().kind() == Snapshot.Kind.DIRECTORY;
        return passed ? passed(snapshot, path) : entry.get().id();
    }

    /// What is noted of a directory that nobody listed: what stands in it makes no difference.
    public static String passed(Snapshot snapshot, String path) {
        return PASSED + snapshot.real(path);
    }
}
