package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;
import static dev.holdfast.sandbox.kind.Problems.keyed;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Containers: their names, images, ports, environment, mounts, probes and resources.
final class ContainerRules {

    private ContainerRules() {}

    static void check(Mapping container, String path, Set<String> volumes, Problems problems) {
        var name = container.text("name").orElse("");
        if (name.isEmpty()) problems.required(child(path, "name"), "");
        else for (var wrong : Names.label(name)) problems.invalid(child(path, "name"), name, wrong);
        var image = container.text("image").orElse("");
        if (image.isEmpty()) problems.required(child(path, "image"), "");
        else if (!image.strip().equals(image)) {
            problems.invalid(child(path, "image"), image, "must not have leading or trailing whitespace");
        }
        problems.oneOf(container, path, "terminationMessagePolicy", List.of("FallbackToLogsOnError", "File"));
        for (var probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.get(probe) instanceof Mapping handler) probe(handler, probe, child(path, probe), problems);
        }
        ports(container.sequence("ports"), child(path, "ports"), problems);
        environment(container.sequence("env"), child(path, "env"), problems);
        mounts(container.sequence("volumeMounts"), child(path, "volumeMounts"), volumes, problems);
        problems.oneOf(container, path, "imagePullPolicy", List.of("Always", "IfNotPresent", "Never"));
        resources(container.mapping("resources"), child(path, "resources"), problems);
    }

    private static void ports(Sequence ports, String path, Problems problems) {
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

    private static void environment(Sequence variables, String path, Problems problems) {
        for (int i = 0; i < variables.size(); i++) {
            if (!(variables.get(i) instanceof Mapping variable)) continue;
            var place = item(path, i);
            var name = variable.text("name").orElse("");
            if (name.isEmpty()) problems.required(child(place, "name"), "");
            else if (!name.chars().allMatch(each -> each >= ' ' && each < 127 && each != '=')) {
                problems.invalid(
                        child(place, "name"),
                        name,
                        "a valid environment variable name must consist only of printable ASCII characters other than"
                                + " '='");
            }
            if (!(variable.get("valueFrom") instanceof Mapping source)) continue;
            var from = child(place, "valueFrom");
            if (source.isEmpty()) {
                problems.invalid(
                        from,
                        "",
                        "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
            } else if (!variable.text("value").orElse("").isEmpty()) {
                problems.invalid(from, "", "may not be specified when `value` is not empty");
            } else if (source.size() > 1) {
                problems.invalid(from, "", "may not have more than one field specified at a time");
            }
            for (var reference : List.of("configMapKeyRef", "secretKeyRef")) {
                if (!(source.get(reference) instanceof Mapping key)) continue;
                if (key.text("key").orElse("").isEmpty()) problems.required(child(child(from, reference), "key"), "");
            }
        }
    }

    private static void mounts(Sequence mounts, String path, Set<String> volumes, Problems problems) {
        var places = new HashSet<String>();
        for (int i = 0; i < mounts.size(); i++) {
            if (!(mounts.get(i) instanceof Mapping mount)) continue;
            var place = item(path, i);
            var name = mount.text("name").orElse("");
            if (name.isEmpty()) problems.required(child(place, "name"), "");
            else if (!volumes.contains(name)) problems.notFound(child(place, "name"), name);
            var target = mount.text("mountPath").orElse("");
            if (target.isEmpty()) problems.required(child(place, "mountPath"), "");
            else if (!places.add(target)) problems.invalid(child(place, "mountPath"), target, "must be unique");
        }
    }

    private static void probe(Mapping probe, String kind, String path, Problems problems) {
        boolean handled = false;
        for (var handler : List.of("exec", "httpGet", "tcpSocket", "grpc")) {
            if (!(probe.get(handler) instanceof Mapping action)) continue;
            if (handled) problems.forbidden(child(path, handler), "may not specify more than 1 handler type");
            handled = true;
            var place = child(path, handler);
            switch (handler) {
                case "exec" -> {
                    if (action.sequence("command").isEmpty()) problems.required(child(place, "command"), "");
                }
                case "grpc" -> Ports.number(action, place, "port", problems);
                default -> Ports.numberOrName(action.get("port"), child(place, "port"), problems);
            }
        }
        if (!handled) problems.required(path, "must specify a handler type");
        for (var field : List.of(
                "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold")) {
            problems.notNegative(probe, path, field);
        }
        long successes = probe.whole("successThreshold").orElse(1L);
        if (!kind.equals("readinessProbe") && successes != 1) {
            problems.invalid(child(path, "successThreshold"), Value.of(successes), "must be 1");
        }
    }

    static void resources(Mapping resources, String path, Problems problems) {
        var limits = resources.mapping("limits");
        for (var limit : limits) amount(limit, child(path, "limits"), problems);
        for (var request : resources.mapping("requests")) {
            amount(request, child(path, "requests"), problems);
            var asked = quantity(request.value());
            var most = quantity(limits.get(request.key()));
            if (asked != null && most != null && asked.compareTo(most) > 0) {
                problems.invalid(
                        child(path, "requests"),
                        request.value(),
                        "must be less than or equal to " + request.key() + " limit of " + most);
            }
        }
    }

    private static void amount(Mapping.Field amount, String path, Problems problems) {
        var place = keyed(path, amount.key());
        for (var wrong : Names.qualified(amount.key())) problems.invalid(place, amount.key(), wrong);
        var quantity = quantity(amount.value());
        if (quantity != null && quantity.signum() < 0) {
            problems.invalid(place, amount.value(), "must be greater than or equal to 0");
        }
    }

    private static @Nullable Quantity quantity(@Nullable Value value) {
        return value instanceof Value.Text(var text, var _)
                ? Quantity.find(text).orElse(null)
                : null;
    }
}
