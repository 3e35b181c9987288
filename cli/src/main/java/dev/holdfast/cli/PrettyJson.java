package dev.holdfast.cli;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.JsonWriter;

/// JSON as kubectl prints it: keys sorted, four spaces per level.
final class PrettyJson {

    private static final String STEP = "    ";

    private PrettyJson() {}

    static String text(Value value) {
        var text = new StringBuilder();
        write(value, "", text);
        return text.toString();
    }

    private static void write(Value value, String indent, StringBuilder text) {
        switch (value) {
            case Mapping mapping when !mapping.isEmpty() -> mapping(mapping, indent, text);
            case Sequence list when !list.isEmpty() -> list(list, indent, text);
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _, Mapping _, Sequence _ ->
                text.append(JsonWriter.text(value));
        }
    }

    private static void mapping(Mapping mapping, String indent, StringBuilder text) {
        var separator = "{\n";
        for (var field : mapping.sorted()) {
            text.append(separator).append(indent).append(STEP);
            text.append(JsonWriter.text(Value.of(field.key()))).append(": ");
            write(field.value(), indent + STEP, text);
            separator = ",\n";
        }
        text.append('\n').append(indent).append('}');
    }

    private static void list(Sequence list, String indent, StringBuilder text) {
        var separator = "[\n";
        for (var item : list) {
            text.append(separator).append(indent).append(STEP);
            write(item, indent + STEP, text);
            separator = ",\n";
        }
        text.append('\n').append(indent).append(']');
    }
}
