package dev.holdfast.render.kustomize.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The merge keys and scopes of Kubernetes 1.21, the API that Kustomize carries: the lists that the API's
/// documentation marks with a patch merge key, and the ways that lead to them. Newer kinds and custom resources have
/// no entry; a patch replaces their lists.
final class KubernetesTypes {

    private static final Map<String, Definition> TYPES = new LinkedHashMap<>();
    /// Parts that documents of others refer to, by the last part of their names.
    private static final Map<String, Definition> PARTS = new LinkedHashMap<>();

    private static final Map<String, Boolean> NAMESPACED = new TreeMap<>();

    private KubernetesTypes() {}

    /// By `apiVersion kind`.
    static @Nullable Definition type(String apiVersion, String kind) {
        return TYPES.get(apiVersion + " " + kind);
    }

    /// A part by its full name, such as `io.k8s.api.core.v1.PodSpec`.
    static @Nullable Definition part(String name) {
        boolean ours = name.startsWith("io.k8s.api.") || name.startsWith("io.k8s.apimachinery.pkg.apis.meta.v1.");
        return ours ? PARTS.get(name.substring(name.lastIndexOf('.') + 1)) : null;
    }

    static @Nullable Boolean namespaced(String apiVersion, String kind) {
        return NAMESPACED.get(apiVersion + " " + kind);
    }

    static {
        var metadata = new KnownType().merged("finalizers").merged("ownerReferences", "uid");
        PARTS.put("ObjectMeta", metadata);
        var plain = new KnownType().with("metadata", metadata);
        namespaced(plain, "apps/v1 ControllerRevision", "v1 ConfigMap", "v1 Endpoints", "v1 Event", "v1 LimitRange");
        namespaced(plain, "v1 ResourceQuota", "v1 Secret", "networking.k8s.io/v1 NetworkPolicy");
        namespaced(plain, "policy/v1beta1 Eviction", "v1 Binding");
        versions(plain, Scope.NAMESPACED, "autoscaling", "HorizontalPodAutoscaler", "v1", "v2beta1", "v2beta2");
        versions(plain, Scope.NAMESPACED, "autoscaling", "Scale", "v1");
        versions(plain, Scope.NAMESPACED, "coordination.k8s.io", "Lease", "v1", "v1beta1");
        versions(plain, Scope.NAMESPACED, "discovery.k8s.io", "EndpointSlice", "v1", "v1beta1");
        versions(plain, Scope.NAMESPACED, "events.k8s.io", "Event", "v1", "v1beta1");
        versions(plain, Scope.NAMESPACED, "networking.k8s.io", "Ingress", "v1", "v1beta1");
        versions(plain, Scope.NAMESPACED, "extensions", "Ingress", "v1beta1");
        versions(plain, Scope.NAMESPACED, "rbac.authorization.k8s.io", "Role", "v1", "v1beta1");
        versions(plain, Scope.NAMESPACED, "rbac.authorization.k8s.io", "RoleBinding", "v1", "v1beta1");
        versions(plain, Scope.NAMESPACED, "storage.k8s.io", "CSIStorageCapacity", "v1beta1");
        versions(plain, Scope.CLUSTER, "rbac.authorization.k8s.io", "ClusterRole", "v1", "v1beta1");
        versions(plain, Scope.CLUSTER, "rbac.authorization.k8s.io", "ClusterRoleBinding", "v1", "v1beta1");
        versions(plain, Scope.CLUSTER, "apiextensions.k8s.io", "CustomResourceDefinition", "v1", "v1beta1");
        versions(plain, Scope.CLUSTER, "certificates.k8s.io", "CertificateSigningRequest", "v1", "v1beta1");
        versions(plain, Scope.CLUSTER, "flowcontrol.apiserver.k8s.io", "FlowSchema", "v1beta1");
        versions(plain, Scope.CLUSTER, "flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration", "v1beta1");
        versions(plain, Scope.CLUSTER, "networking.k8s.io", "IngressClass", "v1", "v1beta1");
        versions(plain, Scope.CLUSTER, "node.k8s.io", "RuntimeClass", "v1", "v1beta1");
        versions(plain, Scope.CLUSTER, "policy", "PodSecurityPolicy", "v1beta1");
        versions(plain, Scope.CLUSTER, "scheduling.k8s.io", "PriorityClass", "v1", "v1beta1");
        versions(plain, Scope.CLUSTER, "storage.k8s.io", "CSIDriver", "v1", "v1beta1");
        versions(plain, Scope.CLUSTER, "storage.k8s.io", "StorageClass", "v1", "v1beta1");
        versions(plain, Scope.CLUSTER, "storage.k8s.io", "VolumeAttachment", "v1", "v1beta1");
        cluster(plain, "v1 PersistentVolume");
        withoutScope(metadata);
        admission(metadata);
        withConditions(metadata);
        workloads(metadata);
    }

