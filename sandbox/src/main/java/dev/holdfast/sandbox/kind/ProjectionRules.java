package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Volumes that show several things in one folder.
final class ProjectionRules {

    private static final List<String> OF_FILES =
            List.of("metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid");
    private static final String TWICE = "conflicting duplicate paths";

    private ProjectionRules() {}

    /// A file with a field of the pod.
    static void file(Mapping file, String path, Problems problems) {
        var target = file.text("path").orElse("");
        if (target.isEmpty()) problems.required(child(path, "path"), "");
        VolumeRules.unreserved(target, child(path, "path"), problems);
        var resource = file.get("resourceFieldRef");
        if (file.get("fieldRef") instanceof Mapping field) {
            EnvironmentRules.field(field, OF_FILES, child(path, "fieldRef"), problems);
            if (resource != null) {
                problems.invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
            }
        } else if (resource instanceof Mapping reference) {
            var place = child(path, "resourceFieldRef");
            if (reference.text("containerName").orElse("").isEmpty()) {
                problems.required(child(place, "containerName"), "");
            } else {
                EnvironmentRules.resource(reference, place, problems);
            }
        } else {
            problems.required(path, "one of fieldRef and resourceFieldRef is required");
        }
        VolumeRules.mode(file, path, "mode", problems);
    }

    static void check(Mapping projection, String path, Problems problems) {
        VolumeRules.mode(projection, path, "defaultMode", problems);
        var taken = new HashSet<String>();
        var sources = projection.sequence("sources");
        for (int i = 0; i < sources.size(); i++) {
            if (!(sources.get(i) instanceof Mapping source)) continue;
            var place = item(child(path, "sources"), i);
            for (var kind : List.of("secret", "configMap")) {
                if (source.get(kind) instanceof Mapping keys) {
                    keys(keys, child(place, kind), problems);
                    paths(keys, keys.text("name").orElse(""), path, taken, problems);
                }
            }
            if (source.get("downwardAPI") instanceof Mapping fields) {
                for (var file : fields.sequence("items").mappings()) {
                    file(file, child(place, "downwardAPI"), problems);
                    var target = file.text("path").orElse("");
                    if (!target.isEmpty() && !taken.add(target)) problems.invalid(path, target, TWICE);
                }
            }
            if (source.get("serviceAccountToken") instanceof Mapping token) {
                token(token, child(place, "serviceAccountToken"), path, problems);
            }
            if (source.size() > 1) {
                problems.forbidden(place, "may not specify more than 1 volume type per source");
            }
        }
    }

    private static void keys(Mapping keys, String path, Problems problems) {
        if (keys.text("name").orElse("").isEmpty()) problems.required(child(path, "name"), "");
        VolumeRules.files(keys.sequence("items"), child(path, "items"), problems);
    }

    private static void paths(Mapping keys, String name, String path, Set<String> taken, Problems problems) {
        for (var file : keys.sequence("items").mappings()) {
            var target = file.text("path").orElse("");
            if (!target.isEmpty() && !taken.add(target)) problems.invalid(path, name, TWICE);
        }
    }

    private static void token(Mapping token, String path, String volume, Problems problems) {
        long seconds = token.whole("expirationSeconds").orElse(3_600L);
        if (seconds < 600) {
            problems.invalid(
                    child(path, "expirationSeconds"),
                    Value.of(seconds),
                    "may not specify a duration less than 10 minutes");
        }
        if (seconds > 1L << 32) {
            problems.invalid(
                    child(path, "expirationSeconds"),
                    Value.of(seconds),
                    "may not specify a duration larger than 2^32 seconds");
        }
        var target = token.text("path").orElse("");
        if (target.isEmpty()) problems.required(child(volume, "path"), "");
        else VolumeRules.unreserved(target, child(volume, "path"), problems);
    }
}
