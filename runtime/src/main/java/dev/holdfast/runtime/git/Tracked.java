package dev.holdfast.runtime.git;

import dev.holdfast.model.Fault;
import dev.holdfast.port.GitHost;
import java.util.Optional;

/// Where a wanted ref of a store stands.
public sealed interface Tracked {

    /// Not asked yet.
    record Unasked() implements Tracked {}

    /// At a commit whose objects are here. `ref` is the full name that was found (`refs/heads/main`), or the
    /// commit.
    record At(GitHost.Store store, String ref, String commit) implements Tracked {}

    /// The last attempt failed; `last` is where it stood before.
    record Failed(Fault fault, Optional<At> last) implements Tracked {}

    /// The last known commit, however long ago.
    default Optional<At> last() {
        return switch (this) {
            case Unasked _ -> Optional.empty();
            case At at -> Optional.of(at);
            case Failed failed -> failed.last;
        };
    }

    default Optional<Fault> trouble() {
        return switch (this) {
            case Unasked _, At _ -> Optional.empty();
            case Failed failed -> Optional.of(failed.fault);
        };
    }
}
