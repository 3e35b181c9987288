package dev.holdfast.sandbox.write;

import dev.holdfast.sandbox.store.Item;
import java.util.List;

/// What a write led to: the object as it is now (or would be, after a dry run), whether it is new, and what the
/// client should be told besides.
public record Written(Item item, Result result, List<String> warnings) {

    public enum Result {
        CREATED,
        CHANGED,
        DELETED
    }

    public Written {
        warnings = List.copyOf(warnings);
    }

    public static Written changed(Item item) {
        return new Written(item, Result.CHANGED, List.of());
    }

    public int status() {
        return result == Result.CREATED ? 201 : 200;
    }
}
