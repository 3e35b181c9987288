package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.DefaultTable.missing;
import static dev.holdfast.sandbox.kind.DefaultTable.set;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.List;
import java.util.Locale;

/// The defaults of a type that depend on its other fields.
final class TypeDefaults {

    private TypeDefaults() {}

    static Mapping of(String type, Mapping value) {
        return switch (type) {
            case "core.v1.Container", "core.v1.EphemeralContainer" ->
                set(value, "imagePullPolicy", pullPolicy(value, "image"));
            case "core.v1.Volume" -> volume(value);
            case "core.v1.PodSpec" -> podSpec(value);
            case "core.v1.Pod" -> PodDefaults.of(value);
            case "core.v1.LimitRangeItem" -> limitRangeItem(value);
            case "core.v1.NodeStatus" ->
                value.has("capacity") ? set(value, "allocatable", value.mapping("capacity")) : value;
            case "core.v1.Service" -> ServiceDefaults.of(value);
            case "core.v1.Namespace" -> namespace(value);
            case "core.v1.ReplicationController" -> replicationController(value);
            case "apps.v1.DeploymentStrategy" -> rollingUpdate(value, "25%", "25%");
            case "apps.v1.DaemonSetUpdateStrategy" -> daemonSetStrategy(value);
            case "apps.v1.StatefulSetUpdateStrategy" -> statefulSetStrategy(value);
            case "apps.v1.StatefulSetSpec" -> statefulSetSpec(value);
            case "batch.v1.Job" -> JobDefaults.of(value);
            case "autoscaling.v2.HorizontalPodAutoscaler" -> AutoscalerDefaults.of(value);
            case "networking.v1.NetworkPolicySpec" -> networkPolicySpec(value);
            case "rbac.v1.Subject" ->
                value.text("kind").orElse("").equals("ServiceAccount")
                        ? value
                        : set(value, "apiGroup", Value.of("rbac.authorization.k8s.io"));
            case "storage.v1.CSIDriverSpec" -> set(value, "volumeLifecycleModes", Value.texts(List.of("Persistent")));
            case "apiextensions.v1.CustomResourceDefinition" -> customResourceDefinition(value);
            default -> value;
        };
    }

    /// `Always` for the tag `latest`, which is also meant by no tag and no digest.
    static Value pullPolicy(Mapping value, String imageField) {
        var image = value.text(imageField).orElse("");
        if (image.contains("@")) return Value.of("IfNotPresent");
        var last = image.substring(image.lastIndexOf('/') + 1);
        int colon = last.indexOf(':');
        boolean latest =
                !image.isEmpty() && (colon < 0 || last.substring(colon + 1).equals("latest"));
        return Value.of(latest ? "Always" : "IfNotPresent");
    }

    private static Mapping volume(Mapping volume) {
        if (volume.keys().stream().allMatch(key -> key.equals("name"))) return volume.with("emptyDir", Mapping.EMPTY);
        if (!(volume.get("image") instanceof Mapping image)) return volume;
        return volume.with("image", set(image, "pullPolicy", pullPolicy(image, "reference")));
    }

    /// The old name of the account's field always says the same as the new one.
    private static Mapping podSpec(Mapping spec) {
        var account = spec.text("serviceAccountName").or(() -> spec.text("serviceAccount"));
        if (account.isEmpty() || account.get().isEmpty()) return spec;
        var name = Value.of(account.get());
        return spec.with("serviceAccountName", name).with("serviceAccount", name);
    }

    private static Mapping namespace(Mapping namespace) {
        var name = namespace.text("metadata", "name").orElse("");
        return name.isEmpty()
                ? namespace
                : namespace.with(List.of("metadata", "labels", "kubernetes.io/metadata.name"), Value.of(name));
    }

    private static Mapping limitRangeItem(Mapping item) {
        if (!item.text("type").orElse("").equals("Container")) return item;
        var limits = merged(item.mapping("default"), item.mapping("max"));
        var requests = merged(merged(item.mapping("defaultRequest"), limits), item.mapping("min"));
        return item.with("default", limits).with("defaultRequest", requests);
    }

