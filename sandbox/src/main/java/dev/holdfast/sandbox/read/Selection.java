package dev.holdfast.sandbox.read;

import dev.holdfast.sandbox.request.FieldSelector;
import dev.holdfast.sandbox.request.LabelSelector;
import dev.holdfast.sandbox.request.Query;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.sandbox.store.Item;
import java.util.ArrayList;
import java.util.List;

/// Which objects of a resource are meant: one namespace or all, and the two selectors.
public record Selection(String namespace, LabelSelector labels, FieldSelector fields) {

    public static Selection of(ResourceType type, String namespace, Query query) {
        var fields = FieldSelector.parse(query.get("fieldSelector"));
        fields.check(known(type), complaint(type));
        return new Selection(namespace, LabelSelector.parse(query.get("labelSelector")), fields);
    }

    public static Selection all(String namespace) {
        return new Selection(namespace, LabelSelector.EVERYTHING, FieldSelector.EVERYTHING);
    }

    public boolean matches(Item item) {
        if (!namespace.isEmpty() && !namespace.equals(item.namespace())) return false;
        if (!labels.matches(item.labels())) return false;
        if (fields.everything()) return true;
        if (fields.onlyPlace()) return fields.matchesPlace(item.namespace(), item.name());
        return fields.matches(item.tree());
    }

    /// The prefix of the keys that can match.
    String prefix() {
        return namespace.isEmpty() ? "" : namespace + "/";
    }

    /// What is said of a field that the kind does not know, `%s` being the field: kinds with fields of their own
    /// have words of their own (the field label conversions of the API server's `apis/.../conversion.go`).
    private static String complaint(ResourceType type) {
        if (type.custom()) return "field label not supported: %s";
        return switch (type.qualified()) {
            case "pods",
                    "nodes",
                    "events",
                    "events.events.k8s.io",
                    "secrets",
                    "namespaces",
                    "services",
                    "replicationcontrollers",
                    "certificatesigningrequests.certificates.k8s.io" -> "field label not supported: %s";
            case "jobs.batch" -> "field label \"%s\" not supported for Job";
            default -> "\"%s\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"";
        };
    }

    private static List<String> known(ResourceType type) {
        var known = new ArrayList<>(List.of("metadata.name", "metadata.namespace"));
        known.addAll(
                switch (type.custom() ? "" : type.qualified()) {
                    case "pods" ->
                        List.of(
                                "spec.nodeName",
                                "spec.restartPolicy",
                                "spec.schedulerName",
                                "spec.serviceAccountName",
                                "spec.hostNetwork",
                                "status.phase",
                                "status.podIP",
                                "status.nominatedNodeName");
                    case "events", "events.events.k8s.io" ->
                        List.of(
                                "involvedObject.kind",
                                "involvedObject.namespace",
                                "involvedObject.name",
                                "involvedObject.uid",
                                "involvedObject.apiVersion",
                                "involvedObject.resourceVersion",
                                "involvedObject.fieldPath",
                                "reason",
                                "reportingComponent",
                                "source",
                                "type",
                                "regarding.kind",
                                "regarding.namespace",
                                "regarding.name",
                                "regarding.uid");
                    case "secrets" -> List.of("type");
                    case "namespaces" -> List.of("status.phase");
                    case "nodes" -> List.of("spec.unschedulable");
                    case "services" -> List.of("spec.clusterIP", "spec.type");
                    case "replicasets.apps", "replicationcontrollers" -> List.of("status.replicas");
                    case "jobs.batch" -> List.of("status.successful");
                    case "certificatesigningrequests.certificates.k8s.io" -> List.of("spec.signerName");
                    default -> List.of();
                });
        return known;
    }
}
