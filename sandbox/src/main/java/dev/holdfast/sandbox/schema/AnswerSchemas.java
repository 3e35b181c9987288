package dev.holdfast.sandbox.schema;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Schemas of what only answers and patches consist of, and of places where any JSON may stand.
final class AnswerSchemas {

    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private static final String EXTENSIONS = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";
    static final String PATCH = META + "Patch";

    /// Fields with `type`, `type:format`, `&TYPE` or `[&TYPE`.
    private static final Map<String, List<String>> FIELDS = Map.of(
            META + "ListMeta",
            List.of("continue string", "remainingItemCount integer:int64", "resourceVersion string", "selfLink string"),
            META + "Status",
            List.of(
                    "apiVersion string",
                    "code integer:int32",
                    "details &StatusDetails",
                    "kind string",
                    "message string",
                    "metadata &ListMeta",
                    "reason string",
                    "status string"),
            META + "StatusDetails",
            List.of(
                    "causes [&StatusCause",
                    "group string",
                    "kind string",
                    "name string",
                    "retryAfterSeconds integer:int32",
                    "uid string"),
            META + "StatusCause",
            List.of("field string", "message string", "reason string"),
            PATCH,
            List.of());

    private static final List<String> ANYTHING = List.of(
            EXTENSIONS + "JSON",
            EXTENSIONS + "JSONSchemaPropsOrArray",
            EXTENSIONS + "JSONSchemaPropsOrBool",
            EXTENSIONS + "JSONSchemaPropsOrStringArray");
    private static final List<String> OBJECTS =
            List.of(META + "FieldsV1", EXTENSIONS + "CustomResourceSubresourceStatus");

    private AnswerSchemas() {}

    static Optional<Mapping> of(String name, Edition edition, TreeSet<String> named) {
        if (ANYTHING.contains(name)) return Optional.of(Mapping.EMPTY);
        if (OBJECTS.contains(name)) return Optional.of(Mapping.of("type", Value.of("object")));
        return Optional.ofNullable(FIELDS.get(name)).map(fields -> struct(fields, edition, named));
    }

    private static Mapping struct(List<String> fields, Edition edition, TreeSet<String> named) {
        var object = Mapping.of("type", Value.of("object"));
        if (fields.isEmpty()) return object;
        var properties = Mapping.builder();
        for (var field : fields) {
            var words = field.split(" ");
            properties.put(words[0], field(words[1], edition, named));
        }
        return object.with("properties", properties.build());
    }

    private static Mapping field(String type, Edition edition, TreeSet<String> named) {
        if (type.startsWith("[")) {
            return Mapping.builder()
                    .put("type", "array")
                    .put("items", field(type.substring(1), edition, named))
                    .put("x-kubernetes-list-type", "atomic")
                    .build();
        }
        if (type.startsWith("&")) {
            named.add(META + type.substring(1));
            return Mapping.of("$ref", Value.of(edition.reference(META + type.substring(1))));
        }
        var words = type.split(":");
        var text = Mapping.of("type", Value.of(words[0]));
        return words.length == 1 ? text : text.with("format", Value.of(words[1]));
    }
}
