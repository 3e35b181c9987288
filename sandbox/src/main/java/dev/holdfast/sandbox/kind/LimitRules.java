package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;
import static dev.holdfast.sandbox.kind.Problems.keyed;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Limits of what containers, pods and claims of a namespace ask for: least, most and usual amounts that fit.
final class LimitRules {

    private static final List<String> BOUNDS =
            List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio");
    private static final List<String> TYPES = List.of("Pod", "Container", "PersistentVolumeClaim");

    private final Mapping limit;
    private final String path;
    private final Problems problems;

    private LimitRules(Mapping limit, String path, Problems problems) {
        this.limit = limit;
        this.path = path;
        this.problems = problems;
    }

    static void check(Mapping range, Problems problems) {
        var types = new HashSet<String>();
        var limits = range.sequence("spec", "limits");
        for (int i = 0; i < limits.size(); i++) {
            if (!(limits.get(i) instanceof Mapping limit)) continue;
            var path = item("spec.limits", i);
            var type = limit.text("type").orElse("");
            for (var wrong : Names.qualified(type)) problems.invalid(child(path, "type"), type, wrong);
            if (!type.isEmpty() && !type.contains("/") && !TYPES.contains(type)) {
                problems.invalid(child(path, "type"), type, "must be a standard limit type or fully qualified");
            }
            if (!types.add(type)) problems.duplicate(child(path, "type"), Value.of(type));
            new LimitRules(limit, path, problems).bounds(type);
        }
    }

    private void bounds(String type) {
        var names = new TreeSet<String>();
        for (var bound : BOUNDS) {
            boolean usual = bound.startsWith("default");
            if (usual && type.equals("Pod")) {
                if (!limit.mapping(bound).isEmpty()) {
                    problems.forbidden(child(path, bound), "may not be specified when `type` is 'Pod'");
                }
                continue;
            }
            for (var amount : limit.mapping(bound)) {
                names.add(amount.key());
                ResourceRules.name(amount.key(), keyed(child(path, bound), amount.key()), problems);
            }
        }
        if (type.equals("PersistentVolumeClaim") && !names.contains("storage")) {
            problems.required(
                    child(path, "limits"),
                    "either minimum or maximum storage value is required, but neither was provided");
        }
        names.forEach(this::compare);
    }

    private Optional<Quantity> amount(String bound, String name) {
        return limit.text(bound, name).flatMap(Quantity::find);
    }

    private void compare(String name) {
        above("min", "max", name, new Said("min", "min", "max"));
        above("min", "defaultRequest", name, new Said("defaultRequest", "defaultRequest", "default request"));
        above("defaultRequest", "max", name, new Said("defaultRequest", "defaultRequest", "max"));
        above("defaultRequest", "default", name, new Said("defaultRequest", "defaultRequest", "default limit"));
        above("min", "default", name, new Said("default", "min", "default"));
        above("default", "max", name, new Said("default", "max", "max"));
        var ratio = amount("maxLimitRequestRatio", name);
        if (ratio.isPresent() && ratio.get().amount().compareTo(java.math.BigDecimal.ONE) < 0) {
            problems.invalid(
                    keyed(child(path, "maxLimitRequestRatio"), name),
                    ratio.get().toString(),
                    "ratio " + ratio.get() + " is less than 1");
        }
    }

    /// Which field is blamed, whose amount is shown, and what the greater bound is called.
    private record Said(String blamed, String shown, String greater) {}

    private void above(String less, String more, String name, Said said) {
        var low = amount(less, name);
        var high = amount(more, name);
        if (low.isEmpty() || high.isEmpty() || low.get().compareTo(high.get()) <= 0) return;
        var word = switch (less) {
            case "defaultRequest" -> "default request";
            default -> less;
        };
        problems.invalid(
                keyed(child(path, said.blamed()), name),
                amount(said.shown(), name).orElseThrow().toString(),
                word + " value " + low.get() + " is greater than " + said.greater() + " value " + high.get());
    }
}
