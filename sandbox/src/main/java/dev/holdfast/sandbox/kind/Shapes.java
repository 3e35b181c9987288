package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Gvk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The shapes of all built-in types, by name (`apps.v1.Deployment`).
final class Shapes {

    static final Shapes BUILT_IN = new Shapes(Resources.lines("shapes.txt"));

    /// The name of a kind's type is asked for several times in every write.
    private static final Map<Gvk, String> NAMES = new ConcurrentHashMap<>();

    private final Map<String, Map<String, Shape.Field>> types = new HashMap<>();

    private Shapes(List<String> lines) {
        for (var line : lines) {
            var words = line.split(" ");
            var fields = new java.util.LinkedHashMap<String, Shape.Field>();
            for (int i = 1; i < words.length; i++) {
                var field = field(words[i]);
                fields.put(field.name(), field);
            }
            types.put(words[0], Collections.unmodifiableMap(fields));
        }
    }

    private static Shape.Field field(String word) {
        int equals = word.indexOf('=');
        var name = word.substring(0, equals);
        var shape = shape(word.substring(equals + 1));
        if (name.endsWith("~")) return new Shape.Field(name.replaceAll("[?~]+$", ""), Shape.Omit.ZERO, shape);
        if (name.endsWith("?")) {
            return new Shape.Field(name.substring(0, name.length() - 1), Shape.Omit.EMPTY, shape);
        }
        return new Shape.Field(name, Shape.Omit.NEVER, shape);
    }

    private static Shape shape(String text) {
        if (text.startsWith("*")) return new Shape.Pointer(shape(text.substring(1)));
        if (text.startsWith("[]")) return new Shape.ListOf(shape(text.substring(2)));
        if (text.startsWith("{}")) return new Shape.MapOf(shape(text.substring(2)));
        if (text.startsWith("or:")) {
            return new Shape.SchemaOrOther(new Shape.Struct("apiextensions.v1." + text.substring(3)));
        }
        int slash = text.indexOf('/');
        var word = slash < 0 ? text : text.substring(0, slash);
        var name = slash < 0 ? "" : text.substring(slash + 1);
        return switch (word) {
            case "string" -> scalar(Shape.Primitive.TEXT, name, "string");
            case "bool" -> scalar(Shape.Primitive.FLAG, name, "bool");
            case "int32" -> scalar(Shape.Primitive.INT32, name, "int32");
            case "int64" -> scalar(Shape.Primitive.INT64, name, "int64");
            case "float64" -> scalar(Shape.Primitive.REAL, name, "float64");
            case "bytes" -> scalar(Shape.Primitive.BYTES, name, "[]uint8");
            case "quantity" -> scalar(Shape.Primitive.QUANTITY, name, "resource.Quantity");
            case "intorstring" -> scalar(Shape.Primitive.INT_OR_TEXT, name, "int32");
            case "time" -> scalar(Shape.Primitive.TIME, name, "v1.Time");
            case "microtime" -> scalar(Shape.Primitive.MICRO_TIME, name, "v1.MicroTime");
            case "any" -> scalar(Shape.Primitive.ANY, name, "interface {}");
            default -> new Shape.Struct(text);
        };
    }

    private static Shape scalar(Shape.Primitive primitive, String name, String otherwise) {
        return new Shape.Scalar(primitive, name.isEmpty() ? otherwise : name);
    }

    /// The type of a kind's objects; empty for custom resources.
    Optional<Shape.Struct> find(Gvk gvk) {
        var name = typeName(gvk);
        return types.containsKey(name) ? Optional.of(new Shape.Struct(name)) : Optional.empty();
    }

    static String typeName(Gvk gvk) {
        var known = NAMES.get(gvk);
        if (known != null) return known;
        var name = nameOf(gvk);
        // only names of built-in groups are few
        if (!name.isEmpty() && BUILT_IN.types.containsKey(name)) NAMES.put(gvk, name);
        return name;
    }

    private static String nameOf(Gvk gvk) {
        int dot = gvk.group().indexOf('.');
        var group = gvk.group().isEmpty()
                ? "core"
                : dot < 0 ? gvk.group() : gvk.group().substring(0, dot);
        boolean builtIn = dot < 0 || gvk.group().endsWith(".k8s.io");
        return builtIn ? group + "." + gvk.version() + "." + gvk.kind() : "";
    }

    List<Shape.Field> fields(Shape.Struct struct) {
        return new ArrayList<>(byName(struct).values());
    }

    /// By field name, in the order in which they are written.
    Map<String, Shape.Field> byName(Shape.Struct struct) {
        var fields = types.get(struct.name());
        return fields == null ? Map.of() : fields;
    }

    /// Whether nothing is known about the type's fields, so that any are kept.
    boolean opaque(Shape.Struct struct) {
        return !types.containsKey(struct.name());
    }

    Set<String> names() {
        return new TreeSet<>(types.keySet());
    }
}
