package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.List;

/// The order and the text of values inside paths: numbers, texts, booleans, lists, maps, null. The API server sorts
/// keyed items so (port 53 before port 443), and prints texts quoted.
final class ValueOrder {

    private ValueOrder() {}

    static int compareKeys(List<PathElement.KeyField> left, List<PathElement.KeyField> right) {
        int shared = Math.min(left.size(), right.size());
        for (int i = 0; i < shared; i++) {
            int compared = left.get(i).name().compareTo(right.get(i).name());
            if (compared != 0) return compared;
            compared = compare(left.get(i).value(), right.get(i).value());
            if (compared != 0) return compared;
        }
        return Integer.compare(left.size(), right.size());
    }

    static int compare(Value left, Value right) {
        if (left instanceof Value.Text(var mine, var _) && right instanceof Value.Text(var theirs, var _)) {
            return mine.compareTo(theirs);
        }
        int compared = Integer.compare(rank(left), rank(right));
        if (compared != 0) return compared;
        return switch (left) {
            case Value.Whole(var mine, var _) ->
                right instanceof Value.Whole(var theirs, var _)
                        ? Long.compare(mine, theirs)
                        : Double.compare(mine, number(right));
            case Value.Real(var mine, var _, var _) -> Double.compare(mine, number(right));
            case Value.Text(var mine, var _) -> mine.compareTo(right.toString());
            case Value.Bool(var mine, var _) -> Boolean.compare(mine, right.equals(Value.TRUE));
            case Sequence mine -> right instanceof Sequence theirs ? compareLists(mine, theirs) : 0;
            case Mapping mine -> right instanceof Mapping theirs ? compareMaps(mine, theirs) : 0;
            case Value.Null _ -> 0;
        };
    }

    private static int rank(Value value) {
        return switch (value) {
            case Value.Whole _, Value.Real _ -> 0;
            case Value.Text _ -> 1;
            case Value.Bool _ -> 2;
            case Sequence _ -> 3;
            case Mapping _ -> 4;
            case Value.Null _ -> 5;
        };
    }

    private static double number(Value value) {
        return switch (value) {
            case Value.Whole(var whole, var _) -> whole;
            case Value.Real(var real, var _, var _) -> real;
            case Value.Text _, Value.Bool _, Value.Null _, Sequence _, Mapping _ -> Double.NaN;
        };
    }

    private static int compareLists(Sequence left, Sequence right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int compared = compare(left.get(i), right.get(i));
            if (compared != 0) return compared;
        }
        return Integer.compare(left.size(), right.size());
    }

    private static int compareMaps(Mapping left, Mapping right) {
        var mine = left.sorted();
        var theirs = right.sorted();
        for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
            int compared = mine.keyAt(i).compareTo(theirs.keyAt(i));
            if (compared != 0) return compared;
            compared = compare(mine.valueAt(i), theirs.valueAt(i));
            if (compared != 0) return compared;
        }
        return Integer.compare(mine.size(), theirs.size());
    }

    /// As the API server prints a value in a path: `"app"`, `80`, `true`.
    static String text(Value value) {
        return switch (value) {
            case Value.Text(var text, var _) -> quoted(text);
            case Value.Null _ -> "null";
            case Value.Bool _, Value.Whole _, Value.Real _ -> value.toString();
            case Sequence items -> {
                var text = new StringBuilder("[");
                for (int i = 0; i < items.size(); i++) {
                    if (i > 0) text.append(',');
                    text.append(text(items.get(i)));
                }
                yield text.append(']').toString();
            }
            case Mapping fields -> {
                var text = new StringBuilder("{");
                var sorted = fields.sorted();
                for (int i = 0; i < sorted.size(); i++) {
                    if (i > 0) text.append(';');
                    text.append(sorted.keyAt(i)).append('=').append(text(sorted.valueAt(i)));
                }
                yield text.append('}').toString();
            }
        };
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (letter < 0x20 || letter == 0x7f) quoted.append("\\x%02x".formatted((int) letter));
                    else quoted.append(letter);
                }
            }
        }
        return quoted.append('"').toString();
    }
}
