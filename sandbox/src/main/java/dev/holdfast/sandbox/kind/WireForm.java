package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.JsonReader;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Objects of the built-in kinds as protobuf messages, read into what JSON would have said. A value that is empty is
/// left out where the server's types can't tell it from none.
public final class WireForm {

    private static final Shapes SHAPES = Shapes.BUILT_IN;
    private static final Map<String, Map<Integer, String>> NUMBERS = numbers();
    private static final int DEEPEST = 64;

    private WireForm() {}

    /// What {@link #read} throws where the bytes are no message of the kind.
    public static final class Malformed extends RuntimeException {
        Malformed(String why) {
            super(why);
        }
    }

    /// Field names by number, `~TYPE` where a part's fields stand with the others.
    private static Map<String, Map<Integer, String>> numbers() {
        var types = new TreeMap<String, Map<Integer, String>>();
        for (var line : Resources.lines("wire.txt")) {
            var words = line.split(" ");
            var fields = new TreeMap<Integer, String>();
            for (int i = 1; i < words.length; i++) {
                int equals = words[i].indexOf('=');
                fields.put(Integer.parseInt(words[i].substring(0, equals)), words[i].substring(equals + 1));
            }
            types.put(words[0], fields);
        }
        return types;
    }

    /// Without `kind` and `apiVersion`, which stand outside of the message. Empty for kinds that are not built in.
    public static Optional<Mapping> read(Gvk gvk, byte[] message) {
        var name = kinds(gvk);
        if (!NUMBERS.containsKey(name)) return Optional.empty();
        return Optional.of(struct(new Shape.Struct(name), WireReader.of(message), DEEPEST));
    }

    /// The options and reviews that every group takes are the same type everywhere.
    private static String kinds(Gvk gvk) {
        var name = Shapes.typeName(gvk);
        if (NUMBERS.containsKey(name)) return name;
        return "meta.v1." + gvk.kind();
    }

    private static Mapping struct(Shape.Struct type, WireReader message, int depth) {
        var read = new LinkedHashMap<String, Value>();
        fields(type.name(), type, message, new Reading(read, depth));
        return Mapping.of(read);
    }

    private record Reading(Map<String, Value> fields, int depth) {}

    private static void fields(String message, Shape.Struct type, WireReader bytes, Reading into) {
        if (into.depth() == 0) throw new Malformed("the message is too deep");
        var numbers = NUMBERS.getOrDefault(message, Map.of());
        var shapes = SHAPES.byName(type);
        while (bytes.more()) {
            var item = bytes.next();
            var name = numbers.get(item.number());
            if (name == null) continue;
            if (name.startsWith("~")) {
                fields(name.substring(1), type, item.message(), new Reading(into.fields(), into.depth() - 1));
                continue;
            }
            var field = shapes.get(name);
            if (field != null) put(field, item, into);
        }
    }

    private static void put(Shape.Field field, WireReader.Item item, Reading into) {
        var fields = into.fields();
        switch (field.shape()) {
            case Shape.ListOf(var each) -> {
                var list = fields.get(field.name()) instanceof Sequence known ? known : Sequence.EMPTY;
                for (var value : values(each, item, into.depth())) list = list.plus(value);
                fields.put(field.name(), list);
            }
            case Shape.MapOf(var each) -> {
                var map = fields.get(field.name()) instanceof Mapping known ? known : Mapping.EMPTY;
                fields.put(field.name(), entry(map, each, item.message(), into.depth()));
            }
            case Shape.Pointer(var target)
            when target instanceof Shape.ListOf || target instanceof Shape.MapOf ->
                put(new Shape.Field(field.name(), field.omit(), target), item, into);
            case Shape.Pointer(var target) -> fields.put(field.name(), value(target, item, into.depth()));
            case Shape.Struct struct -> {
                var value = value(struct, item, into.depth());
                if (!(value instanceof Mapping map) || !map.isEmpty()) fields.put(field.name(), value);
            }
            case Shape.SchemaOrOther other -> fields.put(field.name(), value(other, item, into.depth()));
            case Shape.Scalar scalar -> {
                var value = value(scalar, item, into.depth());
                if (!isZero(value)) fields.put(field.name(), value);
            }
        }
    }

    private static boolean isZero(Value value) {
        return switch (value) {
            case Value.Null _ -> true;
            case Value.Bool(var flag, var _) -> !flag;
            case Value.Whole(var number, var _) -> number == 0;
            case Value.Text(var text, var _) -> text.isEmpty();
            case Value.Real _, Sequence _, Mapping _ -> false;
        };
    }

