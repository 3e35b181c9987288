package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The volumes of a pod.
final class VolumeRules {

    /// What each kind of volume can't be without.
    private static final Map<String, List<String>> NEEDED = new TreeMap<>(Map.of(
            "secret", List.of("secretName"),
            "configMap", List.of("name"),
            "hostPath", List.of("path"),
            "persistentVolumeClaim", List.of("claimName"),
            "nfs", List.of("server", "path"),
            "csi", List.of("driver")));

    private VolumeRules() {}

    /// The names of the volumes that can be mounted.
    static Set<String> check(Sequence volumes, String path, Problems problems) {
        var names = new HashSet<String>();
        for (int i = 0; i < volumes.size(); i++) {
            if (!(volumes.get(i) instanceof Mapping volume)) continue;
            var place = item(path, i);
            source(volume.without("name"), place, problems);
            var name = volume.text("name").orElse("");
            if (name.isEmpty()) {
                problems.required(child(place, "name"), "");
                continue;
            }
            for (var wrong : Names.label(name)) problems.invalid(child(place, "name"), name, wrong);
            if (!names.add(name)) problems.duplicate(child(place, "name"), Value.of(name));
        }
        return names;
    }

    private static void source(Mapping sources, String path, Problems problems) {
        boolean first = true;
        for (var source : sources) {
            if (!first) problems.forbidden(child(path, source.key()), "may not specify more than 1 volume type");
            first = false;
            var needed = NEEDED.get(source.key());
            if (needed == null || !(source.value() instanceof Mapping details)) continue;
            for (var field : needed) {
                if (details.text(field).orElse("").isEmpty()) {
                    problems.required(child(child(path, source.key()), field), "");
                }
            }
            mode(details, child(path, source.key()), problems);
        }
        if (first) problems.required(path, "must specify a volume type");
    }

    private static void mode(Mapping details, String path, Problems problems) {
        if (details.get("defaultMode") instanceof Value.Whole(var mode, var _) && (mode < 0 || mode > 0777)) {
            problems.invalid(
                    child(path, "defaultMode"),
                    Value.of(mode),
                    "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }
}
