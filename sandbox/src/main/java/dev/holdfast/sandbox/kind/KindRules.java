package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import java.util.Set;

/// Which rules hold for which kind.
final class KindRules {

    private KindRules() {}

    /// Kinds of whose objects only the spec is judged.
    private static final Set<String> BY_SPEC = Set.of(
            "apps.v1.Deployment",
            "apps.v1.ReplicaSet",
            "apps.v1.DaemonSet",
            "apps.v1.StatefulSet",
            "batch.v1.Job",
            "networking.v1.Ingress",
            "networking.v1.NetworkPolicy",
            "policy.v1.PodDisruptionBudget");

    /// Whether everything that {@link #check} looks at is what was judged when the old object was written: so it is
    /// for every change of a status.
    static boolean judged(Gvk gvk, Mapping object, Mapping old) {
        var spec = object.get("spec");
        return spec != null && spec == old.get("spec") && BY_SPEC.contains(Shapes.typeName(gvk));
    }

    static void check(Gvk gvk, Mapping object, Problems problems) {
        switch (Shapes.typeName(gvk)) {
            case "core.v1.ConfigMap" -> ConfigRules.configMap(object, problems);
            case "core.v1.Secret" -> ConfigRules.secret(object, problems);
            case "core.v1.Service" -> ServiceRules.check(object, problems);
            case "core.v1.Pod" -> PodRules.pod(object, problems);
            case "core.v1.PersistentVolumeClaim" -> StorageRules.claim(object.mapping("spec"), "spec", problems);
            case "core.v1.PersistentVolume" -> StorageRules.volume(object, problems);
            case "core.v1.ResourceQuota" -> PolicyRules.quota(object, problems);
            case "core.v1.Event" -> ConfigRules.event(object, problems);
            case "core.v1.LimitRange" -> LimitRules.check(object, problems);
            case "apps.v1.Deployment" -> WorkloadRules.deployment(object.mapping("spec"), problems);
            case "apps.v1.ReplicaSet" -> WorkloadRules.replicaSet(object.mapping("spec"), problems);
            case "apps.v1.DaemonSet" -> WorkloadRules.daemonSet(object.mapping("spec"), problems);
            case "apps.v1.StatefulSet" -> WorkloadRules.statefulSet(object.mapping("spec"), problems);
            case "autoscaling.v1.Scale" -> problems.notNegative(object.mapping("spec"), "spec", "replicas");
            case "autoscaling.v1.HorizontalPodAutoscaler", "autoscaling.v2.HorizontalPodAutoscaler" ->
                AutoscalerRules.check(object.mapping("spec"), problems);
            case "batch.v1.Job" -> BatchRules.job(object.mapping("spec"), "spec", problems);
            case "batch.v1.CronJob" -> BatchRules.cronJob(object, problems);
            case "networking.v1.Ingress" -> NetworkRules.ingress(object.mapping("spec"), problems);
            case "networking.v1.NetworkPolicy" -> NetworkRules.policy(object.mapping("spec"), problems);
            case "policy.v1.PodDisruptionBudget" -> PolicyRules.disruption(object.mapping("spec"), problems);
            case "rbac.v1.Role" -> AccessRules.role(object, AccessRules.Reach.NAMESPACE, problems);
            case "rbac.v1.ClusterRole" -> AccessRules.role(object, AccessRules.Reach.CLUSTER, problems);
            case "rbac.v1.RoleBinding" -> AccessRules.binding(object, AccessRules.Reach.NAMESPACE, problems);
            case "rbac.v1.ClusterRoleBinding" -> AccessRules.binding(object, AccessRules.Reach.CLUSTER, problems);
            case "scheduling.v1.PriorityClass" -> PolicyRules.priority(object, problems);
            case "storage.v1.StorageClass" -> StorageRules.storageClass(object, problems);
            case "apiextensions.v1.CustomResourceDefinition" -> DefinitionRules.check(object, problems);
            case "admissionregistration.v1.ValidatingWebhookConfiguration",
                    "admissionregistration.v1.MutatingWebhookConfiguration" -> WebhookRules.check(object, problems);
            case "apiregistration.v1.APIService" -> AggregationRules.check(object, problems);
            case "coordination.v1.Lease" -> PolicyRules.lease(object.mapping("spec"), problems);
            default -> {
                // nothing beyond what its schema says
            }
        }
    }

    /// What holds for new objects only.
    static void created(Gvk gvk, Mapping object, Problems problems) {
        switch (Shapes.typeName(gvk)) {
            case "core.v1.Pod" -> PodRules.podCreated(object, problems);
            case "networking.v1.Ingress" -> NetworkRules.ingressCreated(object, problems);
            default -> {
                // the rules for all objects will do
            }
        }
    }

    /// Whether the server looks at what changed before it looks at the rest: errors come in its order.
    static boolean changeFirst(Gvk gvk) {
        return switch (Shapes.typeName(gvk)) {
            case "core.v1.ConfigMap", "core.v1.Secret", "core.v1.Service" -> true;
            default -> false;
        };
    }

    static void change(Gvk gvk, Mapping object, Mapping old, Problems problems) {
        switch (Shapes.typeName(gvk)) {
            case "core.v1.ConfigMap" -> ConfigRules.configMapChange(object, old, problems);
            case "core.v1.Secret" -> ConfigRules.secretChange(object, old, problems);
            case "core.v1.Service" -> ServiceRules.change(object, old, problems);
            case "core.v1.Pod" -> PodChanges.check(object, old, problems);
            case "core.v1.PersistentVolumeClaim" -> StorageRules.claimChange(object, old, problems);
            case "core.v1.PersistentVolume" -> StorageRules.volumeChange(object, old, problems);
            case "apps.v1.Deployment", "apps.v1.ReplicaSet", "apps.v1.DaemonSet" ->
                problems.immutable("spec.selector", object.at("spec", "selector"), old.at("spec", "selector"));
            case "core.v1.ResourceQuota" -> PolicyRules.quotaChange(object, old, problems);
            case "apps.v1.StatefulSet" ->
                WorkloadRules.statefulSetChange(object.mapping("spec"), old.mapping("spec"), problems);
            case "batch.v1.Job" -> BatchRules.jobChange(object.mapping("spec"), old.mapping("spec"), problems);
            case "rbac.v1.RoleBinding", "rbac.v1.ClusterRoleBinding" ->
                AccessRules.bindingChange(object, old, problems);
            case "scheduling.v1.PriorityClass" -> PolicyRules.priorityChange(object, old, problems);
            case "storage.v1.StorageClass" -> StorageRules.storageClassChange(object, old, problems);
            case "networking.v1.IngressClass" ->
                problems.immutable("spec.controller", object.at("spec", "controller"), old.at("spec", "controller"));
            case "apiextensions.v1.CustomResourceDefinition" -> DefinitionRules.change(object, old, problems);
            default -> {
                // anything may change
            }
        }
    }
}