    private static Mapping entry(Mapping map, Shape each, WireReader entry, int depth) {
        var key = "";
        Value value = TypedForm.value(each, null);
        while (entry.more()) {
            var item = entry.next();
            if (item.number() == 1) key = item.text();
            else if (item.number() == 2) value = value(each, item, depth - 1);
        }
        return map.with(key, value);
    }

    /// Numbers of a list may come packed into one field.
    private static List<Value> values(Shape each, WireReader.Item item, int depth) {
        boolean numbers = each instanceof Shape.Scalar(var primitive, var _)
                && (primitive == Shape.Primitive.INT32 || primitive == Shape.Primitive.INT64);
        if (!numbers || !item.isBytes()) return List.of(value(each, item, depth));
        return item.message().numbers().stream().<Value>map(Value::of).toList();
    }

    private static Value value(Shape shape, WireReader.Item item, int depth) {
        return switch (shape) {
            case Shape.Pointer(var target) -> value(target, item, depth);
            case Shape.Struct struct -> known(struct, item, depth);
            case Shape.SchemaOrOther(var schema) -> schemaOrOther(schema, item.message(), depth);
            case Shape.ListOf(var each) -> wrapped(each, item.message(), depth);
            case Shape.MapOf(var each) -> {
                var map = Mapping.EMPTY;
                var message = item.message();
                while (message.more()) map = entry(map, each, message.next().message(), depth);
                yield map;
            }
            case Shape.Scalar(var primitive, var _) -> scalar(primitive, item);
        };
    }

    private static Value known(Shape.Struct struct, WireReader.Item item, int depth) {
        // a mark without fields
        if (SHAPES.opaque(struct)) return Mapping.EMPTY;
        return struct(struct, item.message(), depth - 1);
    }

    /// A list inside of a list or a map is a message of its own.
    private static Sequence wrapped(Shape each, WireReader message, int depth) {
        var list = Sequence.EMPTY;
        while (message.more()) list = list.plus(value(each, message.next(), depth - 1));
        return list;
    }

    /// A schema, or a flag, a list of schemas or a list of names in its place.
    private static Value schemaOrOther(Shape.Struct schema, WireReader message, int depth) {
        Value found = Value.TRUE;
        var list = Sequence.EMPTY;
        while (message.more()) {
            var item = message.next();
            if (!item.isBytes()) found = item.whole() == 0 ? Value.FALSE : Value.TRUE;
            else if (item.looksLikeText()) list = list.plus(Value.of(item.text()));
            else if (found instanceof Value.Bool) found = struct(schema, item.message(), depth - 1);
            else list = list.plus(struct(schema, item.message(), depth - 1));
        }
        return list.isEmpty() ? found : list;
    }

    private static Value scalar(Shape.Primitive primitive, WireReader.Item item) {
        return switch (primitive) {
            case TEXT -> Value.of(item.text());
            case FLAG -> item.whole() == 0 ? Value.FALSE : Value.TRUE;
            case INT32 -> Value.of((long) (int) item.whole());
            case INT64 -> Value.of(item.whole());
            case REAL -> Value.of(item.real());
            case BYTES -> Value.of(Base64.getEncoder().encodeToString(item.bytes()));
            case QUANTITY -> Value.of(first(item.message()));
            case INT_OR_TEXT -> intOrText(item.message());
            case TIME -> WireTime.seconds(item.message());
            case MICRO_TIME -> WireTime.micros(item.message());
            case ANY -> json(item);
        };
    }

    private static String first(WireReader message) {
        var text = "";
        while (message.more()) {
            var item = message.next();
            if (item.number() == 1) text = item.text();
        }
        return text;
    }

    private static Value intOrText(WireReader message) {
        boolean text = false;
        long number = 0;
        var words = "";
        while (message.more()) {
            var item = message.next();
            switch (item.number()) {
                case 1 -> text = item.whole() == 1;
                case 2 -> number = (int) item.whole();
                case 3 -> words = item.text();
                default -> {
                    // nothing else belongs here
                }
            }
        }
        return text ? Value.of(words) : Value.of(number);
    }

    private static Value json(WireReader.Item item) {
        var message = item.message();
        while (message.more()) {
            var inner = message.next();
            if (inner.number() == 1 && inner.bytes().length > 0) return JsonReader.read(inner.bytes());
        }
        return Value.none();
    }
}
