package dev.holdfast.sandbox.read;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.read.Columns.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The columns of what governs other objects: quotas, autoscalers, bindings, webhooks, revisions
/// (`pkg/printers/internalversion/printers.go`).
final class PolicyColumns {

    private static final int METRICS = 2;

    private PolicyColumns() {}

    static List<Column> quotas(Column age) {
        return List.of(
                age,
                Column.text("Request", object -> usage(object, name -> !name.startsWith("limits."))),
                Column.text("Limit", object -> usage(object, name -> name.startsWith("limits."))));
    }

    private static String usage(Mapping quota, Predicate<String> shown) {
        var used = quota.mapping("status", "used");
        var hard = new TreeMap<String, String>();
        for (var entry : quota.mapping("status", "hard")) {
            if (shown.test(entry.key())) hard.put(entry.key(), entry.value().toString());
        }
        var parts = new ArrayList<String>();
        hard.forEach((name, most) -> parts.add(name + ": " + used.text(name).orElse("0") + "/" + most));
        return String.join(", ", parts);
    }

    static List<Column> autoscalers(Column age) {
        return List.of(
                Column.text("Reference", object -> reference(object.mapping("spec", "scaleTargetRef"))),
                Column.text("Targets", PolicyColumns::targets),
                Column.text(
                        "MinPods",
                        object -> object.whole("spec", "minReplicas")
                                .map(String::valueOf)
                                .orElse("<unset>")),
                count("MaxPods", "spec", "maxReplicas"),
                count("Replicas", "status", "currentReplicas"),
                age);
    }

    private static Column count(String name, String part, String field) {
        return new Column(
                name,
                "string",
                "",
                0,
                object -> Value.of(object.whole(part, field).orElse(0L)));
    }

    private static String targets(Mapping autoscaler) {
        var wanted = autoscaler.sequence("spec", "metrics").mappings();
        if (wanted.isEmpty()) return "<none>";
        var seen = autoscaler.sequence("status", "currentMetrics").mappings();
        var shown = new ArrayList<String>();
        for (int i = 0; i < Math.min(METRICS, wanted.size()); i++) {
            shown.add(target(wanted.get(i), i < seen.size() ? seen.get(i) : Mapping.EMPTY));
        }
        var text = String.join(", ", shown);
        return wanted.size() > METRICS ? text + " + " + (wanted.size() - METRICS) + " more..." : text;
    }

    private static String target(Mapping metric, Mapping seen) {
        var type = metric.text("type").orElse("");
        var part = type.isEmpty() ? "" : type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
        var target = metric.mapping(part, "target");
        var current = seen.mapping(part, "current");
        var name = metric.text(part, "name").map(text -> text + ": ").orElse("");
        var percent = target.whole("averageUtilization");
        if (percent.isPresent()) {
            var now = current.whole("averageUtilization").map(number -> number + "%");
            return name + now.orElse("<unknown>") + "/" + percent.get() + "%";
        }
        var average = target.text("averageValue");
        var field = average.isPresent() ? "averageValue" : "value";
        var wanted = average.or(() -> target.text("value")).orElse("<auto>");
        boolean each = average.isPresent() && (part.equals("external") || part.equals("object"));
        return name + current.text(field).orElse("<unknown>") + "/" + wanted + (each ? " (avg)" : "");
    }

    static List<Column> bindings(Column age) {
        return List.of(
                Column.text("Role", object -> reference(object.mapping("roleRef"))),
                age,
                Column.wide("Users", object -> subjects(object, "User")),
                Column.wide("Groups", object -> subjects(object, "Group")),
                Column.wide("ServiceAccounts", object -> subjects(object, "ServiceAccount")));
    }

    private static String subjects(Mapping binding, String kind) {
        return String.join(
                ", ",
                binding.sequence("subjects").mappings().stream()
                        .filter(each -> each.text("kind").orElse("").equals(kind))
                        .map(each -> {
                            var name = each.text("name").orElse("");
                            return kind.equals("ServiceAccount")
                                    ? each.text("namespace").orElse("") + "/" + name
                                    : name;
                        })
                        .toList());
    }

    static String reference(Mapping reference) {
        return reference.text("kind").orElse("") + "/" + reference.text("name").orElse("");
    }

    static List<Column> revisions(Column age) {
        return List.of(
                Column.text("Controller", PolicyColumns::controller),
                new Column(
                        "Revision",
                        "string",
                        "",
                        0,
                        object -> Value.of(object.whole("revision").orElse(0L))),
                age);
    }

    private static String controller(Mapping object) {
        return object.sequence("metadata", "ownerReferences").mappings().stream()
                .filter(each -> each.bool("controller").orElse(false))
                .findFirst()
                .map(each -> {
                    var version = Meta.apiVersion(each);
                    var group = version.contains("/") ? "." + version.substring(0, version.indexOf('/')) : "";
                    return Meta.kind(each).toLowerCase(Locale.ROOT) + group + "/"
                            + each.text("name").orElse("");
                })
                .orElse("<none>");
    }

    static List<Column> webhooks(Column age) {
        return List.of(
                new Column(
                        "Webhooks",
                        "integer",
                        "",
                        0,
                        object -> Value.of(object.sequence("webhooks").size())),
                age);
    }

    static List<Column> apiServices(Column age) {
        return List.of(
                Column.text("Service", object -> {
                    var service = object.mapping("spec", "service");
                    if (service.isEmpty()) return "Local";
                    return service.text("namespace").orElse("") + "/"
                            + service.text("name").orElse("");
                }),
                Column.text("Available", PolicyColumns::available),
                age);
    }

    private static String available(Mapping service) {
        return service.sequence("status", "conditions").mappings().stream()
                .filter(each -> each.text("type").orElse("").equals("Available"))
                .findFirst()
                .map(each -> {
                    var status = each.text("status").orElse("");
                    return status.equals("True")
                            ? status
                            : status + " (" + each.text("reason").orElse("") + ")";
                })
                .orElse("Unknown");
    }

    static List<Column> priorities(Column age) {
        return List.of(
                Column.number("Value", "value"),
                new Column(
                        "Global-Default",
                        "boolean",
                        "",
                        0,
                        object -> object.bool("globalDefault").orElse(false) ? Value.TRUE : Value.FALSE),
                age,
                Column.path("PreemptionPolicy", "preemptionPolicy"));
    }
}
