package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists that are sets or maps have no two equal items: told apart by value, or by their keys.
final class EqualItems {

    private EqualItems() {}

    static boolean none(Mapping schema, Value value) {
        var problems = new Problems();
        check(schema, value, "", problems);
        return problems.none();
    }

    static void check(Mapping schema, Value value, String path, Problems problems) {
        switch (value) {
            case Mapping map -> {
                var properties = schema.mapping("properties");
                for (var field : map) {
                    if (properties.get(field.key()) instanceof Mapping inner) {
                        check(inner, field.value(), Problems.child(path, field.key()), problems);
                    } else if (schema.get("additionalProperties") instanceof Mapping inner) {
                        check(inner, field.value(), Problems.keyed(path, field.key()), problems);
                    }
                }
            }
            case Sequence list -> {
                list(schema, list, path, problems);
                if (!(schema.get("items") instanceof Mapping items)) return;
                for (int i = 0; i < list.size(); i++) check(items, list.get(i), Problems.item(path, i), problems);
            }
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> {
                // a single value has no items
            }
        }
    }

    private static void list(Mapping schema, Sequence list, String path, Problems problems) {
        var type = schema.text("x-kubernetes-list-type").orElse("");
        boolean map = type.equals("map");
        if (!map && !type.equals("set")) return;
        Map<Value, Integer> seen = HashMap.newHashMap(list.size());
        for (int i = 0; i < list.size(); i++) {
            var item = list.get(i);
            if (map && !(item instanceof Mapping) && !item.isNull()) {
                problems.invalid(Problems.item(path, i), item, "must be an object for an array of list-type map");
                return;
            }
            var identity = map ? keys(schema, item) : item;
            int times = seen.merge(identity, 1, Integer::sum);
            // said once for each value, however often it comes again
            if (times == 2) problems.duplicate(Problems.item(path, i), identity);
        }
    }

    /// The item of an earlier list that this one is another state of: only lists that are maps can tell.
    static @Nullable Value before(Mapping schema, Value item, @Nullable Value old) {
        boolean map = schema.text("x-kubernetes-list-type").orElse("").equals("map");
        if (!map || !(old instanceof Sequence list) || !(item instanceof Mapping)) return null;
        var identity = keys(schema, item);
        for (var each : list) {
            if (each instanceof Mapping && keys(schema, each).equals(identity)) return each;
        }
        return null;
    }

    private static Mapping keys(Mapping schema, Value item) {
        var keys = Mapping.builder();
        if (item instanceof Mapping map) {
            for (var key : schema.sequence("x-kubernetes-list-map-keys")) {
                var name = key.asText().orElse("");
                var value = map.get(name);
                if (value != null) keys.put(name, value);
            }
        }
        return keys.build();
    }
}
