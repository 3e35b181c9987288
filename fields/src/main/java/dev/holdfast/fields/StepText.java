package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.ArrayList;

/// One step as a key of managedFields: `f:image`, `k:{"containerPort":80,"protocol":"TCP"}`, `v:"x"`, `i:0`.
final class StepText {

    private StepText() {}

    static String print(PathElement step) {
        return switch (step) {
            case PathElement.Field(var name) -> "f:" + name;
            case PathElement.Item(var value) -> {
                var text = new StringBuilder("v:");
                JsonText.print(value, text);
                yield text.toString();
            }
            case PathElement.Index(var position) -> "i:" + position;
            case PathElement.Key(var fields) -> {
                var text = new StringBuilder("k:{");
                for (int i = 0; i < fields.size(); i++) {
                    if (i > 0) text.append(',');
                    JsonText.print(Value.of(fields.get(i).name()), text);
                    JsonText.print(fields.get(i).value(), text.append(':'));
                }
                yield text.append('}').toString();
            }
        };
    }

    /// Whether this program knows the kind of step; a text without a kind counts as known, and as an error.
    static boolean isKnown(String text) {
        return text.length() < 2 || text.charAt(1) != ':' || "fkvi".indexOf(text.charAt(0)) >= 0;
    }

    static PathElement parse(String text) {
        if (text.length() < 2 || text.charAt(1) != ':') throw malformed(text);
        return switch (text.charAt(0)) {
            case 'f' -> new PathElement.Field(text.substring(2));
            case 'v' -> new PathElement.Item(JsonText.parse(text.substring(2)));
            case 'i' -> index(text);
            case 'k' -> key(text);
            default -> throw malformed(text);
        };
    }

    private static PathElement index(String text) {
        try {
            return new PathElement.Index(Integer.parseInt(text.substring(2)));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(malformed(text).getMessage(), notANumber);
        }
    }

    private static PathElement key(String text) {
        if (!(JsonText.parse(text.substring(2)) instanceof Mapping fields)) throw malformed(text);
        var keys = new ArrayList<PathElement.KeyField>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            keys.add(new PathElement.KeyField(fields.keyAt(i), fields.valueAt(i)));
        }
        return new PathElement.Key(keys);
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("`" + text + "` is no step of a field set");
    }
}
