package dev.holdfast.runtime.live;

import dev.holdfast.model.Gvk;

/// Hears what changes in the cache.
public interface LiveListener {

    /// Something that is kept of an object of this placement is different, or the object is gone or new.
    void changed(String placementId);

    /// A kind was listed to the end, or can't be listed: whoever waited for it can go on.
    void settled(Gvk kind);

    /// The API says that there is no such resource any more.
    void vanished(Gvk kind);
}
