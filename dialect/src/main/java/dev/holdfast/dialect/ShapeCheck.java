package dev.holdfast.dialect;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;

/// Compares a value with its shape and says all that is wrong with it, each problem with its field path.
final class ShapeCheck {

    private final List<String> problems = new ArrayList<>();

    private ShapeCheck() {}

    static List<String> problems(Mapping value, Shape.Struct shape, String path) {
        var check = new ShapeCheck();
        check.struct(value, shape, path);
        return check.problems;
    }

    private void struct(Mapping value, Shape.Struct shape, String path) {
        for (var written : value) {
            if (shape.find(written.key()).isEmpty())
                problems.add(unknown(path + "." + written.key(), written.key(), shape));
        }
        for (var field : shape.fields()) {
            var at = path + "." + field.name();
            var given = value.get(field.name());
            if (given != null && !given.isNull()) value(given, field.shape(), at);
            else if (field.need() == Shape.Need.REQUIRED) problems.add(at + " is missing: " + field.about());
        }
    }

    private static String unknown(String at, String name, Shape.Struct shape) {
        var meant = NearestName.of(name, shape.names());
        return "unknown field " + at
                + meant.map(near -> " (did you mean " + near + "?)")
                        .orElse(" (known here: " + String.join(", ", shape.names()) + ")");
    }

    private void value(Value given, Shape shape, String at) {
        switch (shape) {
            case Shape.Text _ ->
                expect(given instanceof Value.Text(var text, var _) && !text.isBlank(), at, "a text", given);
            case Shape.Flag _ -> expect(given instanceof Value.Bool, at, "true or false", given);
            case Shape.Number(var least, var most) ->
                expect(
                        given instanceof Value.Whole(var number, var _) && number >= least && number <= most,
                        at,
                        "a whole number from " + least + " to " + most,
                        given);
            case Shape.Factor(var least) -> expect(factor(given) >= least, at, "a number of at least " + least, given);
            case Shape.Duration _ ->
                expect(
                        given instanceof Value.Text(var text, var _)
                                && Durations.parse(text).isPresent(),
                        at,
                        "a duration such as 30s, 5m or 1h30m",
                        given);
            case Shape.Word(var words) ->
                expect(
                        given instanceof Value.Text(var text, var _) && words.contains(text),
                        at,
                        "one of " + String.join(", ", words),
                        given);
            case Shape.WordOrList(var words, var items) -> wordOrList(given, words, items, at);
            case Shape.Texts _ -> texts(given, at);
            case Shape.TextMap _ -> textMap(given, at);
            case Shape.ListOf(var item) -> list(given, item, at);
            case Shape.Struct struct -> {
                if (given instanceof Mapping mapping) struct(mapping, struct, at);
                else expect(false, at, "a map", given);
            }
        }
    }

    private static double factor(Value given) {
        return switch (given) {
            case Value.Whole(var number, var _) -> number;
            case Value.Real(var number, var _) -> number;
            case Value.Null _, Value.Bool _, Value.Text _, Sequence _, Mapping _ -> Double.NEGATIVE_INFINITY;
        };
    }

    private void wordOrList(Value given, List<String> words, List<String> items, String at) {
        boolean fits = given instanceof Value.Text(var text, var _) && words.contains(text)
                || given instanceof Sequence list
                        && list.items().stream()
                                .allMatch(item ->
                                        item.asText().filter(items::contains).isPresent());
        expect(fits, at, String.join(" or ", words) + ", or a list of " + String.join(", ", items), given);
    }

    private void texts(Value given, String at) {
        boolean fits =
                given instanceof Sequence list && list.items().stream().allMatch(item -> item instanceof Value.Text);
        expect(fits, at, "a list of texts", given);
    }

    private void textMap(Value given, String at) {
        if (!(given instanceof Mapping map)) {
            expect(false, at, "a map of texts", given);
            return;
        }
        for (var field : map) {
            expect(
                    field.value() instanceof Value.Text,
                    at + "." + field.key(),
                    "a text (put it in quotes)",
                    field.value());
        }
    }

    private void list(Value given, Shape.Struct item, String at) {
        if (!(given instanceof Sequence list)) {
            expect(false, at, "a list", given);
            return;
        }
        for (int i = 0; i < list.size(); i++) value(list.get(i), item, at + "[" + i + "]");
    }

    private void expect(boolean fits, String at, String wanted, Value given) {
        if (!fits) problems.add(at + " must be " + wanted + ", not " + shown(given));
    }

    private static String shown(Value given) {
        var text = given.toString();
        return switch (given) {
            case Value.Text _ -> "\"" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "\"";
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _ -> text;
            case Sequence _, Mapping _ -> "a " + given.typeName();
        };
    }
}
