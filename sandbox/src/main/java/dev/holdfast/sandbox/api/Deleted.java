package dev.holdfast.sandbox.api;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.write.Target;
import java.util.Set;

/// The answer to a deletion that is complete: for most kinds a Status, for a few the object as it was.
final class Deleted {

    private static final Set<String> AS_OBJECT = Set.of(
            "pods",
            "podtemplates",
            "persistentvolumes",
            "persistentvolumeclaims",
            "resourcequotas",
            "serviceaccounts",
            "services");

    private Deleted() {}

    static boolean answersWithObject(ResourceType type) {
        return AS_OBJECT.contains(type.qualified());
    }

    static Mapping status(Target target, Item item) {
        var details = Mapping.builder().put("name", target.name());
        if (!target.type().group().isEmpty()) details.put("group", target.type().group());
        details.put("kind", target.type().plural()).put("uid", item.uid());
        return Mapping.builder()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("metadata", Mapping.EMPTY)
                .put("status", "Success")
                .put("details", details.build())
                .build();
    }
}
