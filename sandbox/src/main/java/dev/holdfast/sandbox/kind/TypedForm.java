package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.UsualTime;
import dev.holdfast.model.Value;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
        return struct(type, object, Mapping.EMPTY);
    }

    /// `known` is a value in this form that stands at the same place, an empty one where there is none: what both
    /// share needs no second look.
    static Mapping struct(Shape.Struct type, Mapping object, Mapping known) {
        if (object == known && !object.isEmpty() || SHAPES.opaque(type)) return object;
        var written = Mapping.builder().origin(object.origin());
        int same = 0;
        for (var field : SHAPES.byName(type).values()) {
            var given = object.get(field.name());
            var value = value(field.shape(), given, known.get(field.name()));
            if (leftOut(field, value)) continue;
            int at = written.size();
            written.put(field.name(), value);
            if (value == given && at < object.size() && object.keyAt(at).equals(field.name())) same++;
        }
        return same == object.size() && same == written.size() ? object : written.build();
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
    static Value value(Shape shape, @Nullable Value given) {
        return value(shape, given, null);
    }

    private static Value value(Shape shape, @Nullable Value given, @Nullable Value known) {
        if (given != null && given == known) return given;
        return switch (shape) {
            case Shape.Pointer(var target) ->
                given == null || given.isNull() ? Value.none() : value(target, given, known);
            case Shape.Struct struct ->
                switch (given) {
                    case Mapping mapping ->
                        struct(struct, mapping, known instanceof Mapping other ? other : Mapping.EMPTY);
                    case null -> struct(struct, Mapping.EMPTY);
                    case Value.Null _ -> struct(struct, Mapping.EMPTY);
                    case Value other -> other;
                };
            case Shape.SchemaOrOther(var schema) -> schemaOrOther(schema, given);
            case Shape.ListOf(var item) ->
                given instanceof Sequence list
                        ? list(item, list, known instanceof Sequence other ? other : Sequence.EMPTY)
                        : otherwise(given);
            case Shape.MapOf(var inner) ->
                given instanceof Mapping map
                        ? sortedMap(inner, map, known instanceof Mapping other ? other : Mapping.EMPTY)
                        : otherwise(given);
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

    private static Sequence list(Shape item, Sequence list, Sequence known) {
        var at = new int[1];
        return list.map(each -> {
            int position = at[0]++;
            return value(item, each, position < known.size() ? known.get(position) : null);
        });
    }

    private static Value sortedMap(Shape inner, Mapping map, Mapping known) {
        var written = map.map((key, each) -> value(inner, each, known.get(key)));
        return isSorted(written) ? written : written.sorted();
    }

    private static boolean isSorted(Mapping map) {
        for (int i = 1; i < map.size(); i++) {
            if (map.keyAt(i - 1).compareTo(map.keyAt(i)) > 0) return false;
        }
        return true;
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
        if (format == SECONDS && UsualTime.fits(text)) return given;
        try {
            var utc = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
            var written = format.format(utc);
            return written.equals(text) ? given : new Value.Text(written, origin);
        } catch (DateTimeException _) {
            return given;
        }
    }

    private static Value quantity(Value given) {
        var text = given instanceof Value.Text(var spelt, var _) ? spelt : given.toString();
        return Quantity.find(text)
                .map(quantity -> (Value) new Value.Text(quantity.toString(), given.origin()))
                .orElse(given);
    }
}
