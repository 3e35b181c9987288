package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;

/// Values as the API server's messages print them.
final class GoText {

    private GoText() {}

    static String type(Value value) {
        return switch (value) {
            case Value.Text _ -> "string";
            case Value.Bool _ -> "bool";
            case Value.Whole _ -> "int64";
            case Value.Real _ -> "float64";
            case Sequence _ -> "[]interface {}";
            case Mapping _ -> "map[string]interface {}";
            case Value.Null _ -> "<nil>";
        };
    }

    /// `&{value}`: the server prints its own wrapper around the value.
    static String of(Value value) {
        return "&{" + plain(value) + "}";
    }

    /// The same with the types spelt out, as the server does where it wanted a text.
    static String sharp(Value value) {
        return "&value.valueUnstructured{Value:" + literal(value) + "}";
    }

    private static String literal(Value value) {
        return switch (value) {
            case Value.Text _ -> ValueOrder.text(value);
            case Value.Bool _, Value.Whole _, Value.Real _ -> value.toString();
            case Value.Null _ -> "interface {}(nil)";
            case Sequence items -> {
                var text = new StringBuilder(type(value)).append('{');
                for (int i = 0; i < items.size(); i++) {
                    if (i > 0) text.append(", ");
                    text.append(literal(items.get(i)));
                }
                yield text.append('}').toString();
            }
            case Mapping fields -> {
                var text = new StringBuilder(type(value)).append('{');
                var sorted = fields.sorted();
                for (int i = 0; i < sorted.size(); i++) {
                    if (i > 0) text.append(", ");
                    text.append(ValueOrder.text(Value.of(sorted.keyAt(i)))).append(':');
                    text.append(literal(sorted.valueAt(i)));
                }
                yield text.append('}').toString();
            }
        };
    }

    private static String plain(Value value) {
        return switch (value) {
            case Value.Text(var text, var _) -> text;
            case Value.Bool _, Value.Whole _, Value.Real _ -> value.toString();
            case Value.Null _ -> "<nil>";
            case Sequence items -> {
                var text = new StringBuilder("[");
                for (int i = 0; i < items.size(); i++) {
                    if (i > 0) text.append(' ');
                    text.append(plain(items.get(i)));
                }
                yield text.append(']').toString();
            }
            case Mapping fields -> {
                var text = new StringBuilder("map[");
                var sorted = fields.sorted();
                for (int i = 0; i < sorted.size(); i++) {
                    if (i > 0) text.append(' ');
                    text.append(sorted.keyAt(i)).append(':').append(plain(sorted.valueAt(i)));
                }
                yield text.append(']').toString();
            }
        };
    }
}
