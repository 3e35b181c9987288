package dev.holdfast.render.kustomize.config;

import dev.holdfast.model.Gvk;
import dev.holdfast.render.kustomize.config.TransformerConfig.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;

/// The fields that Kustomize's transformers touch unless told more (its documentation lists them under
/// "transformer configurations"). Most of them stand in a pod template, which lies elsewhere in each workload.
final class DefaultFields {

    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String ADMISSION = "admissionregistration.k8s.io";

    /// Where the pod's specification stands in each kind.
    private enum Holder {
        POD("Pod", "v1", "spec/"),
        POD_TEMPLATE("PodTemplate", "", "template/spec/"),
        DEPLOYMENT("Deployment", "", "spec/template/spec/"),
        REPLICA_SET("ReplicaSet", "", "spec/template/spec/"),
        DAEMON_SET("DaemonSet", "", "spec/template/spec/"),
        STATEFUL_SET("StatefulSet", "", "spec/template/spec/"),
        JOB("Job", "", "spec/template/spec/"),
        CRON_JOB("CronJob", "", "spec/jobTemplate/spec/template/spec/"),
        REPLICATION_CONTROLLER("ReplicationController", "", "spec/template/spec/");

        final Gvk gvk;
        final String prefix;

        Holder(String kind, String version, String prefix) {
            this.gvk = new Gvk("", version, kind);
            this.prefix = prefix;
        }
    }

    private static final List<Holder> MOST = List.of(
            Holder.POD,
            Holder.POD_TEMPLATE,
            Holder.DEPLOYMENT,
            Holder.REPLICA_SET,
            Holder.DAEMON_SET,
            Holder.STATEFUL_SET,
            Holder.JOB,
            Holder.CRON_JOB);
    private static final List<Holder> RUNNING = List.of(
            Holder.POD,
            Holder.STATEFUL_SET,
            Holder.DEPLOYMENT,
            Holder.REPLICATION_CONTROLLER,
            Holder.CRON_JOB,
            Holder.JOB,
            Holder.DAEMON_SET);
    private static final List<Holder> WITH_VARIABLES = List.of(
            Holder.CRON_JOB,
            Holder.DAEMON_SET,
            Holder.DEPLOYMENT,
            Holder.JOB,
            Holder.POD,
            Holder.REPLICA_SET,
            Holder.STATEFUL_SET);

    private DefaultFields() {}

    static TransformerConfig config() {
        var fields = new EnumMap<Section, List<FieldSpec>>(Section.class);
        fields.put(Section.NAME_PREFIX, List.of(FieldSpec.anyKind("metadata/name")));
        fields.put(Section.NAME_SUFFIX, List.of(FieldSpec.anyKind("metadata/name")));
        fields.put(
                Section.NAMESPACE,
                List.of(
                        created("Namespace", "metadata/name"),
                        new FieldSpec(
                                new Gvk("apiregistration.k8s.io", "", "APIService"), "spec/service/namespace", true),
                        new FieldSpec(
                                new Gvk("apiextensions.k8s.io", "", "CustomResourceDefinition"),
                                "spec/conversion/webhook/clientConfig/service/namespace",
                                false)));
        var labels = metadata("labels", "apps");
        var claims = List.of(
                new FieldSpec(new Gvk("apps", "", "StatefulSet"), "spec/volumeClaimTemplates[]/metadata/labels", true));
        fields.put(Section.COMMON_LABELS, joined(selectors(), labels, claims));
        fields.put(Section.TEMPLATE_LABELS, labels);
        fields.put(Section.VOLUME_CLAIM_TEMPLATE_LABELS, claims);
        fields.put(Section.COMMON_ANNOTATIONS, metadata("annotations", ""));
        fields.put(Section.VAR_REFERENCE, variables());
        fields.put(Section.IMAGES, images());
        fields.put(
                Section.REPLICAS,
                List.of(
                        created("Deployment", "spec/replicas"),
                        created("ReplicationController", "spec/replicas"),
                        created("ReplicaSet", "spec/replicas"),
                        created("StatefulSet", "spec/replicas")));
        return new TransformerConfig(fields, references());
    }

    private static FieldSpec created(String kind, String path) {
        return new FieldSpec(new Gvk("", "", kind), path, true);
    }

    private static FieldSpec existing(String kind, String path) {
        return new FieldSpec(new Gvk("", "", kind), path, false);
    }

    @SafeVarargs
    private static List<FieldSpec> joined(List<FieldSpec>... lists) {
        return Arrays.stream(lists).flatMap(List::stream).toList();
    }

    private static List<FieldSpec> metadata(String field, String statefulSetGroup) {
        var template = "spec/template/metadata/" + field;
        return List.of(
                FieldSpec.created("metadata/" + field),
                new FieldSpec(new Gvk("", "v1", "ReplicationController"), template, true),
                created("Deployment", template),
                created("ReplicaSet", template),
                created("DaemonSet", template),
                new FieldSpec(new Gvk(statefulSetGroup, "", "StatefulSet"), template, true),
                new FieldSpec(new Gvk("batch", "", "Job"), template, true),
                new FieldSpec(new Gvk("batch", "", "CronJob"), "spec/jobTemplate/metadata/" + field, true),
                new FieldSpec(
                        new Gvk("batch", "", "CronJob"), "spec/jobTemplate/spec/template/metadata/" + field, true));
    }

