package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.keyed;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.List;

/// The defaults in a schema: each keeps to the schema that it stands in.
final class SchemaDefaultRules {

    private static final List<String> OF_OBJECTS = List.of("metadata", "kind", "apiVersion");

    private SchemaDefaultRules() {}

    static void check(Mapping schema, String path, Problems problems) {
        part(schema, path, problems);
        for (var property : schema.mapping("properties")) {
            // what stands in the metadata of a whole object is refused elsewhere
            if (OF_OBJECTS.contains(property.key()) || !(property.value() instanceof Mapping inner)) continue;
            inside(inner, keyed(child(path, "properties"), property.key()), problems);
        }
    }

    /// Maps have no defaults for values whose keys nobody knows.
    private static void inside(Mapping schema, String path, Problems problems) {
        part(schema, path, problems);
        if (schema.get("items") instanceof Mapping items) inside(items, child(path, "items"), problems);
        for (var property : schema.mapping("properties")) {
            if (property.value() instanceof Mapping inner) {
                inside(inner, keyed(child(path, "properties"), property.key()), problems);
            }
        }
    }

    private static void part(Mapping schema, String path, Problems problems) {
        if (!(schema.get("default") instanceof Value standard) || standard.isNull()) return;
        var place = child(path, "default");
        if (!CustomSchema.fits(schema, standard)) {
            problems.invalid(place, standard, "must not have unknown fields");
        }
        var found = new Problems();
        new CustomCheck(found).value(schema, standard, "");
        for (var error : found.errors()) {
            // the value is judged by itself; where it stands is said in the place only
            var inner = error.field().isEmpty() || error.field().equals("<nil>") ? place : child(place, error.field());
            problems.add(new FieldError(error.reason(), inner, error.message()));
        }
    }
}
