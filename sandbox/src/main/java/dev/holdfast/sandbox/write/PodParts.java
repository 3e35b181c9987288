package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.kind.FieldError;
import dev.holdfast.sandbox.kind.Validation;
import java.util.ArrayList;
import java.util.List;

/// Pods are changed in parts: where they run, what looks at them, how much they get. Each has a place of its own,
/// where everything else that is sent is ignored.
final class PodParts {

    private static final List<String> PLACES = List.of("binding", "ephemeralcontainers", "resize");

    private PodParts() {}

    static boolean concerns(Target target) {
        return PLACES.contains(target.subresource())
                && target.type().qualified().equals("pods");
    }

    static Mapping confined(Target target, Mapping pod, Mapping live) {
        var metadata = live.mapping("metadata");
        for (var field : List.of("managedFields", "resourceVersion")) {
            var value = pod.at("metadata", field);
            metadata = value == null ? metadata.without(field) : metadata.with(field, value);
        }
        return switch (target.subresource()) {
            case "binding" -> pod;
            case "ephemeralcontainers" -> {
                var containers = pod.sequence("spec", "ephemeralContainers");
                var spec = live.mapping("spec");
                spec = containers.isEmpty()
                        ? spec.without("ephemeralContainers")
                        : spec.with("ephemeralContainers", containers);
                yield live.with("metadata", metadata).with("spec", spec);
            }
            default -> live.with("metadata", metadata).with("spec", resized(pod.mapping("spec"), live.mapping("spec")));
        };
    }

    private static Mapping resized(Mapping spec, Mapping live) {
        var resized = live;
        for (var list : List.of("containers", "initContainers")) {
            if (live.has(list)) resized = resized.with(list, sizes(spec.sequence(list), live.sequence(list)));
        }
        return resized;
    }

    private static Sequence sizes(Sequence containers, Sequence live) {
        var sized = new ArrayList<Value>();
        for (var container : live.mappings()) {
            var given = containers.mappings().stream()
                    .filter(each -> each.text("name").equals(container.text("name")))
                    .findFirst()
                    .orElse(container);
            var result = container;
            for (var field : List.of("resources", "resizePolicy")) {
                var value = given.get(field);
                result = value == null ? result.without(field) : result.with(field, value);
            }
            sized.add(result);
        }
        return Sequence.of(sized);
    }

    static List<FieldError> problems(Target target, Mapping pod, Mapping old) {
        return Validation.podPart(pod, old, target.subresource());
    }
}
