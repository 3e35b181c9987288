package dev.holdfast.sandbox.patch;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// JSON patch (RFC 6902): a list of operations, all of them or none. As in the API server, an index below zero
/// counts from the end of a list.
public final class JsonPatch {

    static final int MAX_OPERATIONS = 10_000;

    /// How much a patch may copy in all: a few copies of copies grow without bound.
    static final long MAX_COPIED = 3L * 1024 * 1024;

    private Value document;
    private long copied;

    private JsonPatch(Value document) {
        this.document = document;
    }

    public static Patched apply(Value document, Value patch) {
        try {
            return new Patched.Done(new JsonPatch(document).all(patch));
        } catch (FaultException refusal) {
            return Refusals.refused(refusal);
        }
    }

    private Value all(Value patch) {
        if (!(patch instanceof Sequence operations)) {
            throw Refusals.malformed(
                    "json: cannot unmarshal " + jsonType(patch) + " into Go value of type jsonpatch.Patch");
        }
        if (operations.size() > MAX_OPERATIONS) {
            throw Refusals.tooLarge("The allowed maximum operations in a JSON patch is " + MAX_OPERATIONS + ", got "
                    + operations.size());
        }
        for (var each : operations) {
            if (!(each instanceof Mapping)) {
                throw Refusals.malformed(
                        "json: cannot unmarshal " + jsonType(each) + " into Go value of type jsonpatch.Operation");
            }
        }
        operations.mappings().forEach(this::operate);
        return document;
    }

    private static String jsonType(Value value) {
        return switch (value) {
            case Value.Null _ -> "null";
            case Value.Bool _ -> "bool";
            case Value.Whole _, Value.Real _ -> "number";
            case Value.Text _ -> "string";
            case Sequence _ -> "array";
            case Mapping _ -> "object";
        };
    }

    private void operate(Mapping operation) {
        var kind = operation.text("op").orElse("");
        switch (kind) {
            case "add" -> document = Pointer.add(document, path(operation, "path"), value(operation));
            case "remove" -> document = Pointer.remove(document, path(operation, "path"));
            case "replace" -> document = Pointer.replace(document, path(operation, "path"), value(operation));
            case "move" -> move(path(operation, "from"), path(operation, "path"));
            case "copy" -> copy(path(operation, "from"), path(operation, "path"));
            case "test" -> test(operation);
            default -> throw Refusals.unprocessable("Unexpected kind: " + kind);
        }
    }

    private static List<String> path(Mapping operation, String field) {
        var pointer = operation.text(field);
        if (pointer.isEmpty()) throw Refusals.unprocessable("a JSON patch operation needs the text field " + field);
        return Pointer.parse(pointer.get());
    }

    private static Value value(Mapping operation) {
        var value = operation.get("value");
        if (value == null) throw Refusals.unprocessable("a JSON patch operation needs a value");
        return value;
    }

    private void move(List<String> from, List<String> to) {
        if (to.size() > from.size() && to.subList(0, from.size()).equals(from)) {
            throw Refusals.unprocessable("a value cannot be moved into itself: " + Pointer.text(from));
        }
        var moved = found(from);
        document = Pointer.add(Pointer.remove(document, from), to, moved);
    }

    private void copy(List<String> from, List<String> to) {
        var source = found(from);
        copied += Sizes.of(source);
        if (copied > MAX_COPIED) {
            throw Refusals.unprocessable("Unable to complete the copy, the accumulated size increase of copy is "
                    + copied + ", exceeding the limit " + MAX_COPIED);
        }
        document = Pointer.add(document, to, source);
    }

    private Value found(List<String> path) {
        return Pointer.find(document, path)
                .orElseThrow(() -> Refusals.unprocessable("there is nothing at " + Pointer.text(path)));
    }

    /// A test for null also passes where there is nothing.
    private void test(Mapping operation) {
        var path = path(operation, "path");
        @Nullable Value expected = operation.get("value");
        Optional<Value> found = Pointer.find(document, path);
        boolean passes = expected == null || expected.isNull()
                ? found.isEmpty() || found.get().isNull()
                : found.isPresent() && found.get().equals(expected);
        if (!passes) throw Refusals.unprocessable("testing value " + Pointer.text(path) + " failed");
    }
}
