package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// What happens to whole objects of some kinds when they are created or updated: before their types are defaulted,
/// and after.
final class KindDefaults {

    private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

    private KindDefaults() {}

    static Mapping prepare(Gvk gvk, Mapping object, DefaultingContext context) {
        var given = gvk.kind().equals("Secret") && gvk.group().isEmpty() ? encoded(object) : object;
        return context.creates() && KindFacts.of(gvk).statusResetOnCreate() ? given.without("status") : given;
    }

    static Mapping finish(Gvk gvk, Mapping object, DefaultingContext context) {
        return switch (Shapes.typeName(gvk)) {
            case "core.v1.Service" -> ServiceAllocation.of(object, context);
            case "core.v1.Namespace" -> context.creates() ? namespace(object) : object;
            case "core.v1.Pod" -> context.creates() ? PodDefaults.admitted(object) : object;
            case "core.v1.PersistentVolumeClaim" ->
                context.creates() ? finalized(object, "kubernetes.io/pvc-protection") : object;
            case "core.v1.PersistentVolume" ->
                context.creates() ? finalized(object, "kubernetes.io/pv-protection") : object;
            case "batch.v1.Job" -> context.creates() ? JobDefaults.withSelector(object, context.uid()) : object;
            case "apps.v1.DaemonSet" -> templateGeneration(object, context);
            default -> object;
        };
    }

    /// `stringData` is write-only: its texts end up in `data`.
    private static Mapping encoded(Mapping secret) {
        if (!(secret.get("stringData") instanceof Mapping texts)) return secret;
        var data = secret.mapping("data");
        for (var field : texts) {
            var text = field.value().asText().orElse("");
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            data = data.with(field.key(), Value.of(Base64.getEncoder().encodeToString(bytes)));
        }
        return secret.without("stringData").with("data", data);
    }

    /// Held back by the cluster until its content is gone.
    private static Mapping namespace(Mapping namespace) {
        var finalizers = namespace.sequence("spec", "finalizers");
        return finalizers.items().contains(Value.of("kubernetes"))
                ? namespace
                : namespace.with(List.of("spec", "finalizers"), finalizers.plus(Value.of("kubernetes")));
    }

    private static Mapping finalized(Mapping object, String finalizer) {
        var finalizers = object.sequence("metadata", "finalizers");
        return finalizers.items().contains(Value.of(finalizer))
                ? object
                : object.with(List.of("metadata", "finalizers"), finalizers.plus(Value.of(finalizer)));
    }

    /// Counts changes of the template; an annotation since the field is gone.
    private static Mapping templateGeneration(Mapping daemonSet, DefaultingContext context) {
        long generation = context.old().map(old -> next(old, daemonSet)).orElse(1L);
        return daemonSet.with(
                List.of("metadata", "annotations", TEMPLATE_GENERATION), Value.of(Long.toString(generation)));
    }

    private static long next(Mapping old, Mapping daemonSet) {
        var text = old.text("metadata", "annotations", TEMPLATE_GENERATION).orElse("1");
        long before = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 1;
        return old.mapping("spec", "template").equals(daemonSet.mapping("spec", "template")) ? before : before + 1;
    }
}
