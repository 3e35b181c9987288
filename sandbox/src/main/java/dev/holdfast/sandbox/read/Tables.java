package dev.holdfast.sandbox.read;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.port.Tasks;
import dev.holdfast.sandbox.read.Columns.Column;
import dev.holdfast.sandbox.request.LabelSelector;
import dev.holdfast.sandbox.resource.ResourceType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Which columns `kubectl get` shows of which kind.
public final class Tables {

    private final Tasks tasks;
    private final Function<ResourceType, Optional<Columns>> custom;

    /// `custom` answers the printer columns of a definition.
    public Tables(Tasks tasks, Function<ResourceType, Optional<Columns>> custom) {
        this.tasks = tasks;
        this.custom = custom;
    }

    public Columns of(ResourceType type) {
        var now = tasks.now();
        if (type.custom()) return custom.apply(type).orElseGet(() -> plain(now));
        var between = builtIn(type.qualified(), now);
        var all = new ArrayList<Column>();
        if (!type.shelf().equals("events")) all.add(Column.named());
        all.addAll(between);
        return new Columns(all);
    }

    private static Columns plain(Instant now) {
        return new Columns(List.of(Column.named(), Column.age(now)));
    }

    /// Everything after the name.
    private static List<Column> builtIn(String resource, Instant now) {
        var age = Column.age(now);
        return switch (resource) {
            case "configmaps" -> List.of(new Column("Data", "string", "", 0, Tables::dataCount), age);
            case "secrets" ->
                List.of(Column.path("Type", "type"), new Column("Data", "string", "", 0, Tables::dataCount), age);
            case "namespaces" -> List.of(Column.path("Status", "status", "phase"), age);
            case "serviceaccounts" ->
                List.of(
                        new Column(
                                "Secrets",
                                "string",
                                "",
                                0,
                                object -> Value.of(object.sequence("secrets").size())),
                        age);
            case "services" -> services(age);
            case "pods" -> PodColumns.of(age);
            case "deployments.apps" -> deployments(age);
            case "replicasets.apps", "replicationcontrollers" -> replicaSets(age);
            case "statefulsets.apps" -> {
                var columns = new ArrayList<Column>();
                columns.add(Column.text("Ready", object -> ready(object, "readyReplicas")));
                columns.add(age);
                columns.addAll(template());
                yield columns;
            }
            case "daemonsets.apps" -> daemonSets(age);
            case "jobs.batch" -> jobs(age, now);
            case "cronjobs.batch" ->
                List.of(
                        Column.path("Schedule", "spec", "schedule"),
                        Column.text(
                                "Timezone",
                                object -> object.text("spec", "timeZone").orElse("<none>")),
                        new Column(
                                "Suspend",
                                "boolean",
                                "",
                                0,
                                object -> object.bool("spec", "suspend").orElse(false) ? Value.TRUE : Value.FALSE),
                        new Column(
                                "Active",
                                "integer",
                                "",
                                0,
                                object -> Value.of(
                                        object.sequence("status", "active").size())),
                        Column.text(
                                "Last Schedule",
                                object -> object.text("status", "lastScheduleTime")
                                        .map(time -> Ages.since(time, now))
                                        .orElse("<none>")),
                        age);
            case "events", "events.events.k8s.io" -> EventColumns.of(now);
            case "roles.rbac.authorization.k8s.io",
                    "clusterroles.rbac.authorization.k8s.io",
                    "customresourcedefinitions.apiextensions.k8s.io" ->
                List.of(new Column(
                        "Created At",
                        "date",
                        "",
                        0,
                        object -> Value.of(
                                object.text("metadata", "creationTimestamp").orElse(""))));
            case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io" ->
                List.of(
                        Column.text(
                                "Role",
                                object -> object.text("roleRef", "kind").orElse("") + "/"
                                        + object.text("roleRef", "name").orElse("")),
                        age);
            case "leases.coordination.k8s.io" -> List.of(Column.path("Holder", "spec", "holderIdentity"), age);
            case "ingresses.networking.k8s.io" -> ingresses(age);
            case "persistentvolumeclaims" ->
                List.of(
                        Column.path("Status", "status", "phase"),
                        Column.path("Volume", "spec", "volumeName"),
                        Column.path("Capacity", "status", "capacity", "storage"),
                        Column.path("StorageClass", "spec", "storageClassName"),
                        age);
            case "horizontalpodautoscalers.autoscaling" ->
                List.of(
                        Column.text(
                                "Reference",
                                object -> object.text("spec", "scaleTargetRef", "kind")
                                                .orElse("") + "/"
                                        + object.text("spec", "scaleTargetRef", "name")
                                                .orElse("")),
                        Column.number("MinPods", "spec", "minReplicas"),
                        Column.number("MaxPods", "spec", "maxReplicas"),
                        Column.number("Replicas", "status", "currentReplicas"),
                        age);
            case "networkpolicies.networking.k8s.io" ->
                List.of(Column.text("Pod-Selector", object -> selector(object.mapping("spec", "podSelector"))), age);
            case "poddisruptionbudgets.policy" ->
                List.of(
                        Column.text("Min Available", object -> given(object, "spec", "minAvailable")),
                        Column.text("Max Unavailable", object -> given(object, "spec", "maxUnavailable")),
                        Column.number("Allowed Disruptions", "status", "disruptionsAllowed"),
                        age);
            case "priorityclasses.scheduling.k8s.io" ->
                List.of(
                        Column.number("Value", "value"),
                        new Column(
                                "Global-Default",
                                "boolean",
                                "",
                                0,
                                object -> object.bool("globalDefault").orElse(false) ? Value.TRUE : Value.FALSE),
                        age,
                        Column.path("PreemptionPolicy", "preemptionPolicy"));
            default -> List.of(age);
        };
    }

