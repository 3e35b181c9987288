package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Mapping;
import java.util.Optional;

/// What defaulting needs to know besides the object. `uid` is the one that the object has or will have, `old` the
/// stored object when one is updated. `known` is an object that was defaulted before, perhaps an empty one: what it
/// shares with the object is not defaulted again.
public record DefaultingContext(String uid, Optional<Mapping> old, Allocator allocator, Mapping known) {

    public static DefaultingContext creating(String uid, Allocator allocator) {
        return creating(uid, allocator, Mapping.EMPTY);
    }

    public static DefaultingContext creating(String uid, Allocator allocator, Mapping known) {
        return new DefaultingContext(uid, Optional.empty(), allocator, known);
    }

    public static DefaultingContext updating(Mapping old, Allocator allocator) {
        return new DefaultingContext(old.text("metadata", "uid").orElse(""), Optional.of(old), allocator, old);
    }

    boolean creates() {
        return old.isEmpty();
    }
}
