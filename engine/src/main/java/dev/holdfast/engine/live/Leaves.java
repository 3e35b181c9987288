package dev.holdfast.engine.live;

import dev.holdfast.fields.FieldSet;
import dev.holdfast.fields.PathElement;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;

/// The fields that a body sets, without a schema: maps by key, lists as a whole. What is compared where a server
/// keeps no managedFields.
final class Leaves {

    private Leaves() {}

    /// `apiVersion`, `kind` and the object's name and namespace identify it; nobody owns them.
    static FieldSet of(Mapping body) {
        var set = new FieldSet.Builder();
        for (var field : body) {
            if (field.key().equals("apiVersion") || field.key().equals("kind")) continue;
            var value = field.value();
            if (field.key().equals("metadata") && value instanceof Mapping metadata) {
                value = metadata.without("name").without("namespace");
            }
            add(set, field.key(), value);
        }
        return set.build();
    }

    private static FieldSet below(Mapping fields) {
        var set = new FieldSet.Builder();
        for (var field : fields) add(set, field.key(), field.value());
        return set.build();
    }

    private static void add(FieldSet.Builder set, String key, Value value) {
        var step = new PathElement.Field(key);
        if (value instanceof Mapping inner && !inner.isEmpty()) set.children(step, below(inner));
        else set.member(step);
    }
}
