package dev.holdfast.engine.desired;

import dev.holdfast.model.GroupKind;
import java.util.List;

/// The place of each kind in the order of applying: what others need comes first; deletes go the other way round.
/// Kinds that no row names (custom resources) come after the workloads, before webhooks and API services, which
/// would otherwise stand in the way of everything that they intercept.
public final class KindRanks {

    private static final List<List<String>> ROWS = List.of(
            List.of("Namespace"),
            List.of("CustomResourceDefinition.apiextensions.k8s.io"),
            List.of(
                    "PriorityClass.scheduling.k8s.io",
                    "StorageClass.storage.k8s.io",
                    "RuntimeClass.node.k8s.io",
                    "IngressClass.networking.k8s.io",
                    "ResourceQuota",
                    "LimitRange",
                    "NetworkPolicy.networking.k8s.io",
                    "PodSecurityPolicy.policy"),
            List.of("ServiceAccount"),
            List.of("Secret"),
            List.of("ConfigMap"),
            List.of("PersistentVolume"),
            List.of("PersistentVolumeClaim"),
            List.of("ClusterRole.rbac.authorization.k8s.io", "Role.rbac.authorization.k8s.io"),
            List.of("ClusterRoleBinding.rbac.authorization.k8s.io", "RoleBinding.rbac.authorization.k8s.io"),
            List.of("Service", "Endpoints", "EndpointSlice.discovery.k8s.io"),
            List.of(
                    "DaemonSet.apps",
                    "Deployment.apps",
                    "ReplicaSet.apps",
                    "StatefulSet.apps",
                    "ReplicationController",
                    "Pod",
                    "Job.batch",
                    "CronJob.batch",
                    "PodDisruptionBudget.policy"),
            List.of("HorizontalPodAutoscaler.autoscaling", "Ingress.networking.k8s.io"));

    /// The rank of every kind without a row of its own.
    public static final int CUSTOM = ROWS.size();

    private static final int LAST = CUSTOM + 1;

    private KindRanks() {}

    public static int of(GroupKind kind) {
        var name = kind.toString();
        for (int rank = 0; rank < ROWS.size(); rank++) {
            if (ROWS.get(rank).contains(name)) return rank;
        }
        return switch (kind.group()) {
            case "admissionregistration.k8s.io", "apiregistration.k8s.io" -> LAST;
            default -> CUSTOM;
        };
    }
}
