package dev.holdfast.sandbox.patch;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// JSON pointers (RFC 6901), and what an operation does at the end of one.
final class Pointer {

    private static final int MAX_STEPS = 1_000;

    private Pointer() {}

    static List<String> parse(String pointer) {
        if (pointer.isEmpty()) return List.of();
        if (!pointer.startsWith("/")) throw Refusals.unprocessable("a JSON pointer starts with a slash: " + pointer);
        var steps = new ArrayList<String>();
        for (var step : pointer.substring(1).split("/", MAX_STEPS + 1)) {
            steps.add(step.replace("~1", "/").replace("~0", "~"));
        }
        if (steps.size() > MAX_STEPS)
            throw Refusals.unprocessable("a JSON pointer of more than " + MAX_STEPS + " steps");
        return steps;
    }

    static String text(List<String> steps) {
        var text = new StringBuilder();
        for (var step : steps) text.append('/').append(step.replace("~", "~0").replace("/", "~1"));
        return text.toString();
    }

    static Optional<Value> find(Value document, List<String> path) {
        var current = Optional.of(document);
        for (var step : path) {
            current = current.flatMap(value -> switch (value) {
                case Mapping map -> map.find(step);
                case Sequence list -> index(step, list.size()).map(list::get);
                case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> Optional.empty();
            });
        }
        return current;
    }

    static Value add(Value document, List<String> path, Value value) {
        if (path.isEmpty()) return value;
        return atParent(document, path, parent -> switch (parent) {
            case Mapping map -> map.with(path.getLast(), value);
            case Sequence list -> inserted(list, path, value);
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> throw missing(path);
        });
    }

    static Value remove(Value document, List<String> path) {
        if (path.isEmpty()) throw Refusals.unprocessable("the whole document cannot be removed");
        return atParent(document, path, parent -> switch (parent) {
            case Mapping map -> {
                if (!map.has(path.getLast())) throw missing(path);
                yield map.without(path.getLast());
            }
            case Sequence list -> {
                var items = new ArrayList<Value>(list.items());
                items.remove((int) index(path.getLast(), list.size()).orElseThrow(() -> missing(path)));
                yield Sequence.of(items, list.origin());
            }
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> throw missing(path);
        });
    }

    static Value replace(Value document, List<String> path, Value value) {
        if (path.isEmpty()) return value;
        return atParent(document, path, parent -> switch (parent) {
            case Mapping map -> {
                if (!map.has(path.getLast())) throw missing(path);
                yield map.with(path.getLast(), value);
            }
            case Sequence list -> {
                var items = new ArrayList<Value>(list.items());
                items.set(index(path.getLast(), list.size()).orElseThrow(() -> missing(path)), value);
                yield Sequence.of(items, list.origin());
            }
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> throw missing(path);
        });
    }

    private static Value inserted(Sequence list, List<String> path, Value value) {
        if (path.getLast().equals("-")) return list.plus(value);
        int at = index(path.getLast(), list.size() + 1).orElseThrow(() -> missing(path));
        var items = new ArrayList<Value>(list.items());
        items.add(at, value);
        return Sequence.of(items, list.origin());
    }

    private interface Change {
        Value of(Value parent);
    }

    private static Value atParent(Value value, List<String> path, Change change) {
        if (path.size() == 1) return change.of(value);
        var rest = path.subList(1, path.size());
        return switch (value) {
            case Mapping map -> {
                var inner = map.get(path.getFirst());
                if (inner == null) throw missing(path);
                yield map.with(path.getFirst(), atParent(inner, rest, change));
            }
            case Sequence list -> {
                int at = index(path.getFirst(), list.size()).orElseThrow(() -> missing(path));
                var items = new ArrayList<Value>(list.items());
                items.set(at, atParent(list.get(at), rest, change));
                yield Sequence.of(items, list.origin());
            }
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> throw missing(path);
        };
    }

    private static FaultException missing(List<String> path) {
        return Refusals.unprocessable("there is nothing at " + text(path));
    }

    /// No leading zeros, no plus; a negative one counts from the end.
    private static Optional<Integer> index(String step, int size) {
        if (!step.matches("0|-?[1-9][0-9]{0,8}")) return Optional.empty();
        int index = Integer.parseInt(step);
        if (index < 0) index += size;
        return index >= 0 && index < size ? Optional.of(index) : Optional.empty();
    }
}
