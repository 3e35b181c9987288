package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import java.util.List;

/// What a version of a definition may say of its own, and what stands apart where all versions say it alike: the
/// schema, the subresources, the columns and the fields to select by.
final class VersionPartRules {

    private static final String COLUMN_TYPES = "boolean,date,integer,number,string";
    private static final String COLUMN_FORMATS = "byte,date,date-time,double,float,int32,int64,password";

    private VersionPartRules() {}

    /// Of these fields of a version; `path` is that of the version, or `spec` where all versions share them.
    static void check(Mapping version, List<String> fields, String path, Problems problems) {
        if (fields.contains("schema") && version.at("schema", "openAPIV3Schema") instanceof Mapping schema) {
            var place = child(path, path.equals("spec") ? "validation.openAPIV3Schema" : "schema.openAPIV3Schema");
            schema(schema, place, problems);
        }
        if (fields.contains("subresources")) {
            scale(version.mapping("subresources"), child(path, "subresources"), problems);
        }
        if (fields.contains("additionalPrinterColumns")) {
            columns(version.sequence("additionalPrinterColumns"), child(path, "additionalPrinterColumns"), problems);
        }
        if (fields.contains("selectableFields")) {
            SelectableFieldRules.check(version, child(path, "selectableFields"), problems);
        }
    }

    private static void schema(Mapping schema, String path, Problems problems) {
        if (schema.bool("nullable").orElse(false)) {
            problems.forbidden(child(path, "nullable"), "nullable cannot be true at the root");
        }
        int before = problems.errors().size();
        StructuralRules.check(schema, path, problems);
        if (problems.errors().size() == before) SchemaDefaultRules.check(schema, path, problems);
        OpenApiSchemaRules.check(schema, path, problems);
    }

    private static void scale(Mapping subresources, String path, Problems problems) {
        if (!(subresources.get("scale") instanceof Mapping scale)) return;
        simplePath(scale, child(path, "scale"), "specReplicasPath", List.of(".spec"), problems);
        simplePath(scale, child(path, "scale"), "statusReplicasPath", List.of(".status"), problems);
        if (!scale.text("labelSelectorPath").orElse("").isEmpty()) {
            simplePath(scale, child(path, "scale"), "labelSelectorPath", List.of(".spec", ".status"), problems);
        }
    }

    private static void simplePath(Mapping scale, String path, String field, List<String> roots, Problems problems) {
        var text = scale.text(field).orElse("");
        var place = child(path, field);
        if (text.isEmpty()) {
            problems.required(place, "");
        } else if (!text.startsWith(".")) {
            problems.invalid(place, text, "must be a simple json path starting with .");
        } else if (roots.stream().noneMatch(root -> text.startsWith(root + "."))) {
            var where = roots.size() == 1 ? roots.getFirst() : "either " + String.join(" or ", roots);
            problems.invalid(place, text, "should be a json path under " + where);
        }
    }

    private static void columns(Sequence columns, String path, Problems problems) {
        for (int i = 0; i < columns.size(); i++) {
            if (!(columns.get(i) instanceof Mapping column)) continue;
            var place = item(path, i);
            if (column.text("name").orElse("").isEmpty()) problems.required(child(place, "name"), "");
            var type = column.text("type").orElse("");
            if (type.isEmpty()) {
                problems.required(child(place, "type"), "must be one of " + COLUMN_TYPES);
            } else if (!List.of(COLUMN_TYPES.split(",")).contains(type)) {
                problems.invalid(child(place, "type"), type, "must be one of " + COLUMN_TYPES);
            }
            var format = column.text("format").orElse("");
            if (!format.isEmpty() && !List.of(COLUMN_FORMATS.split(",")).contains(format)) {
                problems.invalid(child(place, "format"), format, "must be one of " + COLUMN_FORMATS);
            }
            var text = column.text("jsonPath").orElse("");
            if (text.isEmpty()) problems.required(child(place, "JSONPath"), "");
            else if (!text.startsWith(".")) {
                problems.invalid(child(place, "JSONPath"), text, "must be a simple json path starting with .");
            }
        }
    }
}