    private static List<FieldSpec> selectors() {
        var list = new ArrayList<FieldSpec>();
        list.add(new FieldSpec(new Gvk("", "v1", "Service"), "spec/selector", true));
        list.add(new FieldSpec(new Gvk("", "v1", "ReplicationController"), "spec/selector", true));
        list.add(created("Deployment", "spec/selector/matchLabels"));
        affinity(list, "Deployment");
        list.add(created("ReplicaSet", "spec/selector/matchLabels"));
        list.add(created("DaemonSet", "spec/selector/matchLabels"));
        list.add(new FieldSpec(new Gvk("apps", "", "StatefulSet"), "spec/selector/matchLabels", true));
        affinity(list, "StatefulSet");
        list.add(new FieldSpec(new Gvk("batch", "", "Job"), "spec/selector/matchLabels", false));
        list.add(new FieldSpec(new Gvk("batch", "", "CronJob"), "spec/jobTemplate/spec/selector/matchLabels", false));
        list.add(new FieldSpec(new Gvk("policy", "", "PodDisruptionBudget"), "spec/selector/matchLabels", false));
        for (var place : List.of("podSelector", "ingress/from/podSelector", "egress/to/podSelector")) {
            list.add(new FieldSpec(
                    new Gvk("networking.k8s.io", "", "NetworkPolicy"), "spec/" + place + "/matchLabels", false));
        }
        return list;
    }

    private static void affinity(List<FieldSpec> list, String kind) {
        var gvk = new Gvk("apps", "", kind);
        for (var side : List.of("podAffinity", "podAntiAffinity")) {
            for (var rule : List.of(
                    "preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm",
                    "requiredDuringSchedulingIgnoredDuringExecution")) {
                var path = "spec/template/spec/affinity/" + side + "/" + rule + "/labelSelector/matchLabels";
                list.add(new FieldSpec(gvk, path, false));
            }
        }
        list.add(new FieldSpec(gvk, "spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels", false));
    }

    private static List<FieldSpec> images() {
        var list = new ArrayList<FieldSpec>();
        for (var pod : List.of("spec/", "spec/template/spec/")) {
            list.add(FieldSpec.created(pod + "containers[]/image"));
            list.add(FieldSpec.created(pod + "initContainers[]/image"));
            list.add(FieldSpec.created(pod + "volumes[]/image/reference"));
        }
        return list;
    }

    private static List<FieldSpec> variables() {
        var list = new ArrayList<FieldSpec>();
        for (var holder : WITH_VARIABLES) {
            for (var containers : List.of("containers/", "initContainers/")) {
                for (var field : List.of("args", "command", "env/value", "volumeMounts/mountPath")) {
                    list.add(existing(holder.gvk.kind(), holder.prefix + containers + field));
                }
            }
            switch (holder) {
                case CRON_JOB -> list.add(existing("CronJob", "spec/jobTemplate/spec/template/volumes/nfs/server"));
                case STATEFUL_SET -> list.add(existing("StatefulSet", "spec/volumeClaimTemplates/spec/nfs/server"));
                default -> list.add(existing(holder.gvk.kind(), holder.prefix + "volumes/nfs/server"));
            }
        }
        list.add(existing("Deployment", "spec/template/metadata/annotations"));
        list.add(existing("Ingress", "spec/rules/host"));
        list.add(existing("Ingress", "spec/tls/hosts"));
        list.add(existing("Ingress", "spec/tls/secretName"));
        list.add(existing("Service", "spec/ports/port"));
        list.add(existing("Service", "spec/ports/targetPort"));
        list.add(existing("PersistentVolume", "spec/nfs/server"));
        list.add(FieldSpec.anyKind("metadata/labels"));
        list.add(FieldSpec.anyKind("metadata/annotations"));
        return list;
    }

