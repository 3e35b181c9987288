package dev.holdfast.sandbox.write;

import dev.holdfast.fields.ManagedFields;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Remembers which managed fields some lately written lists say, so that the next write of the same object need not
/// read its list again. Found by the list's identity: a list is never changed.
final class PrintedOwners {

    private static final int KEPT = 1 << 10;

    private final AtomicReferenceArray<Known> ring = new AtomicReferenceArray<>(KEPT);

    private record Known(Value list, ManagedFields owners) {}

    /// None where they can't be read.
    ManagedFields of(Mapping object) {
        var list = object.at("metadata", "managedFields");
        if (list == null) return ManagedFields.NONE;
        var known = ring.get(place(list));
        return known != null && known.list() == list ? known.owners() : ManagedFields.ofOrNone(object);
    }

    Mapping into(ManagedFields owners, Mapping object) {
        var whole = owners.into(object);
        var list = whole.at("metadata", "managedFields");
        if (list != null) ring.set(place(list), new Known(list, owners));
        return whole;
    }

    private static int place(Value list) {
        return System.identityHashCode(list) & (KEPT - 1);
    }
}