    private static List<Column> services(Column age) {
        return List.of(
                Column.path("Type", "spec", "type"),
                Column.text(
                        "Cluster-IP", object -> object.text("spec", "clusterIP").orElse("<none>")),
                Column.text("External-IP", Tables::externalAddress),
                Column.text("Port(s)", Tables::ports),
                age,
                Column.wide("Selector", object -> {
                    var labels = object.mapping("spec", "selector").texts();
                    return labels.isEmpty()
                            ? "<none>"
                            : LabelSelector.ofLabels(labels).toString();
                }));
    }

    private static List<Column> deployments(Column age) {
        var columns = new ArrayList<Column>();
        columns.add(Column.text("Ready", object -> ready(object, "readyReplicas")));
        columns.add(Column.number("Up-to-date", "status", "updatedReplicas"));
        columns.add(Column.number("Available", "status", "availableReplicas"));
        columns.add(age);
        columns.addAll(template());
        columns.add(Column.wide("Selector", object -> selector(object.mapping("spec", "selector"))));
        return columns;
    }

    private static List<Column> replicaSets(Column age) {
        var columns = new ArrayList<Column>();
        columns.add(Column.number("Desired", "spec", "replicas"));
        columns.add(Column.number("Current", "status", "replicas"));
        columns.add(Column.number("Ready", "status", "readyReplicas"));
        columns.add(age);
        columns.addAll(template());
        columns.add(Column.wide("Selector", object -> selector(object.mapping("spec", "selector"))));
        return columns;
    }

    private static List<Column> daemonSets(Column age) {
        var columns = new ArrayList<Column>();
        columns.add(Column.number("Desired", "status", "desiredNumberScheduled"));
        columns.add(Column.number("Current", "status", "currentNumberScheduled"));
        columns.add(Column.number("Ready", "status", "numberReady"));
        columns.add(Column.number("Up-to-date", "status", "updatedNumberScheduled"));
        columns.add(Column.number("Available", "status", "numberAvailable"));
        columns.add(Column.text("Node Selector", object -> {
            var labels =
                    object.mapping("spec", "template", "spec", "nodeSelector").texts();
            return labels.isEmpty() ? "<none>" : LabelSelector.ofLabels(labels).toString();
        }));
        columns.add(age);
        columns.addAll(template());
        return columns;
    }

