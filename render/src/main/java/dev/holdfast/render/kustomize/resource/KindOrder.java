package dev.holdfast.render.kustomize.resource;

import dev.holdfast.model.Gvk;
import java.util.Comparator;
import java.util.List;

/// The order of kinds: some first, some last, the others between them; then by group, version and kind, where what
/// is empty comes late.
public record KindOrder(List<String> first, List<String> last) {

    public static final KindOrder LEGACY = new KindOrder(
            List.of(
                    "Namespace",
                    "ResourceQuota",
                    "StorageClass",
                    "CustomResourceDefinition",
                    "ServiceAccount",
                    "PodSecurityPolicy",
                    "Role",
                    "ClusterRole",
                    "RoleBinding",
                    "ClusterRoleBinding",
                    "ConfigMap",
                    "Secret",
                    "Endpoints",
                    "Service",
                    "LimitRange",
                    "PriorityClass",
                    "PersistentVolume",
                    "PersistentVolumeClaim",
                    "Deployment",
                    "StatefulSet",
                    "CronJob",
                    "PodDisruptionBudget"),
            List.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"));

    public KindOrder {
        first = List.copyOf(first);
        last = List.copyOf(last);
    }

    public int rank(String kind) {
        int after = last.lastIndexOf(kind);
        if (after >= 0) return after + 1;
        int before = first.lastIndexOf(kind);
        return before < 0 ? 0 : before - first.size();
    }

    /// A text by which kinds of one rank are sorted.
    public static String sortText(Gvk gvk) {
        return or(gvk.group(), "~G") + "_" + or(gvk.version(), "~V") + "_" + or(gvk.kind(), "~K");
    }

    public Comparator<Gvk> comparator() {
        return Comparator.<Gvk>comparingInt(gvk -> rank(gvk.kind())).thenComparing(KindOrder::sortText);
    }

    static String or(String text, String other) {
        return text.isEmpty() ? other : text;
    }
}
