package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;

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
        var typed = TypedForm.struct(type.get(), KindDefaults.prepare(gvk, object, context));
        var filled = fill(type.get(), typed);
        return TypedForm.struct(type.get(), KindDefaults.finish(gvk, filled, context));
    }

    /// The defaults that need no context, as the server applies them whenever it reads an object.
    public static Mapping onRead(Gvk gvk, Mapping object) {
        return SHAPES.find(gvk)
                .map(type -> TypedForm.struct(type, fill(type, TypedForm.struct(type, object))))
                .orElse(object);
    }

    /// Children first: a type's own rules see defaulted fields.
    private static Mapping fill(Shape.Struct type, Mapping object) {
        var fields = SHAPES.byName(type);
        var inner = object.map((key, value) -> {
            var field = fields.get(key);
            return field == null ? value : inside(type, field.shape(), value);
        });
        return TypeDefaults.of(type.name(), DefaultTable.fill(type.name(), inner));
    }

    private static Value inside(Shape.Struct owner, Shape shape, Value value) {
        return switch (shape) {
            case Shape.Pointer(var target) -> inside(owner, target, value);
            case Shape.Struct struct -> value instanceof Mapping mapping ? fill(struct, mapping) : value;
            case Shape.ListOf(var item) ->
                value instanceof Sequence list ? list.map(each -> inside(owner, item, each)) : value;
            case Shape.MapOf(var inner) ->
                value instanceof Mapping map ? map.map((_, each) -> inside(owner, inner, each)) : value;
            case Shape.Scalar(var primitive, var _) ->
                primitive == Shape.Primitive.QUANTITY && owner.name().startsWith("core.") ? inMilli(value) : value;
            // schemas have no defaults of their own
            case Shape.SchemaOrOther _ -> value;
        };
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