    private enum Scope {
        NAMESPACED,
        CLUSTER
    }

    private static void namespaced(Definition type, String... names) {
        for (var name : names) {
            TYPES.put(name, type);
            NAMESPACED.put(name, true);
        }
    }

    private static void cluster(Definition type, String... names) {
        for (var name : names) {
            TYPES.put(name, type);
            NAMESPACED.put(name, false);
        }
    }

    private static void versions(Definition type, Scope scope, String group, String kind, String... versions) {
        for (var version : versions) {
            var name = group + "/" + version + " " + kind;
            switch (scope) {
                case NAMESPACED -> namespaced(type, name);
                case CLUSTER -> cluster(type, name);
            }
        }
    }

    private static KnownType object(Definition metadata) {
        return new KnownType().with("metadata", metadata);
    }

    /// What is posted, not kept.
    private static void withoutScope(Definition metadata) {
        for (var name : List.of(
                "authentication.k8s.io/v1 TokenRequest",
                "authentication.k8s.io/v1 TokenReview",
                "authentication.k8s.io/v1beta1 TokenReview",
                "authorization.k8s.io/v1 LocalSubjectAccessReview",
                "authorization.k8s.io/v1 SelfSubjectAccessReview",
                "authorization.k8s.io/v1 SelfSubjectRulesReview",
                "authorization.k8s.io/v1 SubjectAccessReview",
                "authorization.k8s.io/v1beta1 LocalSubjectAccessReview",
                "authorization.k8s.io/v1beta1 SelfSubjectAccessReview",
                "authorization.k8s.io/v1beta1 SelfSubjectRulesReview",
                "authorization.k8s.io/v1beta1 SubjectAccessReview")) {
            TYPES.put(name, object(metadata));
        }
        NAMESPACED.remove("policy/v1beta1 Eviction");
        NAMESPACED.remove("v1 Binding");
        for (var options : List.of(
                "PodAttachOptions",
                "PodExecOptions",
                "PodPortForwardOptions",
                "PodProxyOptions",
                "ServiceProxyOptions")) {
            NAMESPACED.put("v1 " + options, true);
        }
        NAMESPACED.put("v1 NodeProxyOptions", false);
    }

    private static void admission(Definition metadata) {
        var hooks = object(metadata).merged("webhooks", "name");
        var group = "admissionregistration.k8s.io";
        versions(hooks, Scope.CLUSTER, group, "MutatingWebhookConfiguration", "v1", "v1beta1");
        versions(hooks, Scope.CLUSTER, group, "ValidatingWebhookConfiguration", "v1", "v1beta1");
        // later than 1.21, known by their scope only
        NAMESPACED.put(group + "/v1 ValidatingAdmissionPolicy", false);
        NAMESPACED.put(group + "/v1 ValidatingAdmissionPolicyBinding", false);
    }

    private static KnownType conditions() {
        return new KnownType().merged("conditions", "type");
    }

