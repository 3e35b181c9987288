package dev.holdfast.cli;

import dev.holdfast.fields.FieldPath;
import dev.holdfast.fields.PathElement;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;

/// The fields of an object that hold a value of their own, each with a path that `ignore` and `blame` read.
final class FieldRows {

    /// One field: where it is in the object, and what stands there.
    record Row(String path, Value value) {}

    private final List<Row> rows = new ArrayList<>();

    private FieldRows() {}

    /// All fields of an object, in its order.
    static List<Row> of(Mapping object) {
        var rows = new FieldRows();
        rows.add("", object);
        return rows.rows;
    }

    /// Those at a path and below it; none where it leads nowhere.
    static List<Row> at(FieldPath path, Mapping object) {
        var rows = new FieldRows();
        rows.walk("", object, path.elements());
        return rows.rows;
    }

    private void walk(String at, Value value, List<PathElement> path) {
        if (path.isEmpty()) {
            add(at, value);
            return;
        }
        var step = path.getFirst();
        var rest = path.subList(1, path.size());
        switch (value) {
            case Mapping fields -> {
                if (!(step instanceof PathElement.Field(var name))) return;
                var inner = fields.get(name);
                if (inner != null) walk(at + field(at, name), inner, rest);
            }
            case Sequence items -> {
                for (int i = 0; i < items.size(); i++) {
                    if (names(step, items.get(i), i)) walk(at + item(items, i), items.get(i), rest);
                }
            }
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> {}
        }
    }

    private static boolean names(PathElement step, Value item, int position) {
        return switch (step) {
            case PathElement.Index(var index) -> index == position;
            case PathElement.Field(var token) -> token.equals(Integer.toString(position));
            case PathElement.Item(var value) -> value.toString().equals(item.toString());
            case PathElement.Key(var keys) ->
                keys.stream()
                        .allMatch(key -> item instanceof Mapping mapping
                                && mapping.find(key.name())
                                        .map(Value::toString)
                                        .filter(key.value().toString()::equals)
                                        .isPresent());
        };
    }

    private void add(String at, Value value) {
        switch (value) {
            case Mapping fields
            when !fields.isEmpty() -> fields.forEach(field -> add(at + field(at, field.key()), field.value()));
            case Sequence items
            when !items.isEmpty() -> {
                for (int i = 0; i < items.size(); i++) add(at + item(items, i), items.get(i));
            }
            case Mapping _, Sequence _, Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ ->
                rows.add(new Row(at, value));
        }
    }

    private static String field(String at, String name) {
        boolean plain =
                !name.isEmpty() && name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_');
        if (!plain) return "[\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
        return at.isEmpty() ? name : "." + name;
    }

    /// Items of most lists have names; position otherwise.
    private static String item(Sequence items, int position) {
        var name = items.get(position) instanceof Mapping mapping
                ? mapping.text("name").orElse("")
                : "";
        boolean tells = !name.isEmpty()
                && items.mappings().stream()
                                .filter(item -> item.text("name").orElse("").equals(name))
                                .count()
                        == 1;
        return tells ? "[name=" + name + "]" : "[" + position + "]";
    }
}
