package dev.holdfast.render.kustomize.load;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.tree.Refusal;
import dev.holdfast.yaml.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A map of settings, read as Go reads one into a structure: names match whatever their case, null is as good as
/// nothing, and a value of the wrong type is refused.
public final class Fields {

    public static final Fields NONE = new Fields(Mapping.EMPTY);

    private final Mapping mapping;

    public Fields(Mapping mapping) {
        this.mapping = mapping;
    }

    public Mapping mapping() {
        return mapping;
    }

    public Origin origin() {
        return mapping.origin();
    }

    public @Nullable Value get(String name) {
        var exact = mapping.get(name);
        if (exact == null) {
            for (int i = 0; i < mapping.size(); i++) {
                if (mapping.keyAt(i).equalsIgnoreCase(name)) exact = mapping.valueAt(i);
            }
        }
        return exact == null || exact.isNull() ? null : exact;
    }

    public boolean has(String name) {
        return get(name) != null;
    }

    public Origin origin(String name) {
        var value = get(name);
        return value == null ? mapping.origin() : value.origin();
    }

    /// Empty where there is none. Numbers and booleans are taken as they are written in JSON.
    public String text(String name) {
        var value = get(name);
        return value == null ? "" : text(value, name);
    }

    private static String text(Value value, String name) {
        return switch (value) {
            case Value.Text(var text, var _) -> text;
            case Value.Bool _, Value.Whole _, Value.Real _ -> JsonWriter.text(value);
            case Value.Null _ -> "";
            case Sequence _, Mapping _ -> throw wrong(value, name, "string");
        };
    }

    public boolean isTrue(String name) {
        var value = get(name);
        if (value == null) return false;
        if (value instanceof Value.Bool(var truth, var _)) return truth;
        throw wrong(value, name, "bool");
    }

    public long whole(String name) {
        var value = get(name);
        if (value == null) return 0;
        if (value instanceof Value.Whole(var number, var _)) return number;
        throw wrong(value, name, "int64");
    }

    public List<Value.Text> texts(String name) {
        var texts = new ArrayList<Value.Text>();
        for (var item : list(name)) texts.add(new Value.Text(text(item, name), item.origin()));
        return texts;
    }

    public List<Fields> objects(String name) {
        var objects = new ArrayList<Fields>();
        for (var item : list(name)) {
            if (item.isNull()) objects.add(NONE);
            else if (item instanceof Mapping object) objects.add(new Fields(object));
            else throw wrong(item, name, "struct");
        }
        return objects;
    }

    private Sequence list(String name) {
        var value = get(name);
        if (value == null) return Sequence.EMPTY;
        if (value instanceof Sequence items) return items;
        throw wrong(value, name, "list");
    }

    public @Nullable Fields object(String name) {
        var value = get(name);
        if (value == null) return null;
        if (value instanceof Mapping object) return new Fields(object);
        throw wrong(value, name, "struct");
    }

    public Fields objectOrNone(String name) {
        var object = object(name);
        return object == null ? NONE : object;
    }

    /// A map of texts with their places, sorted.
    public Map<String, Value.Text> textMap(String name) {
        var map = new TreeMap<String, Value.Text>();
        var value = get(name);
        if (value == null) return map;
        if (!(value instanceof Mapping fields)) throw wrong(value, name, "map");
        for (var field : fields) {
            map.put(field.key(), new Value.Text(text(field.value(), name), field.value().origin()));
        }
        return map;
    }

    /// These fields and those of another; of two with the same name the other's.
    public Fields with(Mapping others) {
        var merged = new LinkedHashMap<String, Value>();
        for (var field : mapping) merged.put(field.key(), field.value());
        for (var field : others) merged.put(field.key(), field.value());
        return new Fields((Mapping) Mapping.of(merged).withOrigin(mapping.origin()));
    }

    static RuntimeException wrong(Value value, String name, String type) {
        return Refusal.at(
                value.origin(), "cannot unmarshal " + value.typeName() + " into the field " + name + " of type " + type);
    }
}