    private static List<NameReference> references() {
        var list = new ArrayList<NameReference>();
        for (var kind : List.of("Deployment", "ReplicationController", "ReplicaSet", "StatefulSet")) {
            var scaled = existing("HorizontalPodAutoscaler", "spec/scaleTargetRef/name");
            list.add(new NameReference(new Gvk("", "", kind), List.of(scaled)));
        }
        list.add(new NameReference(new Gvk("", "v1", "ConfigMap"), configMaps()));
        list.add(new NameReference(new Gvk("", "v1", "Secret"), secrets()));
        list.add(new NameReference(new Gvk("", "v1", "Service"), services()));
        var roleBinding = new FieldSpec(new Gvk(RBAC, "", "RoleBinding"), "roleRef/name", false);
        var clusterBinding = new FieldSpec(new Gvk(RBAC, "", "ClusterRoleBinding"), "roleRef/name", false);
        list.add(new NameReference(new Gvk(RBAC, "", "Role"), List.of(roleBinding)));
        list.add(new NameReference(new Gvk(RBAC, "", "ClusterRole"), List.of(roleBinding, clusterBinding)));
        var accounts = List.of(
                new FieldSpec(new Gvk(RBAC, "", "RoleBinding"), "subjects", false),
                new FieldSpec(new Gvk(RBAC, "", "ClusterRoleBinding"), "subjects", false));
        list.add(new NameReference(
                new Gvk("", "v1", "ServiceAccount"), joined(accounts, pods(RUNNING, "serviceAccountName"))));
        list.add(new NameReference(
                new Gvk("", "v1", "PersistentVolumeClaim"), pods(RUNNING, "volumes/persistentVolumeClaim/claimName")));
        list.add(new NameReference(
                new Gvk("", "v1", "PersistentVolume"),
                List.of(
                        existing("PersistentVolumeClaim", "spec/volumeName"),
                        existing("ClusterRole", "rules/resourceNames"))));
        list.add(new NameReference(
                new Gvk("storage.k8s.io", "v1", "StorageClass"),
                List.of(
                        existing("PersistentVolume", "spec/storageClassName"),
                        existing("PersistentVolumeClaim", "spec/storageClassName"),
                        existing("StatefulSet", "spec/volumeClaimTemplates/spec/storageClassName"))));
        list.add(new NameReference(
                new Gvk("scheduling.k8s.io", "v1", "PriorityClass"), pods(RUNNING, "priorityClassName")));
        // the group is as odd in the original: it never matches an object
        list.add(new NameReference(
                new Gvk("networking.k8s.io/v1", "v1", "IngressClass"),
                List.of(existing("Ingress", "spec/ingressClassName"))));
        list.add(new NameReference(
                new Gvk(ADMISSION, "", "ValidatingAdmissionPolicy"),
                List.of(new FieldSpec(
                        new Gvk(ADMISSION, "", "ValidatingAdmissionPolicyBinding"), "spec/policyName", false))));
        return list;
    }

    private static List<FieldSpec> pods(List<Holder> holders, String... paths) {
        var list = new ArrayList<FieldSpec>();
        for (var holder : holders) {
            for (var path : paths) list.add(new FieldSpec(holder.gvk, holder.prefix + path, false));
        }
        return list;
    }

    private static List<FieldSpec> configMaps() {
        var pods = pods(
                MOST,
                "volumes/configMap/name",
                "containers/env/valueFrom/configMapKeyRef/name",
                "initContainers/env/valueFrom/configMapKeyRef/name",
                "containers/envFrom/configMapRef/name",
                "initContainers/envFrom/configMapRef/name",
                "volumes/projected/sources/configMap/name");
        var others = List.of(
                existing("Node", "spec/configSource/configMap"),
                existing("Role", "rules/resourceNames"),
                existing("ClusterRole", "rules/resourceNames"),
                existing("Ingress", "metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap"));
        return joined(pods, others);
    }

    private static List<FieldSpec> secrets() {
        var pods = pods(
                MOST,
                "volumes/secret/secretName",
                "containers/env/valueFrom/secretKeyRef/name",
                "initContainers/env/valueFrom/secretKeyRef/name",
                "containers/envFrom/secretRef/name",
                "initContainers/envFrom/secretRef/name",
                "imagePullSecrets/name",
                "volumes/projected/sources/secret/name");
        var others = List.of(
                existing("Ingress", "spec/tls/secretName"),
                existing("Ingress", "metadata/annotations/ingress.kubernetes.io\\/auth-secret"),
                existing("Ingress", "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret"),
                existing("Ingress", "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret"),
                existing("ServiceAccount", "imagePullSecrets/name"),
                existing("StorageClass", "parameters/secretName"),
                existing("StorageClass", "parameters/adminSecretName"),
                existing("StorageClass", "parameters/userSecretName"),
                existing("StorageClass", "parameters/secretRef"),
                existing("Role", "rules/resourceNames"),
                existing("ClusterRole", "rules/resourceNames"),
                new FieldSpec(
                        new Gvk("serving.knative.dev", "v1", "Service"),
                        "spec/template/spec/containers/env/valueFrom/secretKeyRef/name",
                        false),
                existing("PersistentVolume", "spec/azureFile/secretName"));
        return joined(pods, others);
    }

    private static List<FieldSpec> services() {
        return List.of(
                new FieldSpec(new Gvk("apps", "", "StatefulSet"), "spec/serviceName", false),
                existing("Ingress", "spec/rules/http/paths/backend/serviceName"),
                existing("Ingress", "spec/backend/serviceName"),
                existing("Ingress", "spec/rules/http/paths/backend/service/name"),
                existing("Ingress", "spec/defaultBackend/service/name"),
                new FieldSpec(new Gvk("apiregistration.k8s.io", "", "APIService"), "spec/service/name", false),
                new FieldSpec(
                        new Gvk(ADMISSION, "", "ValidatingWebhookConfiguration"), "webhooks/clientConfig/service", false),
                new FieldSpec(
                        new Gvk(ADMISSION, "", "MutatingWebhookConfiguration"), "webhooks/clientConfig/service", false));
    }
}
