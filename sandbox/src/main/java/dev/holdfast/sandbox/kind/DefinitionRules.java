package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Definitions of custom resources.
public final class DefinitionRules {

    private static final int LONGEST_WARNING = 256;

    private DefinitionRules() {}

    static void check(Mapping definition, Problems problems) {
        var spec = definition.mapping("spec");
        var names = spec.mapping("names");
        var group = spec.text("group").orElse("");
        var name = definition.text("metadata", "name").orElse("");
        if (!name.equals(names.text("plural").orElse("") + "." + group)) {
            problems.invalid("metadata.name", name, "must be spec.names.plural+\".\"+spec.group");
        }
        group(group, problems);
        var scope = spec.get("scope");
        if (scope == null || scope.equals(Value.of(""))) problems.required("spec.scope", "");
        else problems.oneOf(spec, "spec", "scope", List.of("Cluster", "Namespaced"));
        schemasPresent(spec.sequence("versions"), problems);
        versions(spec, problems);
        counts(spec, problems);
        for (var needed : List.of("plural", "singular", "kind", "listKind")) {
            if (names.text(needed).orElse("").isEmpty()) problems.required(child("spec.names", needed), "");
        }
        names(names, problems);
        var shared = SHARED.stream()
                .filter(field -> shared(spec.sequence("versions"), field))
                .toList();
        if (!shared.isEmpty()) {
            VersionPartRules.check(spec.sequence("versions").mappings().getFirst(), shared, "spec", problems);
        }
        conversion(spec.mapping("conversion"), problems);
        approval(group, definition, problems);
    }

    /// These stand apart from the versions, and errors name that place, where all versions have them alike.
    private static final List<String> SHARED =
            List.of("schema", "subresources", "additionalPrinterColumns", "selectableFields");

    private static boolean shared(Sequence versions, String field) {
        var first = versions.isEmpty() ? null : versions.mappings().getFirst().get(field);
        if (first == null || first.isNull()) return false;
        return versions.mappings().stream().allMatch(version -> first.equals(version.get(field)));
    }

    private static void group(String group, Problems problems) {
        if (group.isEmpty()) {
            problems.required("spec.group", "");
            return;
        }
        var wrong = Names.subdomain(group);
        if (!wrong.isEmpty()) problems.invalid("spec.group", group, String.join(",", wrong));
        else if (!group.contains(".")) {
            problems.invalid("spec.group", group, "should be a domain with at least one dot");
        }
    }

