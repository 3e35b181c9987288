package dev.holdfast.sandbox.patch;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;

/// About how many bytes of JSON a value is.
final class Sizes {

    private Sizes() {}

    static long of(Value value) {
        return switch (value) {
            case Value.Null _, Value.Bool _ -> 5;
            case Value.Whole _, Value.Real _ -> 8;
            case Value.Text(var text, var _) -> text.length() + 2L;
            case Sequence list -> {
                long size = 2;
                for (var item : list) size += of(item) + 1;
                yield size;
            }
            case Mapping map -> {
                long size = 2;
                for (var field : map) size += field.key().length() + 4L + of(field.value());
                yield size;
            }
        };
    }
}
