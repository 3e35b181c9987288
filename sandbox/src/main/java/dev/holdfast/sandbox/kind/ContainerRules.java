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

/// The containers of one pod: regular ones, those that run first, and those that are added for a look.
final class ContainerRules {

    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");
    private static final List<String> NOT_EPHEMERAL = List.of(
            "ports", "resources", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle", "resizePolicy");

    private final Mapping spec;
    private final Map<String, Mapping> volumes;
    private final Problems problems;
    private final HandlerRules handlers;

    /// `volumes` by their names: those that can be mounted.
    ContainerRules(Mapping spec, Map<String, Mapping> volumes, Problems problems) {
        this.spec = spec;
        this.volumes = volumes;
        this.problems = problems;
        this.handlers =
                new HandlerRules(spec.whole("terminationGracePeriodSeconds").orElse(30L), problems);
    }

    void regular(Sequence containers, String path) {
        var names = new HashSet<String>();
        for (int i = 0; i < containers.size(); i++) {
            if (!(containers.get(i) instanceof Mapping container)) continue;
            var place = item(path, i);
            common(container, place);
            unique(container, place, names);
            handlers.lifecycle(container.mapping("lifecycle"), child(place, "lifecycle"));
            for (var probe : PROBES) handlers.probe(container, probe, place);
            if (container.has("restartPolicy") && !container.has("restartPolicyRules")) {
                restartPolicy(container, place, List.of("Always", "OnFailure", "Never"));
            }
        }
        hostPorts(containers, path);
    }

    void initial(Sequence containers, String path) {
        var names = PodRules.containerNames(spec, List.of("containers"));
        for (int i = 0; i < containers.size(); i++) {
            if (!(containers.get(i) instanceof Mapping container)) continue;
            var place = item(path, i);
            common(container, place);
            restartPolicy(container, place, List.of("Always", "OnFailure", "Never"));
            unique(container, place, names);
            hostPorts(Sequence.of(List.of(container)), path);
            if (container.text("restartPolicy").orElse("").equals("Always")) {
                handlers.lifecycle(container.mapping("lifecycle"), child(place, "lifecycle"));
                for (var probe : PROBES) handlers.probe(container, probe, place);
                continue;
            }
            for (var field : List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")) {
                if (container.has(field)) {
                    problems.forbidden(
                            child(place, field), "may not be set for init containers without restartPolicy=Always");
                }
            }
        }
    }

    void ephemeral(Sequence containers, String path) {
        var others = PodRules.containerNames(spec, List.of("containers", "initContainers"));
        var names = new HashSet<>(others);
        for (int i = 0; i < containers.size(); i++) {
            if (!(containers.get(i) instanceof Mapping container)) continue;
            var place = item(path, i);
            common(container, place);
            padding(container, place, problems);
            var name = container.text("name").orElse("");
            if (!names.add(name)) problems.duplicate(child(place, "name"), Value.of(name));
            var aim = container.text("targetContainerName").orElse("");
            if (!aim.isEmpty() && !others.contains(aim)) problems.notFound(child(place, "targetContainerName"), aim);
            for (var field : NOT_EPHEMERAL) {
                var set = container.get(field);
                if (set == null || set.isNull() || set.equals(Mapping.EMPTY)) continue;
                problems.forbidden(child(place, field), "cannot be set for an Ephemeral Container");
            }
            subPaths(container, place);
        }
    }

    private void subPaths(Mapping container, String path) {
        var mounts = container.sequence("volumeMounts");
        for (int i = 0; i < mounts.size(); i++) {
            if (!(mounts.get(i) instanceof Mapping mount)) continue;
            for (var field : List.of("subPath", "subPathExpr")) {
                if (mount.text(field).orElse("").isEmpty()) continue;
                problems.forbidden(
                        child(item(child(path, "volumeMounts"), i), field), "cannot be set for an Ephemeral Container");
            }
        }
    }

    private void unique(Mapping container, String path, Set<String> names) {
        var name = container.text("name").orElse("");
        if (!name.isEmpty() && !names.add(name)) problems.duplicate(child(path, "name"), Value.of(name));
    }

    private void restartPolicy(Mapping container, String path, List<String> allowed) {
        problems.oneOf(container, path, "restartPolicy", allowed);
    }

    private void common(Mapping container, String path) {
        var name = container.text("name").orElse("");
        if (name.isEmpty()) problems.required(child(path, "name"), "");
        else for (var wrong : Names.label(name)) problems.invalid(child(path, "name"), name, wrong);
        if (container.text("image").orElse("").isEmpty()) problems.required(child(path, "image"), "");
        problems.oneOf(container, path, "terminationMessagePolicy", List.of("File", "FallbackToLogsOnError"));
        ports(container.sequence("ports"), child(path, "ports"));
        EnvironmentRules.variables(container.sequence("env"), child(path, "env"), problems);
        EnvironmentRules.sources(container.sequence("envFrom"), child(path, "envFrom"), problems);
        var mounts = new MountRules(container, volumes, problems);
        mounts.mounts(child(path, "volumeMounts"));
        mounts.devices(child(path, "volumeDevices"));
        problems.oneOf(container, path, "imagePullPolicy", List.of("Always", "IfNotPresent", "Never"));
        ResourceRules.requirements(container.mapping("resources"), child(path, "resources"), problems);
        SecurityRules.container(container, spec, child(path, "securityContext"), problems);
    }

    /// Templates may hold such names of images, pods may not.
    static void padding(Mapping container, String path, Problems problems) {
        var image = container.text("image").orElse("");
        if (!image.strip().equals(image)) {
            problems.invalid(child(path, "image"), image, "must not have leading or trailing whitespace");
        }
    }

    private void ports(Sequence ports, String path) {
        var names = new HashSet<String>();
        for (int i = 0; i < ports.size(); i++) {
            if (!(ports.get(i) instanceof Mapping port)) continue;
            var place = item(path, i);
            var name = port.text("name").orElse("");
            if (!name.isEmpty()) {
                var wrong = Names.portName(name);
                for (var each : wrong) problems.invalid(child(place, "name"), name, each);
                if (wrong.isEmpty() && !names.add(name)) problems.duplicate(child(place, "name"), Value.of(name));
            }
            if (port.whole("containerPort").orElse(0L) == 0) problems.required(child(place, "containerPort"), "");
            else Ports.number(port, place, "containerPort", problems);
            if (port.whole("hostPort").orElse(0L) != 0) Ports.number(port, place, "hostPort", problems);
            problems.oneOf(port, place, "protocol", Ports.PROTOCOLS);
        }
    }

    private void hostPorts(Sequence containers, String path) {
        var taken = new HashSet<String>();
        for (int i = 0; i < containers.size(); i++) {
            if (!(containers.get(i) instanceof Mapping container)) continue;
            var ports = container.sequence("ports");
            for (int k = 0; k < ports.size(); k++) {
                if (!(ports.get(k) instanceof Mapping port)) continue;
                long host = port.whole("hostPort").orElse(0L);
                if (host == 0) continue;
                var shown = port.text("protocol").orElse("") + "/"
                        + port.text("hostIP").orElse("") + "/" + host;
                if (!taken.add(shown)) {
                    problems.duplicate(child(item(child(item(path, i), "ports"), k), "hostPort"), Value.of(shown));
                }
            }
        }
    }
}
