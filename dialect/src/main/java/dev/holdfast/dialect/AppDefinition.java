package dev.holdfast.dialect;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;

/// The CustomResourceDefinition of `App`, generated from the tables that also read it. Committed as `deploy/crds/`,
/// compared by a test.
public final class AppDefinition {

    public static final String NAME = AppDialect.PLURAL + "." + AppDialect.GROUP;

    private AppDefinition() {}

    /// The plural is `holdfastapps`: `apps` is a short name of Argo CD's Application, whose definition often sits
    /// in the same cluster.
    public static Mapping crd() {
        var names = Mapping.builder()
                .put("categories", Value.texts(List.of("holdfast")))
                .put("kind", AppDialect.KIND)
                .put("listKind", AppDialect.KIND + "List")
                .put("plural", AppDialect.PLURAL)
                .put("shortNames", Value.texts(List.of("happ")))
                .put("singular", "holdfastapp")
                .build();
        var version = Mapping.builder()
                .put("additionalPrinterColumns", columns())
                .put("name", AppDialect.VERSION)
                .put("schema", Mapping.of("openAPIV3Schema", schema()))
                .put("served", Value.TRUE)
                .put("storage", Value.TRUE)
                .put("subresources", Mapping.of("status", Mapping.EMPTY))
                .build();
        return Mapping.builder()
                .put("apiVersion", "apiextensions.k8s.io/v1")
                .put("kind", "CustomResourceDefinition")
                .put("metadata", Mapping.of("name", Value.of(NAME)))
                .put(
                        "spec",
                        Mapping.builder()
                                .put("group", AppDialect.GROUP)
                                .put("names", names)
                                .put("scope", "Namespaced")
                                .put("versions", Value.of(List.of(version)))
                                .build())
                .build();
    }

    private static Value columns() {
        return Value.of(List.of(
                column("Ready", "string", ".status.conditions[?(@.type==\"Ready\")].status"),
                column("Sync", "string", ".status.sync"),
                column("Health", "string", ".status.health"),
                column("Revision", "string", ".status.revision"),
                column("Targets", "string", ".status.summary.targets"),
                column("Age", "date", ".metadata.creationTimestamp"),
                column("Why", "string", ".status.why")));
    }

    private static Mapping column(String name, String type, String path) {
        return Mapping.builder()
                .put("jsonPath", path)
                .put("name", name)
                .put("type", type)
                .build();
    }

    private static Mapping schema() {
        var properties = Mapping.builder()
                .put("apiVersion", Mapping.of("type", Value.of("string")))
                .put("kind", Mapping.of("type", Value.of("string")))
                .put("metadata", Mapping.of("type", Value.of("object")))
                .put("spec", of(AppShape.SPEC, "What shall be, and how."))
                // what we write ourselves needs no second description here; docs/reference/app.md has it
                .put(
                        "status",
                        Mapping.builder()
                                .put("description", "What is; written by Holdfast.")
                                .put("type", "object")
                                .put("x-kubernetes-preserve-unknown-fields", Value.TRUE)
                                .build())
                .build();
        return Mapping.builder()
                .put("description", "An app: sources in Git, kept equal in a cluster.")
                .put("properties", properties)
                .put("required", Value.texts(List.of("spec")))
                .put("type", "object")
                .build();
    }

    private static Mapping of(Shape shape, String about) {
        var schema = Mapping.builder();
        if (!about.isEmpty()) schema.put("description", about);
        switch (shape) {
            case Shape.Text _ -> schema.put("minLength", 1).put("type", "string");
            case Shape.Number(var least, var most) ->
                schema.put("maximum", most).put("minimum", least).put("type", "integer");
            case Shape.Factor(var least) ->
                schema.put("minimum", Value.of(least)).put("type", "number");
            case Shape.Flag _ -> schema.put("type", "boolean");
            case Shape.Duration _ ->
                schema.put("pattern", "^([0-9]{1,9}(ms|s|m|h))+$").put("type", "string");
            case Shape.Word(var words) -> schema.put("enum", Value.texts(words)).put("type", "string");
            case Shape.Texts _ ->
                schema.put("items", Mapping.of("type", Value.of("string"))).put("type", "array");
            case Shape.TextMap _ ->
                schema.put("additionalProperties", Mapping.of("type", Value.of("string")))
                        .put("type", "object");
            case Shape.ListOf(var item) -> schema.put("items", of(item, "")).put("type", "array");
            // a word or a list: a schema can't say that structurally, the reader does
            case Shape.WordOrList _ -> schema.put("x-kubernetes-preserve-unknown-fields", Value.TRUE);
            case Shape.Struct(var fields) -> struct(fields, schema);
        }
        return schema.build();
    }

    /// Unknown fields are kept: a server that dropped them would turn a typing error into silence. The reader
    /// refuses them, with the nearest known name.
    private static void struct(List<Shape.Field> fields, Mapping.Builder schema) {
        var properties = Mapping.builder();
        var required = new ArrayList<String>();
        for (var field : fields) {
            var otherwise = field.fallback().isEmpty() ? "" : " Otherwise: " + field.fallback() + ".";
            properties.put(field.name(), of(field.shape(), field.about() + otherwise));
            if (field.need() == Shape.Need.REQUIRED) required.add(field.name());
        }
        schema.put("properties", properties.build());
        if (!required.isEmpty()) schema.put("required", Value.texts(required));
        schema.put("type", "object").put("x-kubernetes-preserve-unknown-fields", Value.TRUE);
    }
}
