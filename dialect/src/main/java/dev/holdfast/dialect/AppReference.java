package dev.holdfast.dialect;

import java.util.List;

/// The table of fields in docs/reference/app.md, generated from the same shapes as the definition.
public final class AppReference {

    private AppReference() {}

    /// Markdown rows, one per field, in the order of the tables.
    public static String table() {
        var text = new StringBuilder("| field | what | otherwise |\n|---|---|---|\n");
        rows("spec", AppShape.SPEC, text);
        return text.toString();
    }

    private static void rows(String path, Shape.Struct struct, StringBuilder text) {
        for (var field : struct.fields()) {
            var at = path + "." + field.name();
            text.append("| `").append(at).append(suffix(field.shape())).append("` | ");
            text.append(field.about()).append(words(field.shape())).append(" | ");
            text.append(field.need() == Shape.Need.REQUIRED ? "required" : field.fallback());
            text.append(" |\n");
            if (field.shape() instanceof Shape.Struct inner) rows(at, inner, text);
            if (field.shape() instanceof Shape.ListOf(var item)) rows(at + "[]", item, text);
        }
    }

    private static String suffix(Shape shape) {
        return shape instanceof Shape.ListOf || shape instanceof Shape.Texts ? "[]" : "";
    }

    private static String words(Shape shape) {
        return switch (shape) {
            case Shape.Word(var words) -> " One of " + quoted(words) + ".";
            case Shape.WordOrList(var words, var items) ->
                " One of " + quoted(words) + ", or a list of " + quoted(items) + ".";
            case Shape.Text _,
                    Shape.Number _,
                    Shape.Factor _,
                    Shape.Flag _,
                    Shape.Duration _,
                    Shape.Texts _,
                    Shape.TextMap _,
                    Shape.ListOf _,
                    Shape.Struct _ -> "";
        };
    }

    private static String quoted(List<String> words) {
        return String.join(", ", words.stream().map(word -> "`" + word + "`").toList());
    }
}
