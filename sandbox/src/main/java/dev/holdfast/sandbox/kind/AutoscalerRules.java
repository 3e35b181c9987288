package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What scales a workload: between which sizes, by which metrics, how quickly.
final class AutoscalerRules {

    private static final List<String> SOURCES = List.of("ContainerResource", "External", "Object", "Pods", "Resource");
    /// In the order in which the server looks: only the first is looked into.
    private static final List<String> SOURCE_FIELDS =
            List.of("object", "external", "pods", "resource", "containerResource");
    private static final long LONGEST_WINDOW = 3_600;
    private static final long LONGEST_PERIOD = 1_800;

    private AutoscalerRules() {}

    static void check(Mapping spec, Problems problems) {
        long least = spec.whole("minReplicas").orElse(1L);
        long most = spec.whole("maxReplicas").orElse(0L);
        if (least < 1) {
            problems.invalid("spec.minReplicas", Value.of(least), "must be greater than or equal to 1");
        }
        if (most < 1) problems.invalid("spec.maxReplicas", Value.of(most), "must be greater than 0");
        if (most < least) {
            problems.invalid("spec.maxReplicas", Value.of(most), "must be greater than or equal to `minReplicas`");
        }
        reference(spec.mapping("scaleTargetRef"), "spec.scaleTargetRef", problems);
        var metrics = spec.sequence("metrics");
        for (int i = 0; i < metrics.size(); i++) {
            if (metrics.get(i) instanceof Mapping metric) metric(metric, item("spec.metrics", i), problems);
        }
        for (var direction : List.of("scaleUp", "scaleDown")) {
            if (spec.at("behavior", direction) instanceof Mapping rules) {
                rules(rules, "spec.behavior." + direction, problems);
            }
        }
    }

    private static void reference(Mapping target, String path, Problems problems) {
        for (var field : List.of("kind", "name")) {
            var text = target.text(field).orElse("");
            var place = child(path, field);
            if (text.isEmpty()) problems.required(place, "");
            for (var wrong : Names.pathSegment(text)) problems.invalid(place, text, wrong);
        }
    }

    private static void metric(Mapping metric, String path, Problems problems) {
        var type = metric.text("type").orElse("");
        if (type.isEmpty()) problems.required(child(path, "type"), "must specify a metric source type");
        if (!SOURCES.contains(type)) problems.notSupported(child(path, "type"), Value.of(type), SOURCES);
        var present = new ArrayList<String>();
        for (var field : SOURCE_FIELDS) {
            if (!(metric.get(field) instanceof Mapping source)) continue;
            if (present.isEmpty()) source(field, source, child(path, field), problems);
            present.add(field);
        }
        var expected = type.isEmpty() ? "" : type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
        if (SOURCES.contains(type) && !present.contains(expected)) {
            problems.required(child(path, expected), "must populate information for the given metric source");
        }
        if (present.size() == 1) return;
        for (var field : present) {
            if (!field.equals(expected)) {
                problems.forbidden(child(path, field), "must populate the given metric source only");
            }
        }
    }

    private static void source(String kind, Mapping source, String path, Problems problems) {
        var target = source.mapping("target");
        var place = child(path, "target");
        switch (kind) {
            case "object" -> {
                reference(source.mapping("describedObject"), child(path, "describedObject"), problems);
                identifier(source.mapping("metric"), child(path, "metric"), problems);
                target(target, place, problems);
                if (!target.has("value") && !target.has("averageValue")) {
                    problems.required(child(place, "averageValue"), "must set either a target value or averageValue");
                }
            }
            case "external" -> {
                identifier(source.mapping("metric"), child(path, "metric"), problems);
                target(target, place, problems);
                if (!target.has("value") && !target.has("averageValue")) {
                    problems.required(
                            child(place, "averageValue"),
                            "must set either a target value for metric or a per-pod target");
                }
                if (target.has("value") && target.has("averageValue")) {
                    problems.forbidden(
                            child(place, "value"), "may not set both a target value for metric and a per-pod target");
                }
            }
            case "pods" -> {
                identifier(source.mapping("metric"), child(path, "metric"), problems);
                target(target, place, problems);
                boolean positive = target.text("averageValue")
                        .flatMap(Quantity::find)
                        .filter(quantity -> quantity.signum() > 0)
                        .isPresent();
                if (!positive)
                    problems.required(child(place, "averageValue"), "must specify a positive target averageValue");
            }
            default -> {
                if (source.text("name").orElse("").isEmpty()) {
                    problems.required(child(path, "name"), "must specify a resource name");
                }
                if (kind.equals("containerResource")
                        && source.text("container").orElse("").isEmpty()) {
                    problems.required(child(path, "container"), "must specify a container");
                }
                target(target, place, problems);
                resourceTarget(target, place, problems);
            }
        }
    }

