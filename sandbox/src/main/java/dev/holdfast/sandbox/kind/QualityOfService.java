package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The class in which a pod runs, by what its containers ask for.
final class QualityOfService {

    private QualityOfService() {}

    static String of(Mapping podSpec) {
        var containers = new ArrayList<Mapping>(podSpec.sequence("containers").mappings());
        containers.addAll(podSpec.sequence("initContainers").mappings());
        boolean none = containers.stream().noneMatch(QualityOfService::asksForAnything);
        if (none) return "BestEffort";
        return containers.stream().allMatch(QualityOfService::guaranteed) ? "Guaranteed" : "Burstable";
    }

    private static boolean asksForAnything(Mapping container) {
        return List.of("cpu", "memory").stream()
                .anyMatch(name -> amount(container, "requests", name).isPresent()
                        || amount(container, "limits", name).isPresent());
    }

    private static boolean guaranteed(Mapping container) {
        return List.of("cpu", "memory").stream().allMatch(name -> {
            var limit = amount(container, "limits", name);
            return limit.isPresent() && amount(container, "requests", name).equals(limit);
        });
    }

    private static Optional<Quantity> amount(Mapping container, String kind, String name) {
        return container.at("resources", kind, name) instanceof Value.Text(var text, var _)
                ? Quantity.find(text).filter(quantity -> quantity.signum() > 0)
                : Optional.empty();
    }
}
