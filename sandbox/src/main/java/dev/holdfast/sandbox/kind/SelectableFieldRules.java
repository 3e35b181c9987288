package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.HashSet;
import java.util.List;

/// The fields of custom resources by which clients can select.
final class SelectableFieldRules {

    private static final int MOST = 8;

    private SelectableFieldRules() {}

    static void check(Mapping version, String path, Problems problems) {
        var schema = version.mapping("schema", "openAPIV3Schema");
        var fields = version.sequence("selectableFields");
        var seen = new HashSet<String>();
        for (int i = 0; i < fields.size(); i++) {
            if (!(fields.get(i) instanceof Mapping field)) continue;
            var place = child(item(path, i), "jsonPath");
            var named = field.text("jsonPath").orElse("");
            if (named.isEmpty()) {
                problems.required(place, "");
                continue;
            }
            var found = find(schema, named);
            if (found == null) {
                problems.invalid(place, named, "is an invalid path: does not refer to a valid field");
                continue;
            }
            if (named.startsWith(".metadata")) {
                problems.invalid(place, named, "must not point to fields in metadata");
            }
            if (!List.of("string", "boolean", "integer")
                    .contains(found.text("type").orElse(""))) {
                problems.invalid(
                        place,
                        named,
                        "must point to a field of type string, boolean or integer. Enum string fields and strings with"
                                + " formats are allowed.");
            }
            if (!seen.add(named)) problems.duplicate(place, Value.of(named));
        }
        if (seen.size() > MOST) problems.tooMany(path, seen.size(), MOST);
    }

    private static @org.jspecify.annotations.Nullable Mapping find(Mapping schema, String path) {
        if (!path.startsWith(".")) return null;
        var current = schema;
        for (var name : path.substring(1).split("\\.", -1)) {
            if (!(current.at("properties", name) instanceof Mapping inner)) return null;
            current = inner;
        }
        return current;
    }
}
