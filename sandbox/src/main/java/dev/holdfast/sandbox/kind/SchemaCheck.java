package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether the API server can read an object into its own types, and which of its fields it doesn't know. The first
/// value of a wrong type ends the reading, with Go's text for it.
public final class SchemaCheck {

    private static final int MOST_UNKNOWN = 100;
    private static final Shapes SHAPES = Shapes.BUILT_IN;

    /// `failure` is what follows "cannot be handled as a …: "; `unknown` are paths like `spec.containers[0].imag`.
    public record Result(Optional<String> failure, List<String> unknown) {
        public Result {
            unknown = List.copyOf(unknown);
        }

        /// As warnings say it, and strict decoding errors.
        public List<String> complaints() {
            return unknown.stream()
                    .map(path -> "unknown field \"" + path + "\"")
                    .toList();
        }
    }

    private final List<String> unknown = new ArrayList<>();
    private @Nullable String failure;

    private SchemaCheck() {}

    /// Custom resources pass: their definitions judge them.
    public static Result of(Gvk gvk, Mapping object) {
        return of(gvk, object, Mapping.EMPTY);
    }

    /// `known` is an object that was read before; what both share is not looked at again.
    public static Result of(Gvk gvk, Mapping object, Mapping known) {
        var check = new SchemaCheck();
        SHAPES.find(gvk).ifPresent(type -> check.struct(type, object, new Seen(known, Place.ROOT)));
        return new Result(Optional.ofNullable(check.failure), check.unknown);
    }

    /// What stood at the same place in an object that was read before, and the place.
    private record Seen(@Nullable Value known, Place place) {
        Seen field(String name, Shape.Struct type) {
            return new Seen(known instanceof Mapping map ? map.get(name) : null, place.field(name, type));
        }

        Seen item(int index) {
            var before = known instanceof Sequence list && index < list.size() ? list.get(index) : null;
            return new Seen(before, place.item(index));
        }

        Seen key(String key) {
            return new Seen(known instanceof Mapping map ? map.get(key) : null, place.key(key));
        }
    }

    /// Where a value is. Only what is wrong needs it written, in three notations: with indexes, with the names of
    /// fields only, and the type around it.
    private record Place(@Nullable Place around, String step, int index, Shape.@Nullable Struct owner) {
        private static final Place ROOT = new Place(null, "", -1, null);

        Place field(String name, Shape.Struct type) {
            return new Place(this, name, -1, type);
        }

        Place item(int at) {
            return new Place(this, "", at, null);
        }

        Place key(String key) {
            return new Place(this, key, -1, null);
        }

        String path() {
            if (around == null) return "";
            return index >= 0 ? Problems.item(around.path(), index) : Problems.child(around.path(), step);
        }

        String fields() {
            if (around == null) return "";
            return owner == null ? around.fields() : Problems.child(around.fields(), step);
        }

        String struct() {
            if (owner != null) return owner.name().substring(owner.name().lastIndexOf('.') + 1);
            return around == null ? "" : around.struct();
        }
    }

    private void struct(Shape.Struct type, Mapping object, Seen seen) {
        if (SHAPES.opaque(type)) return;
        var fields = SHAPES.byName(type);
        for (var given : object) {
            var field = fields.get(given.key());
            if (field != null) value(field.shape(), given.value(), seen.field(given.key(), type));
            else if (unknown.size() < MOST_UNKNOWN)
                unknown.add(Problems.child(seen.place().path(), given.key()));
        }
    }

    private void value(Shape shape, Value value, Seen seen) {
        if (value == seen.known() || value.isNull()) return;
        switch (shape) {
            case Shape.Pointer(var target) -> value(target, value, seen);
            case Shape.Struct struct -> {
                if (value instanceof Mapping mapping) struct(struct, mapping, seen);
                else mismatch(value, shape, seen.place());
            }
            case Shape.ListOf(var item) -> {
                if (!(value instanceof Sequence list)) {
                    mismatch(value, shape, seen.place());
                    return;
                }
                for (int i = 0; i < list.size(); i++) value(item, list.get(i), seen.item(i));
            }
            case Shape.MapOf(var inner) -> {
                if (!(value instanceof Mapping map)) {
                    mismatch(value, shape, seen.place());
                    return;
                }
                for (var entry : map) value(inner, entry.value(), seen.key(entry.key()));
            }
            case Shape.Scalar scalar -> scalar(scalar, value, seen.place());
            case Shape.SchemaOrOther(var schema) -> {
                if (value instanceof Mapping mapping) struct(schema, mapping, seen);
            }
        }
    }

