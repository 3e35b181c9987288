package dev.holdfast.sandbox.api;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.sandbox.store.Item;
import java.util.List;

/// What the sandbox tells a client that it will not do.
final class Limitations {

    private static final String DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";
    private static final String RULES = "x-kubernetes-validations";

    private Limitations() {}

    static List<String> of(ResourceType type, Item item) {
        if (!type.qualified().equals(DEFINITIONS) || !hasRules(item.tree().sequence("spec", "versions"))) {
            return List.of();
        }
        return List.of("this sandbox does not evaluate " + RULES + ": objects that break such rules are stored");
    }

    private static boolean hasRules(Value value) {
        return switch (value) {
            case Mapping mapping -> {
                if (mapping.get(RULES) instanceof Sequence) yield true;
                for (var field : mapping) {
                    if (hasRules(field.value())) yield true;
                }
                yield false;
            }
            case Sequence list -> list.items().stream().anyMatch(Limitations::hasRules);
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> false;
        };
    }
}
