package dev.holdfast.sandbox.read;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The columns of one kind's table.
public record Columns(List<Column> columns) {

    /// `priority` above 0 shows in wide output only.
    public record Column(String name, String type, String format, int priority, Function<Mapping, Value> cell) {

        static Column text(String name, Function<Mapping, String> cell) {
            return new Column(name, "string", "", 0, object -> Value.of(cell.apply(object)));
        }

        static Column wide(String name, Function<Mapping, String> cell) {
            return new Column(name, "string", "", 1, object -> Value.of(cell.apply(object)));
        }

        static Column path(String name, String... path) {
            return text(name, object -> text(object, path));
        }

        static Column number(String name, String... path) {
            return new Column(
                    name,
                    "integer",
                    "",
                    0,
                    object -> Value.of(object.whole(path).orElse(0L)));
        }

        static Column named() {
            return new Column("Name", "string", "name", 0, object -> Value.of(text(object, "metadata", "name")));
        }

        static Column age(Instant now) {
            return text("Age", object -> Ages.since(text(object, "metadata", "creationTimestamp"), now));
        }

        private static String text(Mapping object, String... path) {
            return object.text(path).orElse("");
        }
    }

    public Columns {
        columns = List.copyOf(columns);
    }

    Value definitions() {
        var definitions = new ArrayList<Value>();
        for (var column : columns) {
            definitions.add(Mapping.builder()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("format", column.format())
                    .put("description", "")
                    .put("priority", column.priority())
                    .build());
        }
        return Value.of(definitions);
    }

    Value cells(Mapping object) {
        var cells = new ArrayList<Value>(columns.size());
        for (var column : columns) cells.add(column.cell().apply(object));
        return Value.of(cells);
    }
}
