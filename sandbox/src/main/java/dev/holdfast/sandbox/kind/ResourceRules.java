package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.keyed;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What containers ask for, and how much at most: `resources`.
final class ResourceRules {

    /// Resources that objects are counted by: whole numbers.
    static final List<String> COUNTED = List.of(
            "pods",
            "resourcequotas",
            "services",
            "replicationcontrollers",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "services.nodeports",
            "services.loadbalancers");

    private static final List<String> OF_CONTAINERS = List.of("cpu", "memory", "ephemeral-storage");
    private static final List<String> STANDARD = List.of(
            "requests.cpu",
            "requests.memory",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage",
            "storage",
            "requests.storage");

    private ResourceRules() {}

    static void requirements(Mapping resources, String path, Problems problems) {
        var limits = resources.mapping("limits");
        for (var limit : limits) amount(limit, child(path, "limits"), problems);
        for (var request : resources.mapping("requests")) {
            amount(request, child(path, "requests"), problems);
            var name = request.key();
            var asked = quantity(request.value());
            var most = quantity(limits.get(name));
            boolean whole = name.startsWith("hugepages-") || name.contains("/") && !ofKubernetes(name);
            if (asked == null) continue;
            if (most == null) {
                if (whole) {
                    problems.required(child(path, "limits"), "Limit must be set for non overcommitable resources");
                }
            } else if (whole && asked.compareTo(most) != 0) {
                problems.invalid(
                        child(path, "requests"), request.value(), "must be equal to " + name + " limit of " + most);
            } else if (asked.compareTo(most) > 0) {
                problems.invalid(
                        child(path, "requests"),
                        request.value(),
                        "must be less than or equal to " + name + " limit of " + most);
            }
        }
    }

    private static boolean ofKubernetes(String name) {
        return name.substring(0, Math.max(0, name.indexOf('/'))).endsWith("kubernetes.io");
    }

    private static void amount(Mapping.Field amount, String path, Problems problems) {
        var name = amount.key();
        var place = keyed(path, name);
        name(name, place, problems);
        if (!name.contains("/") && !OF_CONTAINERS.contains(name) && !name.startsWith("hugepages-")) {
            problems.invalid(place, name, "must be a standard resource for containers");
        } else if (name.contains("/") && !ofKubernetes(name) && name.startsWith("requests.")) {
            problems.invalid(place, name, "doesn't follow extended resource name standard");
        }
        value(name, amount.value(), place, problems);
    }

    /// Qualified, or one of those that everybody knows.
    static void name(String name, String path, Problems problems) {
        var wrong = Names.qualified(name);
        for (var each : wrong) problems.invalid(path, name, each);
        if (!wrong.isEmpty() || name.contains("/")) return;
        boolean known = OF_CONTAINERS.contains(name)
                || STANDARD.contains(name)
                || COUNTED.contains(name)
                || name.startsWith("hugepages-");
        if (!known) problems.invalid(path, name, "must be a standard resource type or fully qualified");
    }

    static void value(String name, Value value, String path, Problems problems) {
        var quantity = quantity(value);
        if (quantity == null) return;
        if (quantity.signum() < 0) problems.invalid(path, value, "must be greater than or equal to 0");
        boolean counted =
                COUNTED.contains(name) || name.contains("/") && !ofKubernetes(name) && !name.startsWith("requests.");
        if (counted && !quantity.isWhole()) problems.invalid(path, value, "must be an integer");
    }

    private static @Nullable Quantity quantity(@Nullable Value value) {
        return value instanceof Value.Text(var text, var _)
                ? Quantity.find(text).orElse(null)
                : null;
    }
}
