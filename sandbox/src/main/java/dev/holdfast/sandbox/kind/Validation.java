package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import java.util.List;
import java.util.Optional;

/// Whether an object may be stored: the rules of the API server for built-in kinds, with its messages. Expects
/// defaulted objects ({@link Defaults}). With `old` the change is judged as well.
public final class Validation {

    private Validation() {}

    public static List<FieldError> check(Gvk gvk, Mapping object, Optional<Mapping> old) {
        var problems = new Problems();
        if (old.isEmpty()) {
            MetadataRules.created(object, KindFacts.of(gvk).names(), problems);
            if (qualified(gvk)) MetadataRules.qualifiedFinalizers(object, problems);
            KindRules.check(gvk, object, problems);
            KindRules.created(gvk, object, problems);
            return problems.errors();
        }
        // the server looks at metadata twice, once for every kind and once more for each
        MetadataRules.updated(object, old.get(), problems);
        MetadataRules.updated(object, old.get(), problems);
        if (qualified(gvk)) MetadataRules.qualifiedFinalizers(object, problems);
        boolean judged = KindRules.judged(gvk, object, old.get());
        if (KindRules.changeFirst(gvk)) {
            KindRules.change(gvk, object, old.get(), problems);
            if (!judged) KindRules.check(gvk, object, problems);
        } else {
            if (!judged) KindRules.check(gvk, object, problems);
            KindRules.change(gvk, object, old.get(), problems);
        }
        return problems.errors();
    }

    private static boolean qualified(Gvk gvk) {
        return !List.of("apiextensions.k8s.io", "apiregistration.k8s.io").contains(gvk.group());
    }

    /// A pod that is changed through a place of its own: only what stands there has changed.
    public static List<FieldError> podPart(Mapping pod, Mapping old, String subresource) {
        var problems = new Problems();
        MetadataRules.updated(pod, old, problems);
        switch (subresource) {
            case "ephemeralcontainers" -> {
                PodRules.pod(pod, problems);
                PodPartRules.ephemeral(pod, old, problems);
            }
            case "resize" -> {
                PodRules.pod(pod, problems);
                PodPartRules.resized(pod.mapping("spec"), old.mapping("spec"), problems);
            }
            default -> {
                // the binding itself was judged
            }
        }
        return problems.errors();
    }

    /// What holds for objects of every kind, custom resources among them.
    public static List<FieldError> metadata(Mapping object, Optional<Mapping> old) {
        var problems = new Problems();
        if (old.isEmpty()) {
            MetadataRules.created(object, KindFacts.Names.SUBDOMAIN, problems);
        } else {
            MetadataRules.updated(object, old.get(), problems);
            MetadataRules.updated(object, old.get(), problems);
        }
        return problems.errors();
    }
}