    private static List<Column> jobs(Column age, Instant now) {
        return List.of(
                Column.text("Status", object -> {
                    for (var condition : object.sequence("status", "conditions").mappings()) {
                        if (condition.text("status").orElse("").equals("True")) {
                            return condition.text("type").orElse("");
                        }
                    }
                    return "Running";
                }),
                Column.text(
                        "Completions",
                        object -> object.whole("status", "succeeded").orElse(0L) + "/"
                                + object.whole("spec", "completions").orElse(1L)),
                Column.text(
                        "Duration",
                        object -> object.text("status", "startTime")
                                .map(start -> Ages.since(
                                        start,
                                        object.text("status", "completionTime")
                                                .map(Instant::parse)
                                                .orElse(now)))
                                .orElse("")),
                age);
    }

    private static List<Column> ingresses(Column age) {
        return List.of(
                Column.text(
                        "Class",
                        object -> object.text("spec", "ingressClassName").orElse("<none>")),
                Column.text("Hosts", object -> {
                    var hosts = object.sequence("spec", "rules").mappings().stream()
                            .map(rule -> rule.text("host").orElse("*"))
                            .toList();
                    return hosts.isEmpty() ? "*" : String.join(",", hosts);
                }),
                Column.text("Address", object -> String.join(",", addresses(object))),
                Column.text("Ports", object -> object.sequence("spec", "tls").isEmpty() ? "80" : "80, 443"),
                age);
    }

    private static List<Column> template() {
        return List.of(
                Column.wide("Containers", object -> containers(object, "name")),
                Column.wide("Images", object -> containers(object, "image")));
    }

    private static String containers(Mapping object, String field) {
        return String.join(
                ",",
                object.sequence("spec", "template", "spec", "containers").mappings().stream()
                        .map(container -> container.text(field).orElse(""))
                        .toList());
    }

    private static Value dataCount(Mapping object) {
        return Value.of(
                object.mapping("data").size() + object.mapping("binaryData").size());
    }

    private static String ready(Mapping object, String field) {
        return object.whole("status", field).orElse(0L) + "/"
                + object.whole("spec", "replicas").orElse(0L);
    }

    private static String selector(Mapping selector) {
        var text = LabelSelector.of(selector).toString();
        return text.isEmpty() ? "<none>" : text;
    }

    private static String given(Mapping object, String... path) {
        var value = object.at(path);
        return value == null ? "N/A" : value.toString();
    }

    private static List<String> addresses(Mapping object) {
        return object.sequence("status", "loadBalancer", "ingress").mappings().stream()
                .map(entry -> entry.text("ip").or(() -> entry.text("hostname")).orElse(""))
                .toList();
    }

    private static String externalAddress(Mapping service) {
        return switch (service.text("spec", "type").orElse("")) {
            case "ExternalName" -> service.text("spec", "externalName").orElse("");
            case "LoadBalancer" -> {
                var found = addresses(service);
                yield found.isEmpty() ? "<pending>" : String.join(",", found);
            }
            default -> {
                var given = new ArrayList<String>();
                for (var address : service.sequence("spec", "externalIPs")) given.add(address.toString());
                yield given.isEmpty() ? "<none>" : String.join(",", given);
            }
        };
    }

    private static String ports(Mapping service) {
        Sequence ports = service.sequence("spec", "ports");
        if (ports.isEmpty()) return "<none>";
        return String.join(",", ports.mappings().stream().map(Tables::port).toList());
    }

    private static String port(Mapping port) {
        var node = port.whole("nodePort")
                .filter(number -> number > 0)
                .map(number -> ":" + number)
                .orElse("");
        return port.whole("port").orElse(0L) + node + "/"
                + port.text("protocol").orElse("TCP");
    }
}
