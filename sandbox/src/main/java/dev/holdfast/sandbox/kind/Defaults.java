package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import org.jspecify.annotations.Nullable;

/// What the API server fills in: from an object as a client sends it to the object as it is stored, apart from uid,
/// times, versions and managed fields. Defaulting what is already defaulted changes nothing.
///
/// Custom resources have no defaults here: those are in their definitions ({@link CustomSchema}).
public final class Defaults {

    private static final Shapes SHAPES = Shapes.BUILT_IN;

    private Defaults() {}

    public static Mapping of(Gvk gvk, Mapping object, DefaultingContext context) {
        var type = SHAPES.find(gvk);
        if (type.isEmpty()) return object;
        var known = context.known();
        var typed = TypedForm.struct(type.get(), KindDefaults.prepare(gvk, object, context), known);
        var filled = fill(type.get(), typed, known);
        return TypedForm.struct(type.get(), KindDefaults.finish(gvk, filled, context), known);
    }

    /// The defaults that need no context, as the server applies them whenever it reads an object.
    public static Mapping onRead(Gvk gvk, Mapping object) {
        return onRead(gvk, object, Mapping.EMPTY);
    }

    /// `known` is an object that was read before; what both share is not looked at again.
    public static Mapping onRead(Gvk gvk, Mapping object, Mapping known) {
        return SHAPES.find(gvk)
                .map(type -> {
                    var typed = TypedForm.struct(type, object, known);
                    return TypedForm.struct(type, fill(type, typed, known), known);
                })
                .orElse(object);
    }

    /// Children first: a type's own rules see defaulted fields.
    private static Mapping fill(Shape.Struct type, Mapping object, Mapping known) {
        if (object == known && !object.isEmpty()) return object;
        var fields = SHAPES.byName(type);
        var inner = object.map((key, value) -> {
            var field = fields.get(key);
            return field == null ? value : inside(type, field.shape(), value, known.get(key));
        });
        return TypeDefaults.of(type.name(), DefaultTable.fill(type.name(), inner));
    }

    private static Value inside(Shape.Struct owner, Shape shape, Value value, @Nullable Value known) {
        if (value == known) return value;
        return switch (shape) {
            case Shape.Pointer(var target) -> inside(owner, target, value, known);
            case Shape.Struct struct ->
                value instanceof Mapping mapping
                        ? fill(struct, mapping, known instanceof Mapping other ? other : Mapping.EMPTY)
                        : value;
            case Shape.ListOf(var item) ->
                value instanceof Sequence list
                        ? items(owner, item, list, known instanceof Sequence other ? other : Sequence.EMPTY)
                        : value;
            case Shape.MapOf(var inner) ->
                value instanceof Mapping map
                        ? map.map((key, each) ->
                                inside(owner, inner, each, known instanceof Mapping other ? other.get(key) : null))
                        : value;
            case Shape.Scalar(var primitive, var _) ->
                primitive == Shape.Primitive.QUANTITY && owner.name().startsWith("core.") ? inMilli(value) : value;
            // schemas have no defaults of their own
            case Shape.SchemaOrOther _ -> value;
        };
    }

    private static Sequence items(Shape.Struct owner, Shape item, Sequence list, Sequence known) {
        var at = new int[1];
        return list.map(each -> {
            int position = at[0]++;
            return inside(owner, item, each, position < known.size() ? known.get(position) : null);
        });
    }

    /// Amounts of resources are kept to the thousandth.
    private static Value inMilli(Value value) {
        if (!(value instanceof Value.Text(var text, var origin))) return value;
        return Quantity.find(text)
                .map(quantity ->
                        (Value) new Value.Text(quantity.roundedToMilli().toString(), origin))
                .orElse(value);
    }
}