    private static void withConditions(Definition metadata) {
        var status = object(metadata).with("status", conditions());
        cluster(status, "v1 Namespace");
        namespaced(status, "v1 PersistentVolumeClaim");
        versions(status, Scope.NAMESPACED, "policy", "PodDisruptionBudget", "v1", "v1beta1");
        versions(status, Scope.CLUSTER, "apiregistration.k8s.io", "APIService", "v1", "v1beta1");
        cluster(object(metadata).merged("conditions", "type"), "v1 ComponentStatus");
        cluster(
                object(metadata)
                        .with("spec", new KnownType().merged("podCIDRs"))
                        .with("status", conditions().merged("addresses", "type")),
                "v1 Node");
        var ports = new KnownType().merged("ports", "port", "protocol");
        PARTS.put("ServiceSpec", ports);
        namespaced(object(metadata).with("spec", ports).with("status", conditions()), "v1 Service");
        namespaced(object(metadata).merged("secrets", "name"), "v1 ServiceAccount");
        var drivers = new KnownType().merged("drivers", "name");
        versions(
                object(metadata).with("spec", drivers), Scope.CLUSTER, "storage.k8s.io", "CSINode", "v1", "v1beta1");
    }

    private static void workloads(Definition metadata) {
        var pod = podSpec(metadata);
        var podStatus = conditions().merged("podIPs", "ip");
        namespaced(object(metadata).with("spec", pod).with("status", podStatus), "v1 Pod");
        var template = object(metadata).with("spec", pod);
        namespaced(object(metadata).with("template", template), "v1 PodTemplate");
        var templated = new KnownType().with("template", template);
        PARTS.put("PodSpec", pod);
        PARTS.put("PodTemplateSpec", template);
        PARTS.put("JobSpec", templated);
        namespaced(
                object(metadata).with("spec", templated).with("status", conditions()),
                "apps/v1 DaemonSet",
                "apps/v1 Deployment",
                "apps/v1 ReplicaSet",
                "v1 ReplicationController",
                "batch/v1 Job");
        var claim = object(metadata).with("status", conditions());
        PARTS.put("PersistentVolumeClaim", claim);
        var stateful = new KnownType().with("template", template).replaced("volumeClaimTemplates", claim);
        namespaced(object(metadata).with("spec", stateful).with("status", conditions()), "apps/v1 StatefulSet");
        var jobTemplate = object(metadata).with("spec", templated);
        PARTS.put("JobTemplateSpec", jobTemplate);
        var cron = object(metadata).with("spec", new KnownType().with("jobTemplate", jobTemplate));
        versions(cron, Scope.NAMESPACED, "batch", "CronJob", "v1", "v1beta1");
    }

    private static KnownType podSpec(Definition metadata) {
        var container = new KnownType()
                .merged("env", "name")
                .merged("ports", "containerPort", "protocol")
                .merged("volumeDevices", "devicePath")
                .merged("volumeMounts", "mountPath");
        var ephemeralContainer = new KnownType()
                .merged("env", "name")
                .merged("volumeDevices", "devicePath")
                .merged("volumeMounts", "mountPath");
        var ephemeral = new KnownType().with("volumeClaimTemplate", object(metadata));
        var volume = new KnownType().with("ephemeral", ephemeral);
        PARTS.put("Container", container);
        PARTS.put("EphemeralContainer", ephemeralContainer);
        PARTS.put("EphemeralVolumeSource", ephemeral);
        PARTS.put("Volume", volume);
        PARTS.put("PersistentVolumeClaimTemplate", object(metadata));
        return new KnownType()
                .merged("containers", container, "name")
                .merged("initContainers", container, "name")
                .merged("ephemeralContainers", ephemeralContainer, "name")
                .merged("volumes", volume, "name")
                .merged("hostAliases", "ip")
                .merged("imagePullSecrets", "name")
                .merged("topologySpreadConstraints", "topologyKey", "whenUnsatisfiable");
    }
}
