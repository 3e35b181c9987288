package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Mapping;
import java.util.Optional;

/// What defaulting needs to know besides the object. `uid` is the one that the object has or will have, `old` the
/// stored object when one is updated.
public record DefaultingContext(String uid, Optional<Mapping> old, Allocator allocator) {

    public static DefaultingContext creating(String uid, Allocator allocator) {
        return new DefaultingContext(uid, Optional.empty(), allocator);
    }

    public static DefaultingContext updating(Mapping old, Allocator allocator) {
        return new DefaultingContext(old.text("metadata", "uid").orElse(""), Optional.of(old), allocator);
    }

    boolean creates() {
        return old.isEmpty();
    }
}
