package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.List;
import java.util.Locale;

/// Environment variables, and the references to fields and resources that they share with volumes.
final class EnvironmentRules {

    /// What variables can be made of.
    private static final List<String> OF_VARIABLES = List.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");

    /// Fields of pods that a version can name at all.
    private static final List<String> KNOWN = List.of(
            "metadata.annotations",
            "metadata.labels",
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.restartPolicy",
            "spec.serviceAccountName",
            "spec.schedulerName",
            "status.phase",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");

    private static final List<String> RESOURCES = List.of(
            "limits.cpu",
            "limits.ephemeral-storage",
            "limits.memory",
            "requests.cpu",
            "requests.ephemeral-storage",
            "requests.memory");

    private EnvironmentRules() {}

    static void variables(Sequence variables, String path, Problems problems) {
        for (int i = 0; i < variables.size(); i++) {
            if (!(variables.get(i) instanceof Mapping variable)) continue;
            var place = item(path, i);
            var name = variable.text("name").orElse("");
            if (name.isEmpty()) problems.required(child(place, "name"), "");
            else name(name, child(place, "name"), problems);
            if (variable.get("valueFrom") instanceof Mapping source) {
                source(variable, source, child(place, "valueFrom"), problems);
            }
        }
    }

    private static void name(String name, String path, Problems problems) {
        if (name.chars().allMatch(each -> each >= ' ' && each < 127 && each != '=')) return;
        problems.invalid(
                path,
                name,
                "a valid environment variable name must consist only of printable ASCII characters other than '='");
    }

    private static void source(Mapping variable, Mapping source, String path, Problems problems) {
        int sources = 0;
        if (source.get("fieldRef") instanceof Mapping reference) {
            sources++;
            field(reference, OF_VARIABLES, child(path, "fieldRef"), problems);
        }
        if (source.get("resourceFieldRef") instanceof Mapping reference) {
            sources++;
            resource(reference, child(path, "resourceFieldRef"), problems);
        }
        for (var kind : List.of("configMapKeyRef", "secretKeyRef")) {
            if (!(source.get(kind) instanceof Mapping reference)) continue;
            sources++;
            key(reference, child(path, kind), problems);
        }
        if (source.has("fileKeyRef")) return;
        if (sources == 0) {
            problems.invalid(
                    path,
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
        } else if (!variable.text("value").orElse("").isEmpty()) {
            problems.invalid(path, "", "may not be specified when `value` is not empty");
        } else if (sources > 1) {
            problems.invalid(path, "", "may not have more than one field specified at a time");
        }
    }

    private static void key(Mapping reference, String path, Problems problems) {
        var name = reference.text("name").orElse("");
        for (var wrong : Names.subdomain(name)) problems.invalid(child(path, "name"), name, wrong);
        var key = reference.text("key").orElse("");
        if (key.isEmpty()) problems.required(child(path, "key"), "");
        else for (var wrong : Names.configKey(key)) problems.invalid(child(path, "key"), key, wrong);
    }

    /// A field of the pod: `metadata.name`, `metadata.labels['key']`.
    static void field(Mapping reference, List<String> allowed, String path, Problems problems) {
        var version = reference.text("apiVersion").orElse("");
        var named = reference.text("fieldPath").orElse("");
        if (version.isEmpty() || named.isEmpty()) {
            problems.required(child(path, version.isEmpty() ? "apiVersion" : "fieldPath"), "");
            return;
        }
        var field = named.equals("spec.host") ? "spec.nodeName" : named;
        boolean keyed = field.endsWith("']") && field.contains("['");
        var base = keyed ? field.substring(0, field.indexOf("['")) : field;
        boolean known = KNOWN.contains(base)
                && (!keyed || base.equals("metadata.annotations") || base.equals("metadata.labels"));
        if (!version.equals("v1") || !known && (!keyed || !KNOWN.contains(base))) {
            var why = version.equals("v1")
                    ? "field label not supported: " + named
                    : "unsupported pod version: " + version;
            problems.invalid(child(path, "fieldPath"), named, "error converting fieldPath: " + why);
        } else if (!known) {
            problems.invalid(path, base, "does not support subscript");
        } else if (keyed) {
            var key = field.substring(base.length() + 2, field.length() - 2);
            var judged = base.endsWith("annotations") ? key.toLowerCase(Locale.ROOT) : key;
            for (var wrong : Names.qualified(judged)) problems.invalid(path, judged, wrong);
        } else if (!allowed.contains(field)) {
            problems.notSupported(child(path, "fieldPath"), Value.of(field), allowed);
        }
    }

    static void resource(Mapping reference, String path, Problems problems) {
        var resource = reference.text("resource").orElse("");
        boolean pages = resource.startsWith("limits.hugepages-") || resource.startsWith("requests.hugepages-");
        if (resource.isEmpty()) problems.required(child(path, "resource"), "");
        else if (!pages && !RESOURCES.contains(resource)) {
            problems.notSupported(child(path, "resource"), Value.of(resource), RESOURCES);
        }
        var divisor = reference.text("divisor").orElse("0");
        if (divisor.equals("0")) return;
        if (resource.endsWith(".cpu") && !List.of("1m", "1").contains(divisor)) {
            problems.invalid(
                    child(path, "divisor"),
                    resource,
                    "only divisor's values 1m and 1 are supported with the cpu resource");
        }
        boolean scaled = divisor.matches("1([kMGTPE]|[KMGTPE]i)?");
        for (var kind : List.of("memory", "ephemeral-storage")) {
            if (!resource.endsWith("." + kind) || scaled) continue;
            problems.invalid(
                    child(path, "divisor"),
                    resource,
                    "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the "
                            + (kind.equals("memory") ? kind : "local ephemeral storage") + " resource");
        }
    }

    /// Whole ConfigMaps and Secrets as variables.
    static void sources(Sequence sources, String path, Problems problems) {
        for (int i = 0; i < sources.size(); i++) {
            if (!(sources.get(i) instanceof Mapping source)) continue;
            var place = item(path, i);
            var prefix = source.text("prefix").orElse("");
            if (!prefix.isEmpty()) name(prefix, child(place, "prefix"), problems);
            int found = 0;
            for (var kind : List.of("configMapRef", "secretRef")) {
                if (!(source.get(kind) instanceof Mapping reference)) continue;
                found++;
                var where = child(child(place, kind), "name");
                var name = reference.text("name").orElse("");
                if (name.isEmpty()) problems.required(where, "");
                else {
                    var rule = KindFacts.Names.SUBDOMAIN;
                    for (var wrong : Names.ofPrefix(rule, name)) problems.invalid(where, name, wrong);
                }
            }
            if (found == 0) problems.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
            if (found > 1) problems.invalid(path, "", "may not have more than one field specified at a time");
        }
    }
}