    private static void approval(String group, Mapping definition, Problems problems) {
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
            label(name, name, "", child("spec.names", field), problems);
        }
        for (var field : List.of("kind", "listKind")) {
            var name = names.text(field).orElse("");
            var mixed = "may have mixed case, but should otherwise match: ";
            label(name, name.toLowerCase(Locale.ROOT), mixed, child("spec.names", field), problems);
        }
        list(names.sequence("shortNames"), "spec.names.shortNames", problems);
        var kind = names.text("kind").orElse("");
        if (!kind.isEmpty() && names.text("listKind").orElse("").equals(kind)) {
            problems.invalid("spec.names.listKind", kind, "kind and listKind may not be the same");
        }
        list(names.sequence("categories"), "spec.names.categories", problems);
    }

    private static void list(Sequence names, String path, Problems problems) {
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i).asText().orElse("");
            var wrong = Names.oldLabel(name);
            if (!wrong.isEmpty()) problems.invalid(item(path, i), name, String.join(",", wrong));
        }
    }

    private static void label(String name, String judged, String opening, String path, Problems problems) {
        if (name.isEmpty()) return;
        var wrong = Names.oldLabel(judged);
        if (!wrong.isEmpty()) problems.invalid(path, name, opening + String.join(",", wrong));
    }

    private static void schemasPresent(Sequence versions, Problems problems) {
        if (shared(versions, "schema")) return;
        for (int i = 0; i < versions.size(); i++) {
            if (versions.get(i) instanceof Mapping version
                    && !(version.at("schema", "openAPIV3Schema") instanceof Mapping)) {
                problems.required(child(item("spec.versions", i), "schema.openAPIV3Schema"), "");
            }
        }
    }

    private static void versions(Mapping spec, Problems problems) {
        var versions = spec.sequence("versions");
        var own = SHARED.stream().filter(field -> !shared(versions, field)).toList();
        for (int i = 0; i < versions.size(); i++) {
            if (!(versions.get(i) instanceof Mapping version)) continue;
            var path = item("spec.versions", i);
            var name = version.text("name").orElse("");
            var wrong = Names.oldLabel(name);
            if (!wrong.isEmpty()) problems.invalid(child(path, "name"), name, String.join(",", wrong));
            deprecation(version, child(path, "deprecationWarning"), problems);
            VersionPartRules.check(version, own, path, problems);
        }
    }

    private static void deprecation(Mapping version, String path, Problems problems) {
        var warning = version.text("deprecationWarning");
        if (warning.isEmpty()) return;
        if (!version.bool("deprecated").orElse(false)) {
            problems.invalid(path, warning.get(), "can only be set for deprecated versions");
        } else if (warning.get().isEmpty()) {
            problems.invalid(path, warning.get(), "must not be an empty string");
        } else if (warning.get().length() > LONGEST_WARNING) {
            problems.invalid(path, warning.get(), "must be <= " + LONGEST_WARNING + " characters long");
        }
    }

    private static void counts(Mapping spec, Problems problems) {
        var versions = spec.sequence("versions").mappings();
        var shown = new ArrayList<Value>();
        for (var version : versions) {
            var rest = version;
            for (var field : SHARED) if (shared(spec.sequence("versions"), field)) rest = rest.without(field);
            shown.add(GoForm.of("apiextensions.CustomResourceDefinitionVersion", rest));
        }
        var names = versions.stream()
                .map(version -> version.text("name").orElse(""))
                .toList();
        if (new HashSet<>(names).size() < names.size()) {
            problems.invalid("spec.versions", Value.of(shown), "must contain unique version names");
        }
        long stored = versions.stream()
                .filter(version -> version.bool("storage").orElse(false))
                .count();
        if (stored != 1) {
            problems.invalid(
                    "spec.versions", Value.of(shown), "must have exactly one version marked as storage version");
        }
    }

    private static void conversion(Mapping conversion, Problems problems) {
        if (conversion.isEmpty()) return;
        problems.oneOf(conversion, "spec.conversion", "strategy", List.of("None", "Webhook"));
        var webhook = conversion.mapping("webhook");
        var config = webhook.mapping("clientConfig");
        var place = "spec.conversion.webhookClientConfig";
        var versions = webhook.sequence("conversionReviewVersions");
        if (!conversion.text("strategy").orElse("").equals("Webhook")) {
            if (!config.isEmpty()) {
                problems.forbidden(place, "should not be set when strategy is not set to Webhook");
            }
            if (!versions.isEmpty()) {
                problems.forbidden(
                        "spec.conversion.conversionReviewVersions",
                        "should not be set when strategy is not set to Webhook");
            }
            return;
        }
        if (config.isEmpty()) problems.required(place, "required when strategy is set to Webhook");
        else if (config.has("url") == config.has("service")) {
            problems.required(place, "exactly one of url or service is required");
        }
        if (versions.isEmpty()) problems.required("spec.conversion.conversionReviewVersions", "");
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
        if (established) {
            problems.immutable("spec.scope", definition.at("spec", "scope"), old.at("spec", "scope"));
            problems.immutable(
                    "spec.names.kind", definition.at("spec", "names", "kind"), old.at("spec", "names", "kind"));
        }
        problems.immutable("spec.group", definition.at("spec", "group"), old.at("spec", "group"));
        problems.immutable(
                "spec.names.plural", definition.at("spec", "names", "plural"), old.at("spec", "names", "plural"));
        storedVersions(definition, problems);
    }

    /// A version in which something may be stored stays.
    private static void storedVersions(Mapping definition, Problems problems) {
        var path = "status.storedVersions";
        var stored = definition.sequence("status", "storedVersions");
        if (stored.isEmpty()) {
            problems.invalid(path, Value.none(), "must have at least one stored version");
            return;
        }
        var versions = definition.sequence("spec", "versions").mappings();
        for (var version : versions) {
            var name = version.text("name").orElse("");
            boolean kept = stored.items().contains(Value.of(name));
            if (version.bool("storage").orElse(false) && !kept) {
                problems.invalid(path, stored, "must have the storage version " + name);
            }
        }
        var names = versions.stream()
                .map(version -> version.text("name").orElse(""))
                .toList();
        for (int i = 0; i < stored.size(); i++) {
            var name = stored.get(i).asText().orElse("");
            if (names.contains(name)) continue;
            problems.invalid(
                    item(path, i),
                    name,
                    "missing from spec.versions; " + name + " was previously a storage version, and must remain in"
                            + " spec.versions until a storage migration ensures no data remains persisted in " + name
                            + " and removes " + name + " from status.storedVersions");
        }
    }
}
