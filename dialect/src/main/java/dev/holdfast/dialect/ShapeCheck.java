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
            case Shape.ListOf(var item) -> list(given, item, at);
            case Shape.TextMap _ -> textMap(given, at);
            case Shape.Struct struct -> {
                if (given instanceof Mapping mapping) struct(mapping, struct, at);
                else wrong(at, "a map", given);
            }
            case Shape.Text _,
                    Shape.Flag _,
                    Shape.Number _,
                    Shape.Factor _,
                    Shape.Duration _,
                    Shape.Word _,
                    Shape.WordOrList _,
                    Shape.Texts _ -> {
                if (!fits(given, shape)) wrong(at, wanted(shape), given);
            }
        }
    }

    private static boolean fits(Value given, Shape shape) {
        return switch (shape) {
            case Shape.Text _ -> given.asText().filter(text -> !text.isBlank()).isPresent();
            case Shape.Flag _ -> given instanceof Value.Bool;
            case Shape.Number(var least, var most) ->
                given.asWhole()
                        .filter(number -> number >= least && number <= most)
                        .isPresent();
            case Shape.Factor(var least) -> factor(given) >= least;
            case Shape.Duration _ -> given.asText().flatMap(Durations::parse).isPresent();
            case Shape.Word(var words) -> given.asText().filter(words::contains).isPresent();
            case Shape.WordOrList(var words, var items) ->
                given.asText().filter(words::contains).isPresent()
                        || given instanceof Sequence list
                                && list.items().stream()
                                        .allMatch(item -> item.asText()
                                                .filter(items::contains)
                                                .isPresent());
            case Shape.Texts _ ->
                given instanceof Sequence list && list.items().stream().allMatch(item -> item instanceof Value.Text);
            case Shape.ListOf _, Shape.TextMap _, Shape.Struct _ -> true;
        };
    }

    private static String wanted(Shape shape) {
        return switch (shape) {
            case Shape.Text _ -> "a text";
            case Shape.Flag _ -> "true or false";
            case Shape.Number(var least, var most) -> "a whole number from " + least + " to " + most;
            case Shape.Factor(var least) -> "a number of at least " + least;
            case Shape.Duration _ -> "a duration such as 30s, 5m or 1h30m";
            case Shape.Word(var words) -> "one of " + String.join(", ", words);
            case Shape.WordOrList(var words, var items) ->
                String.join(" or ", words) + ", or a list of " + String.join(", ", items);
            case Shape.Texts _ -> "a list of texts";
            case Shape.ListOf _ -> "a list";
            case Shape.TextMap _, Shape.Struct _ -> "a map";
        };
    }

    private static double factor(Value given) {
        return switch (given) {
            case Value.Whole(var number, var _) -> number;
            case Value.Real(var number, var _, var _) -> number;
            case Value.Null _, Value.Bool _, Value.Text _, Sequence _, Mapping _ -> Double.NEGATIVE_INFINITY;
        };
    }

    private void textMap(Value given, String at) {
        if (!(given instanceof Mapping map)) {
            wrong(at, "a map of texts", given);
            return;
        }
        for (var field : map) {
            if (!(field.value() instanceof Value.Text)) {
                wrong(at + "." + field.key(), "a text (put it in quotes)", field.value());
            }
        }
    }

    private void list(Value given, Shape.Struct item, String at) {
        if (!(given instanceof Sequence list)) {
            wrong(at, "a list", given);
            return;
        }
        for (int i = 0; i < list.size(); i++) value(list.get(i), item, at + "[" + i + "]");
    }

    private void wrong(String at, String wanted, Value given) {
        problems.add(at + " must be " + wanted + ", not " + shown(given));
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
