package dev.holdfast.sandbox.rule;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.rule.RuleTypes.Place;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;

/// Values as rules see them: typed by the schema, without the fields that rules can't name.
final class RuleValues {

    private RuleValues() {}

    static Object of(Mapping schema, Place place, Value value) {
        return switch (value) {
            case Value.Null _ -> NullValue.NULL_VALUE;
            case Value.Bool(var flag, var _) -> flag;
            case Value.Whole(var number, var _) -> isReal(schema) ? (Object) (double) number : (Object) number;
            case Value.Real real -> Double.parseDouble(real.toString());
            case Value.Text(var text, var _) -> text(schema, text);
            case Sequence list -> {
                var items = new ArrayList<Object>(list.size());
                var schemaOfItems = schema.mapping("items");
                for (var item : list) items.add(of(schemaOfItems, Place.of(schemaOfItems), item));
                yield SchemaList.of(schema, items);
            }
            case Mapping map -> map(schema, place, map);
        };
    }

    private static boolean isReal(Mapping schema) {
        return schema.text("type").orElse("").equals("number");
    }

    private static Object map(Mapping schema, Place place, Mapping map) {
        var entries = new LinkedHashMap<String, Object>();
        if (schema.get("additionalProperties") instanceof Mapping values) {
            for (var entry : map) entries.put(entry.key(), of(values, Place.of(values), entry.value()));
            return entries;
        }
        var properties = RuleTypes.seen(schema, place).mapping("properties");
        for (var field : map) {
            // a field that is null counts as one that is not there; in a map, null is a value
            if (!(properties.get(field.key()) instanceof Mapping inner)
                    || field.value().isNull()) continue;
            PropertyName.escaped(field.key())
                    .ifPresent(name -> entries.put(name, of(inner, Place.of(inner), field.value())));
        }
        return entries;
    }

    /// Texts whose format gives them a type of their own. A text that is none of the format has been refused before.
    private static Object text(Mapping schema, String text) {
        try {
            return switch (schema.text("format").orElse("")) {
                case "byte" -> CelByteString.of(Base64.getDecoder().decode(text));
                case "duration" -> GoDuration.parse(text);
                case "date" ->
                    LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
                case "date-time" -> OffsetDateTime.parse(text).toInstant();
                default -> text;
            };
        } catch (RuntimeException _) {
            return text;
        }
    }
}
