package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;
import static dev.holdfast.sandbox.kind.Problems.keyed;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Pods, and the templates that they are made from. The order is the API server's: causes of a Status come in it.
final class PodRules {

    private PodRules() {}

    static void pod(Mapping pod, Problems problems) {
        var annotations = pod.mapping("metadata", "annotations");
        annotations(annotations, pod.mapping("spec"), "metadata.annotations", problems);
        spec(pod.mapping("spec"), "spec", Holder.POD, problems);
        if (pod.text("spec", "serviceAccountName").orElse("").isEmpty()) accountless(pod, problems);
        for (var list : List.of("containers", "initContainers")) {
            var containers = pod.sequence("spec", list);
            for (int i = 0; i < containers.size(); i++) {
                if (containers.get(i) instanceof Mapping container) {
                    ContainerRules.padding(container, item("spec." + list, i), problems);
                }
            }
        }
    }

    /// What no new pod has.
    static void podCreated(Mapping pod, Problems problems) {
        var spec = pod.mapping("spec");
        if (!spec.sequence("ephemeralContainers").isEmpty()) {
            problems.forbidden("spec.ephemeralContainers", "cannot be set on create");
        }
        boolean gated = !spec.sequence("schedulingGates").isEmpty();
        if (gated && !spec.text("nodeName").orElse("").isEmpty()) {
            problems.forbidden("spec.nodeName", "cannot be set until all schedulingGates have been cleared");
        }
    }

    /// `owner` is what holds the template, `path` where it is.
    static void template(Mapping owner, String path, Problems problems) {
        var template = owner.mapping("template");
        MetadataRules.labels(template.mapping("metadata", "labels"), child(path, "labels"), problems);
        var annotations = template.mapping("metadata", "annotations");
        MetadataRules.annotations(annotations, child(path, "annotations"), problems);
        var spec = template.mapping("spec");
        annotations(annotations, spec, child(path, "annotations"), problems);
        spec(spec, child(path, "spec"), Holder.TEMPLATE, problems);
        if (!spec.sequence("ephemeralContainers").isEmpty()) {
            problems.forbidden(
                    child(path, "spec.ephemeralContainers"), "ephemeral containers not allowed in pod template");
        }
    }

    /// Whether a spec is a pod's own: a template may leave out what is added when pods are made.
    enum Holder {
        POD,
        TEMPLATE
    }

    private static void annotations(Mapping annotations, Mapping spec, String path, Problems problems) {
        var mirror = annotations.text("kubernetes.io/config.mirror");
        if (mirror.isPresent() && spec.text("nodeName").orElse("").isEmpty()) {
            problems.invalid(
                    keyed(path, "kubernetes.io/config.mirror"),
                    mirror.get(),
                    "must set spec.nodeName if mirror pod annotation is set");
        }
        var cost =
                annotations.text("controller.kubernetes.io/pod-deletion-cost").orElse("0");
        boolean number = cost.matches("-[0-9]{1,10}|[1-9][0-9]{0,9}|0");
        if (!number || Long.parseLong(cost) != (int) Long.parseLong(cost)) {
            problems.invalid(
                    keyed(path, "controller.kubernetes.io/pod-deletion-cost"), cost, "must be a 32bit integer");
        }
    }

    private static void accountless(Mapping pod, Problems problems) {
        var volumes = pod.sequence("spec", "volumes");
        for (int i = 0; i < volumes.size(); i++) {
            if (!(volumes.get(i) instanceof Mapping volume)) continue;
            var sources = volume.sequence("projected", "sources");
            for (int k = 0; k < sources.size(); k++) {
                if (!(sources.get(k) instanceof Mapping source) || !source.has("serviceAccountToken")) continue;
                problems.forbidden(
                        item(item("spec.volumes", i) + ".projected.sources", k) + ".serviceAccountToken",
                        "must not be specified when serviceAccountName is not set");
            }
        }
    }

