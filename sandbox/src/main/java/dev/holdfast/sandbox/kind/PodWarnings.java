package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;
import static dev.holdfast.sandbox.kind.Problems.keyed;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the API server takes in a pod or a template and warns of all the same.
public final class PodWarnings {

    private static final Map<String, String> OLD_LABELS = new TreeMap<>(Map.of(
            "beta.kubernetes.io/arch", "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
            "beta.kubernetes.io/os", "deprecated since v1.14; use \"kubernetes.io/os\" instead",
            "beta.kubernetes.io/instance-type",
                    "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
            "failure-domain.beta.kubernetes.io/region",
                    "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
            "failure-domain.beta.kubernetes.io/zone",
                    "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead"));

    private final List<String> warnings = new ArrayList<>();

    private PodWarnings() {}

    public static List<String> of(Gvk gvk, Mapping object) {
        var found = new PodWarnings();
        switch (Shapes.typeName(gvk)) {
            case "core.v1.Pod" -> found.spec(object.mapping("spec"), "spec");
            case "apps.v1.Deployment",
                    "apps.v1.StatefulSet",
                    "apps.v1.DaemonSet",
                    "apps.v1.ReplicaSet",
                    "batch.v1.Job" -> found.spec(object.mapping("spec", "template", "spec"), "spec.template.spec");
            case "batch.v1.CronJob" ->
                found.spec(
                        object.mapping("spec", "jobTemplate", "spec", "template", "spec"),
                        "spec.jobTemplate.spec.template.spec");
            default -> {
                // no pods in it
            }
        }
        return found.warnings;
    }

    private void spec(Mapping spec, String path) {
        for (var label : spec.mapping("nodeSelector")) {
            var old = OLD_LABELS.get(label.key());
            if (old != null) warnings.add(keyed(child(path, "nodeSelector"), label.key()) + ": " + old);
        }
        var secrets = spec.sequence("imagePullSecrets");
        for (int i = 0; i < secrets.size(); i++) {
            if (secrets.get(i) instanceof Mapping secret
                    && secret.text("name").orElse("").isEmpty()) {
                warnings.add(item(child(path, "imagePullSecrets"), i) + ": invalid empty name \"\"");
            }
        }
        for (var list : List.of("initContainers", "containers")) {
            var containers = spec.sequence(list);
            for (int i = 0; i < containers.size(); i++) {
                if (!(containers.get(i) instanceof Mapping container)) continue;
                var place = item(child(path, list), i);
                variables(container.sequence("env"), child(place, "env"));
                ports(container.sequence("ports"), child(place, "ports"));
            }
        }
        if (spec.whole("terminationGracePeriodSeconds").orElse(0L) < 0) {
            warnings.add(child(path, "terminationGracePeriodSeconds")
                    + ": must be >= 0; negative values are invalid and will be treated as 1");
        }
    }

    /// A later variable may build on the earlier one of its name: `$(NAME)`.
    private void variables(Sequence variables, String path) {
        var seen = new HashMap<String, Integer>();
        for (int i = 0; i < variables.size(); i++) {
            if (!(variables.get(i) instanceof Mapping variable)) continue;
            var name = variable.text("name").orElse("");
            boolean again = seen.put(name, i) != null;
            if (!again || variable.text("value").orElse("").contains("$(" + name + ")")) continue;
            warnings.add(item(path, i) + ": hides previous definition of " + Problems.quoted(name)
                    + ", which may be dropped when using apply");
        }
    }

    private void ports(Sequence ports, String path) {
        var seen = new HashMap<String, Integer>();
        for (int i = 0; i < ports.size(); i++) {
            if (!(ports.get(i) instanceof Mapping port)) continue;
            var number = port.whole("containerPort").orElse(0L) + "/"
                    + port.text("protocol").orElse("TCP");
            var before = seen.putIfAbsent(number, i);
            if (before == null) continue;
            warnings.add(item(path, i) + ": duplicate port definition with " + item(path, before));
        }
    }
}
