package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Objects as the API server's own types print them in errors. Those types have no names for the wire, so the names
/// of their Go fields show, and whatever is empty shows as well: `{"APIGroup":"rbac…","Kind":"Role","Name":"x"}`.
final class GoForm {

    private static final List<String> OF_THE_HOST =
            List.of("hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace", "hostUsers");
    private static final Map<String, List<Field>> TYPES = types();

    private GoForm() {}

    /// A field of a type, its key on the wire, and what it is: an empty value, or other fields.
    private record Field(String name, String key, String kind) {

        static Field parse(String text) {
            if (text.startsWith("^")) return new Field("", "", text);
            int colon = text.indexOf(':');
            var name = text.substring(0, colon);
            var kind = text.substring(colon + 1);
            int equals = name.indexOf('=');
            if (equals > 0) return new Field(name.substring(0, equals), name.substring(equals + 1), kind);
            return new Field(name, Character.toLowerCase(name.charAt(0)) + name.substring(1), kind);
        }
    }

    private static Map<String, List<Field>> types() {
        var types = new TreeMap<String, List<Field>>();
        for (var line : Resources.lines("internal.txt")) {
            var words = List.of(line.split(" "));
            var fields = words.subList(1, words.size()).stream().map(Field::parse);
            types.put(words.getFirst(), fields.toList());
        }
        return types;
    }

    static Mapping of(String type, Mapping object) {
        var printed = Mapping.builder();
        add(type, object, printed);
        return printed.build();
    }

    private static void add(String type, Mapping given, Mapping.Builder printed) {
        var object = type.equals("core.PodSpec") ? hosted(given) : given;
        for (var field : TYPES.getOrDefault(type, List.of())) {
            if (field.kind().equals("^metadata")) {
                for (var each : object.mapping("metadata")) printed.put(each.key(), each.value());
            } else if (field.kind().startsWith("^")) {
                add(field.kind().substring(1), object, printed);
            } else {
                printed.put(field.name(), value(field, object));
            }
        }
    }

    private static Value value(Field field, Mapping object) {
        var given = object.get(field.key());
        var value = given == null ? Value.none() : given;
        var kind = field.kind();
        if (kind.startsWith("[]")) {
            if (value.isNull()) return value;
            var items = new ArrayList<Value>();
            for (var each : object.sequence(field.key()).mappings()) items.add(of(kind.substring(2), each));
            return Value.of(items);
        }
        if (kind.startsWith("*")) return value instanceof Mapping held ? of(kind.substring(1), held) : value;
        if (TYPES.containsKey(kind)) return of(kind, object.mapping(field.key()));
        return value.isNull() ? JsonReader.read(kind.getBytes(StandardCharsets.UTF_8)) : value;
    }

    /// What a pod shares with its host stands among its rights there.
    private static Mapping hosted(Mapping spec) {
        var context = spec.mapping("securityContext");
        for (var field : OF_THE_HOST) {
            if (spec.get(field) instanceof Value value) context = context.with(field, value);
        }
        return spec.with("securityContext", context);
    }
}
