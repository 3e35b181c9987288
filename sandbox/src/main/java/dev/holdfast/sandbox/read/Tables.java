package dev.holdfast.sandbox.read;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.Tasks;
import dev.holdfast.sandbox.read.Columns.Column;
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
        if (type.qualified().equals("storageclasses.storage.k8s.io")) {
            all.add(ClusterColumns.storageClassName());
        } else if (!type.shelf().equals("events")) {
            all.add(Column.named());
        }
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
            case "services" -> NetworkColumns.services(age);
            case "ingresses.networking.k8s.io" -> NetworkColumns.ingresses(age);
            case "networkpolicies.networking.k8s.io" ->
                List.of(
                        Column.text(
                                "Pod-Selector",
                                object -> WorkloadColumns.selector(object.mapping("spec", "podSelector"))),
                        age);
            case "pods" -> PodColumns.of(age);
            case "deployments.apps" -> WorkloadColumns.deployments(age);
            case "replicasets.apps" -> WorkloadColumns.replicaSets(age);
            case "replicationcontrollers" -> WorkloadColumns.replicationControllers(age);
            case "statefulsets.apps" -> WorkloadColumns.statefulSets(age);
            case "daemonsets.apps" -> WorkloadColumns.daemonSets(age);
            case "jobs.batch" -> WorkloadColumns.jobs(age, now);
            case "cronjobs.batch" -> WorkloadColumns.cronJobs(age, now);
            case "events", "events.events.k8s.io" -> EventColumns.of(now);
            case "limitranges",
                    "roles.rbac.authorization.k8s.io",
                    "clusterroles.rbac.authorization.k8s.io",
                    "customresourcedefinitions.apiextensions.k8s.io" -> List.of(created());
            default -> plainData(resource, age);
        };
    }

    private static Column created() {
        return new Column(
                "Created At",
                "date",
                "",
                0,
                object -> Value.of(object.text("metadata", "creationTimestamp").orElse("")));
    }

    private static List<Column> plainData(String resource, Column age) {
        return switch (resource) {
            case "configmaps" -> List.of(new Column("Data", "string", "", 0, Tables::dataCount), age);
            case "secrets" ->
                List.of(Column.path("Type", "type"), new Column("Data", "string", "", 0, Tables::dataCount), age);
            case "namespaces" -> List.of(Column.path("Status", "status", "phase"), age);
            case "serviceaccounts" -> List.of(new Column("Secrets", "string", "", 0, Tables::secretCount), age);
            case "leases.coordination.k8s.io" -> List.of(Column.path("Holder", "spec", "holderIdentity"), age);
            case "poddisruptionbudgets.policy" ->
                List.of(
                        Column.text("Min Available", object -> given(object, "spec", "minAvailable")),
                        Column.text("Max Unavailable", object -> given(object, "spec", "maxUnavailable")),
                        Column.number("Allowed Disruptions", "status", "disruptionsAllowed"),
                        age);
            default -> governing(resource, age);
        };
    }

    private static List<Column> governing(String resource, Column age) {
        return switch (resource) {
            case "nodes" -> ClusterColumns.nodes(age);
            case "persistentvolumes" -> ClusterColumns.volumes(age);
            case "persistentvolumeclaims" -> ClusterColumns.claims(age);
            case "storageclasses.storage.k8s.io" -> ClusterColumns.storageClasses(age);
            case "certificatesigningrequests.certificates.k8s.io" -> ClusterColumns.signingRequests(age);
            case "endpoints" -> NetworkColumns.endpoints(age);
            case "endpointslices.discovery.k8s.io" -> NetworkColumns.slices(age);
            case "ingressclasses.networking.k8s.io" -> NetworkColumns.ingressClasses(age);
            case "podtemplates" -> WorkloadColumns.podTemplates();
            case "controllerrevisions.apps" -> PolicyColumns.revisions(age);
            case "resourcequotas" -> PolicyColumns.quotas(age);
            case "horizontalpodautoscalers.autoscaling" -> PolicyColumns.autoscalers(age);
            case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io" ->
                PolicyColumns.bindings(age);
            case "mutatingwebhookconfigurations.admissionregistration.k8s.io",
                    "validatingwebhookconfigurations.admissionregistration.k8s.io" -> PolicyColumns.webhooks(age);
            case "apiservices.apiregistration.k8s.io" -> PolicyColumns.apiServices(age);
            case "priorityclasses.scheduling.k8s.io" -> PolicyColumns.priorities(age);
            case "runtimeclasses.node.k8s.io" -> List.of(Column.path("Handler", "handler"), age);
            default -> List.of(age);
        };
    }

    private static Value secretCount(Mapping account) {
        return Value.of(account.sequence("secrets").size());
    }

    private static Value dataCount(Mapping object) {
        return Value.of(
                object.mapping("data").size() + object.mapping("binaryData").size());
    }

    private static String given(Mapping object, String... path) {
        var value = object.at(path);
        return value == null ? "N/A" : value.toString();
    }
}