    /// `first` with the fields of `second` that it lacks.
    static Mapping merged(Mapping first, Mapping second) {
        var all = first;
        for (var field : second) {
            if (!all.has(field.key())) all = all.with(field.key(), field.value());
        }
        return all;
    }

    private static Mapping replicationController(Mapping controller) {
        var labels = controller.mapping("spec", "template", "metadata", "labels");
        if (labels.isEmpty()) return controller;
        var labelled = controller.mapping("spec", "selector").isEmpty()
                ? controller.with(List.of("spec", "selector"), labels)
                : controller;
        return labelled.mapping("metadata", "labels").isEmpty()
                ? labelled.with(List.of("metadata", "labels"), labels)
                : labelled;
    }

    private static Mapping rollingUpdate(Mapping strategy, String maxUnavailable, String maxSurge) {
        var typed = set(strategy, "type", Value.of("RollingUpdate"));
        if (!typed.text("type").orElse("").equals("RollingUpdate")) return typed;
        var rolling = set(typed.mapping("rollingUpdate"), "maxUnavailable", Value.of(maxUnavailable));
        return typed.with("rollingUpdate", set(rolling, "maxSurge", Value.of(maxSurge)));
    }

    private static Mapping daemonSetStrategy(Mapping strategy) {
        var typed = set(strategy, "type", Value.of("RollingUpdate"));
        if (!typed.text("type").orElse("").equals("RollingUpdate")) return typed;
        var rolling = set(typed.mapping("rollingUpdate"), "maxUnavailable", Value.of(1L));
        return typed.with("rollingUpdate", set(rolling, "maxSurge", Value.of(0L)));
    }

    /// A strategy whose type is given, but not its parameters, gets none.
    private static Mapping statefulSetStrategy(Mapping strategy) {
        boolean typeless = missing(strategy.get("type"));
        var typed = set(strategy, "type", Value.of("RollingUpdate"));
        if (!typed.text("type").orElse("").equals("RollingUpdate")) return typed;
        if (!typeless && !typed.has("rollingUpdate")) return typed;
        return typed.with("rollingUpdate", set(typed.mapping("rollingUpdate"), "partition", Value.of(0L)));
    }

    private static Mapping statefulSetSpec(Mapping spec) {
        var kept = DefaultTable.fill(
                "apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy",
                spec.mapping("persistentVolumeClaimRetentionPolicy"));
        var claims = spec.sequence("volumeClaimTemplates")
                .map(each -> each instanceof Mapping claim
                        ? claim.with("kind", Value.of("PersistentVolumeClaim")).with("apiVersion", Value.of("v1"))
                        : each);
        var filled = spec.with("persistentVolumeClaimRetentionPolicy", kept);
        return claims.isEmpty() ? filled : filled.with("volumeClaimTemplates", claims);
    }

    private static Mapping networkPolicySpec(Mapping spec) {
        if (!spec.sequence("policyTypes").isEmpty()) return spec;
        boolean egress = !spec.sequence("egress").isEmpty();
        return spec.with("policyTypes", Value.texts(egress ? List.of("Ingress", "Egress") : List.of("Ingress")));
    }

    private static Mapping customResourceDefinition(Mapping definition) {
        var names = definition.mapping("spec", "names");
        var kind = names.text("kind").orElse("");
        names = set(names, "singular", Value.of(kind.toLowerCase(Locale.ROOT)));
        if (!kind.isEmpty()) names = set(names, "listKind", Value.of(kind + "List"));
        var spec = set(
                definition.mapping("spec").with("names", names),
                "conversion",
                Mapping.of("strategy", Value.of("None")));
        var named = definition.with("spec", spec);
        if (!named.sequence("status", "storedVersions").isEmpty()) return named;
        var stored = spec.sequence("versions").mappings().stream()
                .filter(version -> version.bool("storage").orElse(false))
                .flatMap(version -> version.text("name").stream())
                .limit(1)
                .toList();
        return stored.isEmpty() ? named : named.with(List.of("status", "storedVersions"), Value.texts(stored));
    }
}
