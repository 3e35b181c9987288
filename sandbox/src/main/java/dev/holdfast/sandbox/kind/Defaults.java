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
        var settled = context.old().orElse(null);
        var typed = TypedForm.struct(type.get(), KindDefaults.prepare(gvk, object, context), settled);
        var filled = fill(type.get(), typed, settled);
        return TypedForm.struct(type.get(), KindDefaults.finish(gvk, filled, context), settled);
    }

    /// The defaults that need no context, as the server applies them whenever it reads an object.
    public static Mapping onRead(Gvk gvk, Mapping object) {
        return onRead(gvk, object, null);
    }

    /// @param settled the stored object that this one was made from, which is defaulted: what was taken over from
    /// it needs no second look
    public static Mapping onRead(Gvk gvk, Mapping object, @Nullable Mapping settled) {
        var type = SHAPES.find(gvk);
        if (type.isEmpty()) return object;
        var typed = TypedForm.struct(type.get(), object, settled);
        return TypedForm.struct(type.get(), fill(type.get(), typed, settled), settled);
    }

    /// Children first: a type's own rules see defaulted fields.
    private static Mapping fill(Shape.Struct type, Mapping object, @Nullable Value settled) {
        if (object == settled) return object;
        var before = settled instanceof Mapping mapping ? mapping : Mapping.EMPTY;
        var fields = SHAPES.byName(type);
        var inner = object.map((key, value) -> {
            var field = fields.get(key);
            if (field == null || value == before.get(key)) return value;
            return inside(type, field.shape(), value, before.get(key));
        });
        return TypeDefaults.of(type.name(), DefaultTable.fill(type.name(), inner));
    }

    private static Value inside(Shape.Struct owner, Shape shape, Value value, @Nullable Value settled) {
        return switch (shape) {
            case Shape.Pointer(var target) -> inside(owner, target, value, settled);
            case Shape.Struct struct -> value instanceof Mapping mapping ? fill(struct, mapping, settled) : value;
            case Shape.ListOf(var item) ->
                value instanceof Sequence list ? list.map(each -> inside(owner, item, each, null)) : value;
            case Shape.MapOf(var inner) ->
                value instanceof Mapping map ? map.map((_, each) -> inside(owner, inner, each, null)) : value;
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