    private static void spec(Mapping spec, String path, Holder holder, Problems problems) {
        var volumes = VolumeRules.check(spec.sequence("volumes"), child(path, "volumes"), problems);
        containers(new ContainerRules(spec, volumes, problems), spec, path, problems);
        hostPorts(spec, path, holder, problems);
        problems.oneOf(spec, path, "restartPolicy", List.of("Always", "OnFailure", "Never"));
        problems.oneOf(spec, path, "dnsPolicy", List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"));
        MetadataRules.labels(spec.mapping("nodeSelector"), child(path, "nodeSelector"), problems);
        SecurityRules.pod(spec, child(path, "securityContext"), problems);
        SchedulingRules.affinity(spec.mapping("affinity"), child(path, "affinity"), problems);
        HostRules.dns(spec, child(path, "dnsConfig"), problems);
        SchedulingRules.gates(spec, path, problems);
        SchedulingRules.spread(
                spec.sequence("topologySpreadConstraints"), child(path, "topologySpreadConstraints"), problems);
        hostUsers(spec, path, problems);
        for (var field : List.of("serviceAccountName", "nodeName")) {
            named(spec, path, field, Names::subdomain, problems);
        }
        deadline(spec, path, problems);
        for (var field : List.of("hostname", "subdomain")) named(spec, path, field, Names::label, problems);
        SchedulingRules.tolerations(spec.sequence("tolerations"), child(path, "tolerations"), problems);
        HostRules.aliases(spec.sequence("hostAliases"), child(path, "hostAliases"), problems);
        for (var field : List.of("priorityClassName", "runtimeClassName")) {
            named(spec, path, field, Names::subdomain, problems);
        }
        problems.oneOf(spec, path, "preemptionPolicy", List.of("PreemptLowerPriority", "Never"));
        var overhead = Mapping.of("limits", spec.mapping("overhead"));
        ResourceRules.requirements(overhead, child(path, "overhead"), problems);
        if (spec.get("os") instanceof Mapping system) {
            if (system.text("name").orElse("").isEmpty()) problems.required(child(path, "os.name"), "cannot be empty");
            else problems.oneOf(system, child(path, "os"), "name", List.of("linux", "windows"));
        }
    }

    private static void containers(ContainerRules rules, Mapping spec, String path, Problems problems) {
        var regular = spec.sequence("containers");
        if (regular.isEmpty()) problems.required(child(path, "containers"), "");
        else rules.regular(regular, child(path, "containers"));
        rules.initial(spec.sequence("initContainers"), child(path, "initContainers"));
        rules.ephemeral(spec.sequence("ephemeralContainers"), child(path, "ephemeralContainers"));
    }

    private static void hostPorts(Mapping spec, String path, Holder holder, Problems problems) {
        if (!spec.bool("hostNetwork").orElse(false)) return;
        var containers = spec.sequence("containers");
        for (int i = 0; i < containers.size(); i++) {
            if (!(containers.get(i) instanceof Mapping container)) continue;
            var ports = container.sequence("ports");
            for (int k = 0; k < ports.size(); k++) {
                if (!(ports.get(k) instanceof Mapping port)) continue;
                long host = port.whole("hostPort").orElse(0L);
                boolean judged = holder == Holder.POD || host != 0;
                if (judged && host != port.whole("containerPort").orElse(0L)) {
                    problems.invalid(
                            item(item(child(path, "containers"), i) + ".ports", k) + ".hostPort",
                            Value.of(host),
                            "must match `containerPort` when `hostNetwork` is true");
                }
            }
        }
    }

    private static void hostUsers(Mapping spec, String path, Problems problems) {
        if (spec.bool("hostUsers").orElse(true)) return;
        var told = "when `pod.Spec.HostUsers` is false";
        if (spec.bool("hostNetwork").orElse(false)) problems.forbidden(child(path, "hostNetwork"), told);
        if (spec.bool("hostPID").orElse(false)) problems.forbidden(child(path, "HostPID"), told);
        if (spec.bool("hostIPC").orElse(false)) problems.forbidden(child(path, "HostIPC"), told);
    }

    /// `judging` says what is wrong with a name.
    private static void named(
            Mapping spec, String path, String field, Function<String, List<String>> judging, Problems problems) {
        var name = spec.text(field).orElse("");
        if (name.isEmpty()) return;
        for (var wrong : judging.apply(name)) problems.invalid(child(path, field), name, wrong);
    }

    private static void deadline(Mapping spec, String path, Problems problems) {
        if (spec.get("activeDeadlineSeconds") instanceof Value.Whole(var seconds, var _)
                && (seconds < 1 || seconds > Integer.MAX_VALUE)) {
            problems.invalid(
                    child(path, "activeDeadlineSeconds"),
                    Value.of(seconds),
                    "must be between 1 and 2147483647, inclusive");
        }
    }

    /// The names of the containers of these lists of a pod.
    static Set<String> containerNames(Mapping spec, List<String> lists) {
        var names = new HashSet<String>();
        for (var list : lists) {
            for (var container : spec.sequence(list).mappings()) {
                container.text("name").ifPresent(names::add);
            }
        }
        return names;
    }
}
