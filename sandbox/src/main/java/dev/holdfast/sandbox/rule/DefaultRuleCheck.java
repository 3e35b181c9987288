package dev.holdfast.sandbox.rule;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.kind.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether the defaults in a schema keep to the rules that stand beside them.
public final class DefaultRuleCheck {

    private static final String DEFAULT = "default";

    private DefaultRuleCheck() {}

    /// `path` is where the schema stands in its definition.
    public static List<FieldError> of(Mapping schema, String path) {
        var errors = new ArrayList<FieldError>();
        part(schema, path, errors);
        return errors;
    }

    private static void part(Mapping schema, String path, List<FieldError> errors) {
        if (schema.get(DEFAULT) instanceof Value standard && !standard.isNull()) {
            // the rules of a value are asked as those of a field of that value
            var around = Mapping.builder()
                    .put("type", "object")
                    .put("properties", Mapping.of(DEFAULT, schema))
                    .build();
            var object = Mapping.of(DEFAULT, standard);
            for (var error : CompiledRules.of(around).check(around, object, Optional.empty())) {
                errors.add(new FieldError(error.reason(), path + "." + error.field(), error.message()));
            }
        }
        if (schema.get("items") instanceof Mapping items) part(items, path + ".items", errors);
        for (var property : schema.mapping("properties")) {
            if (property.value() instanceof Mapping inner) {
                part(inner, path + ".properties[" + property.key() + "]", errors);
            }
        }
    }
}