    private static void resourceTarget(Mapping target, String place, Problems problems) {
        if (!target.has("averageUtilization") && !target.has("averageValue")) {
            problems.required(
                    child(place, "averageUtilization"), "must set either a target raw value or a target utilization");
        }
        if (target.has("averageUtilization") && target.has("averageValue")) {
            problems.forbidden(
                    child(place, "averageValue"), "may not set both a target raw value and a target utilization");
        }
    }

    private static void identifier(Mapping metric, String path, Problems problems) {
        var name = metric.text("name").orElse("");
        if (name.isEmpty()) problems.required(child(path, "name"), "must specify a metric name");
        else for (var wrong : Names.pathSegment(name)) problems.invalid(child(path, "name"), name, wrong);
    }

    private static void target(Mapping target, String path, Problems problems) {
        var type = target.text("type").orElse("");
        if (type.isEmpty()) problems.required(child(path, "type"), "must specify a metric target type");
        if (!List.of("Utilization", "Value", "AverageValue").contains(type)) {
            problems.invalid(child(path, "type"), type, "must be either Utilization, Value, or AverageValue");
        }
        for (var field : List.of("value", "averageValue")) {
            var amount = target.text(field).flatMap(Quantity::find);
            if (amount.isPresent() && amount.get().signum() <= 0) {
                problems.invalid(child(path, field), target.get(field), "must be positive");
            }
        }
        if (target.get("averageUtilization") instanceof Value.Whole(var share, var _) && share < 1) {
            problems.invalid(child(path, "averageUtilization"), Value.of(share), "must be greater than 0");
        }
    }

    private static void rules(Mapping rules, String path, Problems problems) {
        if (rules.get("stabilizationWindowSeconds") instanceof Value.Whole(var seconds, var _)) {
            var place = child(path, "stabilizationWindowSeconds");
            if (seconds < 0) problems.invalid(place, Value.of(seconds), "must be greater than or equal to zero");
            if (seconds > LONGEST_WINDOW) {
                problems.invalid(place, Value.of(seconds), "must be less than or equal to " + LONGEST_WINDOW);
            }
        }
        problems.oneOf(rules, path, "selectPolicy", List.of("Disabled", "Max", "Min"));
        var policies = rules.sequence("policies");
        if (policies.isEmpty()) problems.required(child(path, "policies"), "must specify at least one Policy");
        for (int i = 0; i < policies.size(); i++) {
            if (!(policies.get(i) instanceof Mapping policy)) continue;
            var place = item(child(path, "policies"), i);
            problems.oneOf(policy, place, "type", List.of("Percent", "Pods"));
            long value = policy.whole("value").orElse(0L);
            if (value <= 0) problems.invalid(child(place, "value"), Value.of(value), "must be greater than zero");
            long period = policy.whole("periodSeconds").orElse(0L);
            var periodPlace = child(place, "periodSeconds");
            if (period <= 0) problems.invalid(periodPlace, Value.of(period), "must be greater than zero");
            if (period > LONGEST_PERIOD) {
                problems.invalid(periodPlace, Value.of(period), "must be less than or equal to " + LONGEST_PERIOD);
            }
        }
    }
}
