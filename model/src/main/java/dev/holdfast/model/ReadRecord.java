package dev.holdfast.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a render read: every path with the object id that it found there ("" where it found nothing; listed
/// directories with their tree ids). Two commits give the same render if these ids are the same in both.
public record ReadRecord(SortedMap<String, String> ids) {

    public static final ReadRecord NOTHING = new ReadRecord(new TreeMap<>());

    public ReadRecord {
        ids = Collections.unmodifiableSortedMap(new TreeMap<>(ids));
    }

    /// Whether a render from `snapshot` would read the same.
    public boolean sameIn(Snapshot snapshot) {
        for (var read : ids.entrySet()) {
            var now = snapshot.entry(read.getKey()).map(Snapshot.Entry::id).orElse("");
            if (!now.equals(read.getValue())) return false;
        }
        return true;
    }
}
