package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Definitions of custom resources.
public final class DefinitionRules {

    private static final String COLUMN_TYPES = "boolean,date,integer,number,string";
    private static final Pattern SIMPLE_PATH = Pattern.compile("(\\.[a-zA-Z_][a-zA-Z0-9_-]*)+");

    private DefinitionRules() {}

    static void check(Mapping definition, Problems problems) {
        var spec = definition.mapping("spec");
        var names = spec.mapping("names");
        var group = spec.text("group").orElse("");
        var plural = names.text("plural").orElse("");
        var name = definition.text("metadata", "name").orElse("");
        if (!name.equals(plural + "." + group)) {
            problems.invalid("metadata.name", name, "must be spec.names.plural+\".\"+spec.group");
        }
        if (group.isEmpty()) problems.required("spec.group", "");
        else group(group, definition, problems);
        var scope = spec.get("scope");
        if (scope == null || scope.equals(Value.of(""))) problems.required("spec.scope", "");
        problems.oneOf(spec, "spec", "scope", List.of("Cluster", "Namespaced"));
        names(names, problems);
        versions(spec, problems);
    }

    private static void group(String group, Mapping definition, Problems problems) {
        for (var wrong : Names.subdomain(group)) problems.invalid("spec.group", group, wrong);
        if (group.split("\\.", -1).length < 2) {
            problems.invalid("spec.group", group, "should be a domain with at least one dot");
        }
        boolean guarded = group.endsWith(".k8s.io") || group.endsWith(".kubernetes.io");
        var approval = definition.text("metadata", "annotations", "api-approved.kubernetes.io");
        if (guarded && approval.isEmpty()) {
            problems.required(
                    "metadata.annotations[api-approved.kubernetes.io]",
                    "protected groups must have approval annotation \"api-approved.kubernetes.io\", see"
                            + " https://github.com/kubernetes/enhancements/pull/1111");
        }
    }

    private static void names(Mapping names, Problems problems) {
        for (var field : List.of("plural", "singular")) {
            var name = names.text(field).orElse("");
            var path = child("spec.names", field);
            if (name.isEmpty()) problems.required(path, "");
            else for (var wrong : Names.oldLabel(name)) problems.invalid(path, name, wrong);
        }
        for (var field : List.of("kind", "listKind")) {
            var name = names.text(field).orElse("");
            var path = child("spec.names", field);
            if (name.isEmpty()) {
                problems.required(path, "");
                continue;
            }
            for (var wrong : Names.oldLabel(name.toLowerCase(Locale.ROOT))) {
                problems.invalid(path, name, "may have mixed case, but should otherwise match: " + wrong);
            }
        }
        if (names.text("kind").isPresent() && names.text("kind").equals(names.text("listKind"))) {
            problems.invalid(
                    "spec.names.listKind", names.text("listKind").orElse(""), "kind and listKind may not be the same");
        }
    }

    private static void versions(Mapping spec, Problems problems) {
        var versions = spec.sequence("versions");
        var seen = new HashSet<String>();
        int stored = 0;
        for (int i = 0; i < versions.size(); i++) {
            if (!(versions.get(i) instanceof Mapping version)) continue;
            var path = item("spec.versions", i);
            var name = version.text("name").orElse("");
            for (var wrong : Names.oldLabel(name)) problems.invalid(child(path, "name"), name, wrong);
            if (!seen.add(name)) problems.invalid("spec.versions", versions, "must contain unique version names");
            if (version.bool("storage").orElse(false)) stored++;
            if (!(version.at("schema", "openAPIV3Schema") instanceof Mapping)) {
                problems.required(child(path, "schema.openAPIV3Schema"), "schemas are required");
            }
        }
        schemas(spec).forEach((path, schema) -> StructuralRules.check(schema, path, problems));
        perVersion(spec, "subresources").forEach((path, part) -> scale((Mapping) part, path, problems));
        perVersion(spec, "additionalPrinterColumns").forEach((path, part) -> columns((Sequence) part, path, problems));
        if (stored != 1) {
            problems.invalid("spec.versions", versions, "must have exactly one version marked as storage version");
        }
    }

    private static void scale(Mapping subresources, String path, Problems problems) {
        if (!(subresources.get("scale") instanceof Mapping scale)) return;
        simplePath(scale, child(path, "scale"), "specReplicasPath", List.of(".spec."), problems);
        simplePath(scale, child(path, "scale"), "statusReplicasPath", List.of(".status."), problems);
        if (!scale.text("labelSelectorPath").orElse("").isEmpty()) {
            simplePath(scale, child(path, "scale"), "labelSelectorPath", List.of(".spec.", ".status."), problems);
        }
    }

    private static void simplePath(Mapping scale, String path, String field, List<String> roots, Problems problems) {
        var text = scale.text(field).orElse("");
        var place = child(path, field);
        if (text.isEmpty()) {
            problems.required(place, "");
        } else if (!SIMPLE_PATH.matcher(text).matches()) {
            problems.invalid(place, text, "is an invalid path: only simple dotted paths are allowed");
        } else if (roots.stream().noneMatch(text::startsWith)) {
            var where = String.join(
                    " or ",
                    roots.stream()
                            .map(root -> root.substring(0, root.length() - 1))
                            .toList());
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
            if (column.text("jsonPath").orElse("").isEmpty()) problems.required(child(place, "jsonPath"), "");
        }
    }

    /// A part of each version, by the path that errors name it by.
    private static Map<String, Value> perVersion(Mapping spec, String field) {
        var versions = spec.sequence("versions");
        var parts = new LinkedHashMap<String, Value>();
        for (int i = 0; i < versions.size(); i++) {
            if (versions.get(i) instanceof Mapping version && version.get(field) instanceof Value part) {
                if (!part.isNull()) parts.put(child(item("spec.versions", i), field), part);
            }
        }
        boolean one = parts.size() == versions.size() && new HashSet<>(parts.values()).size() == 1;
        return one ? Map.of(child("spec", field), parts.firstEntry().getValue()) : parts;
    }

    /// The schemas by the paths that errors name them by. Where all versions have the same one the server holds it
    /// apart from them, and names that place, which nobody can write any more.
    public static Map<String, Mapping> schemas(Mapping spec) {
        var versions = spec.sequence("versions");
        var schemas = new LinkedHashMap<String, Mapping>();
        for (int i = 0; i < versions.size(); i++) {
            if (versions.get(i) instanceof Mapping version
                    && version.at("schema", "openAPIV3Schema") instanceof Mapping schema) {
                schemas.put(child(item("spec.versions", i), "schema.openAPIV3Schema"), schema);
            }
        }
        boolean one = schemas.size() == versions.size() && new HashSet<>(schemas.values()).size() == 1;
        return one
                ? Map.of("spec.validation.openAPIV3Schema", schemas.firstEntry().getValue())
                : schemas;
    }

    /// What is stored depends on these: they stay, once the names are taken.
    static void change(Mapping definition, Mapping old, Problems problems) {
        boolean established = old.sequence("status", "conditions").mappings().stream()
                .anyMatch(condition -> condition.text("type").orElse("").equals("Established")
                        && condition.text("status").orElse("").equals("True"));
        problems.immutable("spec.group", definition.at("spec", "group"), old.at("spec", "group"));
        problems.immutable(
                "spec.names.plural", definition.at("spec", "names", "plural"), old.at("spec", "names", "plural"));
        if (!established) return;
        problems.immutable("spec.scope", definition.at("spec", "scope"), old.at("spec", "scope"));
        problems.immutable("spec.names.kind", definition.at("spec", "names", "kind"), old.at("spec", "names", "kind"));
    }
}
