package dev.holdfast.render.kustomize.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a merge needs to know of a type: its fields, and of a list whether a patch's items are merged into it, by
/// which keys, and what an item is.
public interface Definition {

    /// The type of a field; null where nothing is known of it.
    @Nullable Definition field(String name);

    /// The type of a list's items; null where nothing is known of it or this is no list.
    @Nullable Definition items();

    /// Whether a patch's items are merged into the list rather than taking its place.
    boolean merges();

    /// The keys that tell items apart; none for lists of plain values.
    List<String> keys();
}
