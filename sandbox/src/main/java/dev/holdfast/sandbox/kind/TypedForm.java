package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is left of an object after the API server has read it into its own types and written it again: unknown
/// fields and empty values are gone, some fields are always there, quantities are canonical, fields are in the
/// server's order. Expects an object that {@link SchemaCheck} lets pass; what doesn't fit is kept as it is.
public final class TypedForm {

    private static final Shapes SHAPES = Shapes.BUILT_IN;
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT);
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);

    private TypedForm() {}

    /// The object itself where the kind is not a built-in one.
    public static Mapping of(Gvk gvk, Mapping object) {
        return SHAPES.find(gvk).map(type -> struct(type, object)).orElse(object);
    }

    static Mapping struct(Shape.Struct type, Mapping object) {
        return struct(type, object, null);
    }

    /// @param settled the object of before, which has this form: what was taken over from it needs no second look
    static Mapping struct(Shape.Struct type, Mapping object, @Nullable Value settled) {
        if (object == settled || SHAPES.opaque(type)) return object;
        var before = settled instanceof Mapping mapping ? mapping : Mapping.EMPTY;
        var written = Mapping.builder().origin(object.origin());
        for (var field : SHAPES.byName(type).values()) {
            var value = value(field.shape(), object.get(field.name()), before.get(field.name()));
            if (!leftOut(field, value)) written.put(field.name(), value);
        }
        return written.build();
    }

    private static boolean leftOut(Shape.Field field, Value value) {
        return switch (field.omit()) {
            case NEVER -> false;
            case EMPTY -> empty(field.shape(), value);
            case ZERO -> value.isNull() || value instanceof Mapping mapping && mapping.isEmpty();
        };
    }

    /// Go's notion: a struct is never empty, a pointer only when it points nowhere.
    private static boolean empty(Shape shape, Value value) {
        return switch (shape) {
            case Shape.Pointer _ -> value.isNull();
            case Shape.Struct _ -> false;
            case Shape.SchemaOrOther _ -> value.isNull();
            case Shape.ListOf _, Shape.MapOf _ ->
                value.isNull()
                        || value instanceof Sequence list && list.isEmpty()
                        || value instanceof Mapping map && map.isEmpty();
            case Shape.Scalar(var primitive, var _) ->
                switch (primitive) {
                    case TEXT, BYTES ->
                        value.isNull() || value instanceof Value.Text(var text, var _) && text.isEmpty();
                    case FLAG -> value instanceof Value.Bool(var truth, var _) && !truth;
                    case INT32, INT64 -> value instanceof Value.Whole(var number, var _) && number == 0;
                    case REAL -> value instanceof Value.Whole(var number, var _) && number == 0;
                    case QUANTITY, INT_OR_TEXT, TIME, MICRO_TIME -> false;
                    case ANY -> value.isNull();
                };
        };
    }

    /// What is written for a value of this shape; its zero where there is none.
    private static Value value(Shape shape, @Nullable Value given, @Nullable Value settled) {
        if (given != null && given == settled) return given;
        return switch (shape) {
            case Shape.Pointer(var target) ->
                given == null || given.isNull() ? Value.none() : value(target, given, settled);
            case Shape.Struct struct ->
                switch (given) {
                    case Mapping mapping -> struct(struct, mapping, settled);
                    case null -> struct(struct, Mapping.EMPTY);
                    case Value.Null _ -> struct(struct, Mapping.EMPTY);
                    case Value other -> other;
                };
            case Shape.SchemaOrOther(var schema) -> schemaOrOther(schema, given);
            case Shape.ListOf(var item) -> given instanceof Sequence list ? items(item, list, settled) : otherwise(given);
            case Shape.MapOf(var inner) ->
                given instanceof Mapping map ? sortedMap(inner, map, settled) : otherwise(given);
            case Shape.Scalar(var primitive, var _) -> scalar(primitive, given);
        };
    }

    private static Value schemaOrOther(Shape.Struct schema, @Nullable Value given) {
        return switch (given) {
            case Mapping mapping -> struct(schema, mapping);
            case Sequence list -> list.map(each -> each instanceof Mapping item ? struct(schema, item) : each);
            case null -> Value.none();
            case Value other -> other;
        };
    }

    private static Value items(Shape shape, Sequence list, @Nullable Value settled) {
        var before = settled instanceof Sequence known ? known : Sequence.EMPTY;
        var items = new ArrayList<Value>(list.size());
        for (int i = 0; i < list.size(); i++) {
            items.add(value(shape, list.get(i), i < before.size() ? before.get(i) : null));
        }
        return Sequence.of(items, list.origin());
    }

    private static Value sortedMap(Shape inner, Mapping map, @Nullable Value settled) {
        var before = settled instanceof Mapping known ? known : Mapping.EMPTY;
        return map.map((key, each) -> value(inner, each, before.get(key))).sorted();
    }

    private static Value otherwise(@Nullable Value given) {
        return given == null ? Value.none() : given;
    }

    private static Value scalar(Shape.Primitive primitive, @Nullable Value given) {
        if (given == null || given.isNull()) return zero(primitive);
        return switch (primitive) {
            case QUANTITY -> quantity(given);
            case TIME -> time(given, SECONDS);
            case MICRO_TIME -> time(given, MICROSECONDS);
            case INT_OR_TEXT, TEXT, FLAG, INT32, INT64, REAL, BYTES, ANY -> given;
        };
    }

    private static Value zero(Shape.Primitive primitive) {
        return switch (primitive) {
            case TEXT -> Value.of("");
            case FLAG -> Value.FALSE;
            case INT32, INT64, REAL, INT_OR_TEXT -> Value.of(0L);
            case QUANTITY -> Value.of("0");
            case BYTES, TIME, MICRO_TIME, ANY -> Value.none();
        };
    }

    /// Times are written in UTC, to the second or the microsecond.
    private static Value time(Value given, DateTimeFormatter format) {
        if (!(given instanceof Value.Text(var text, var origin))) return given;
        if (format == SECONDS && inSecondsAndUtc(text)) return given;
        try {
            var utc = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
            var written = format.format(utc);
            return written.equals(text) ? given : new Value.Text(written, origin);
        } catch (DateTimeException _) {
            return given;
        }
    }

    /// `2026-11-21T10:00:00Z`, the form that nearly every time has already; parsing is dear.
    private static boolean inSecondsAndUtc(String text) {
        if (text.length() != 20) return false;
        for (int i = 0; i < 20; i++) {
            char c = text.charAt(i);
            boolean fits = switch (i) {
                case 4, 7 -> c == '-';
                case 10 -> c == 'T';
                case 13, 16 -> c == ':';
                case 19 -> c == 'Z';
                default -> c >= '0' && c <= '9';
            };
            if (!fits) return false;
        }
        return true;
    }

    private static Value quantity(Value given) {
        var text = given instanceof Value.Text(var spelt, var _) ? spelt : given.toString();
        return Quantity.find(text)
                .map(quantity -> (Value) new Value.Text(quantity.toString(), given.origin()))
                .orElse(given);
    }
}