    private void scalar(Shape.Scalar scalar, Value value, Place place) {
        switch (scalar.primitive()) {
            case TEXT -> {
                if (!(value instanceof Value.Text)) mismatch(value, scalar, place);
            }
            case FLAG -> {
                if (!(value instanceof Value.Bool)) mismatch(value, scalar, place);
            }
            case INT32, INT64 -> whole(scalar, value, place);
            case REAL -> {
                if (!(value instanceof Value.Whole || value instanceof Value.Real)) mismatch(value, scalar, place);
            }
            case BYTES -> bytes(scalar, value, place);
            case QUANTITY -> quantity(value);
            case INT_OR_TEXT -> intOrText(value);
            case TIME, MICRO_TIME -> time(value);
            case ANY -> {
                // whatever it is, it is kept
            }
        }
    }

    private void whole(Shape.Scalar scalar, Value value, Place place) {
        boolean small = scalar.primitive() == Shape.Primitive.INT32;
        boolean fits = value instanceof Value.Whole(var number, var _) && (!small || number == (int) number);
        if (!fits) mismatch(value, scalar, place);
    }

    private void bytes(Shape.Scalar scalar, Value value, Place place) {
        if (!(value instanceof Value.Text(var text, var _))) {
            mismatch(value, scalar, place);
            return;
        }
        try {
            Base64.getDecoder().decode(text.replace("\n", "").replace("\r", ""));
        } catch (IllegalArgumentException _) {
            fail("illegal base64 data at input byte " + firstIllegal(text));
        }
    }

    private static int firstIllegal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            boolean fits = each < 128 && (Character.isLetterOrDigit(each) || each == '+' || each == '/');
            if (!fits) return i;
        }
        return text.length() / 4 * 4;
    }

    private void quantity(Value value) {
        var text = value instanceof Value.Text(var spelt, var _) ? spelt : value.toString();
        if (Quantity.parse(text) instanceof Quantity.Parsed.Bad(var message)) fail(message);
    }

    private void intOrText(Value value) {
        if (value instanceof Value.Text) return;
        boolean fits = value instanceof Value.Whole(var number, var _) && number == (int) number;
        if (!fits) fail("json: cannot unmarshal " + word(value) + " into Go value of type int32");
    }

    private void time(Value value) {
        if (!(value instanceof Value.Text(var text, var _))) {
            fail("json: cannot unmarshal " + word(value) + " into Go value of type string");
            return;
        }
        try {
            OffsetDateTime.parse(text);
        } catch (DateTimeParseException _) {
            fail("parsing time " + Problems.quoted(text) + " as \"2006-01-02T15:04:05Z07:00\": cannot parse "
                    + Problems.quoted(text) + " as \"2006\"");
        }
    }

    private void mismatch(Value value, Shape shape, Place place) {
        fail("json: cannot unmarshal " + word(value, shape) + " into Go struct field " + place.struct() + "."
                + place.fields() + " of type " + shape.goName());
    }

    /// A number of the right kind that doesn't fit is named with its digits.
    private static String word(Value value, Shape shape) {
        boolean number = value instanceof Value.Whole || value instanceof Value.Real;
        boolean wanted = shape instanceof Shape.Scalar(var primitive, var _)
                && (primitive == Shape.Primitive.INT32 || primitive == Shape.Primitive.INT64);
        return number && wanted ? "number " + value : word(value);
    }

    private static String word(Value value) {
        return switch (value) {
            case Value.Null _ -> "null";
            case Value.Bool _ -> "bool";
            case Value.Whole _, Value.Real _ -> "number";
            case Value.Text _ -> "string";
            case Sequence _ -> "array";
            case Mapping _ -> "object";
        };
    }

    private void fail(String message) {
        if (failure == null) failure = message;
    }
}
