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
            KindRules.check(gvk, object, problems);
            if (Shapes.typeName(gvk).equals("networking.v1.Ingress")) NetworkRules.ingressCreated(object, problems);
            return problems.errors();
        }
        // the server looks at metadata twice, once for every kind and once more for each
        MetadataRules.updated(object, old.get(), problems);
        MetadataRules.updated(object, old.get(), problems);
        if (!KindRules.judged(gvk, object, old.get())) KindRules.check(gvk, object, problems);
        KindRules.change(gvk, object, old.get(), problems);
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
