package dev.holdfast.sandbox.read;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.read.Columns.Column;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.resource.ResourceType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The columns that definitions ask for.
public final class CustomColumns {

    private final Realm realm;

    public CustomColumns(Realm realm) {
        this.realm = realm;
    }

    /// Empty where the definition names none.
    public Optional<Columns> of(ResourceType type) {
        var asked = realm.types()
                .definition(type)
                .map(definition -> definition.columns(type.version()))
                .orElse(List.of());
        if (asked.isEmpty()) return Optional.empty();
        var now = realm.tasks().now();
        var columns = new ArrayList<Column>();
        columns.add(Column.named());
        for (var column : asked) columns.add(column(column, now));
        return Optional.of(new Columns(columns));
    }

    private static Column column(Mapping asked, Instant now) {
        var type = asked.text("type").orElse("string");
        var path = JsonPath.parse(asked.text("jsonPath").orElse(""));
        return new Column(
                asked.text("name").orElse(""),
                type,
                asked.text("format").orElse(""),
                asked.whole("priority").orElse(0L).intValue(),
                object -> cell(path.find(object), type, now));
    }

    private static Value cell(@Nullable Value found, String type, Instant now) {
        if (found == null) return Value.none();
        return switch (type) {
            case "date" -> Value.of(Ages.since(found.asText().orElse(""), now));
            case "integer", "number", "boolean" -> found;
            default ->
                switch (found) {
                    case Value.Text text -> text;
                    case Value.Null none -> none;
                    case Mapping _, Sequence _ -> Value.of(dev.holdfast.yaml.JsonWriter.text(found));
                    case Value.Bool _, Value.Whole _, Value.Real _ -> Value.of(found.toString());
                };
        };
    }
}
