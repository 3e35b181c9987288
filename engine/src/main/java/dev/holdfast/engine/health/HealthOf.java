package dev.holdfast.engine.health;

import dev.holdfast.model.Condition;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Health;
import dev.holdfast.model.Health.State;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.Optional;

/// The health of any object, by the conventions of kstatus: first what all objects have in common (deletion,
/// observed generation, Reconciling, Stalled), then the rules of the built-in kinds, then a Ready condition.
public final class HealthOf {

    private HealthOf() {}

    public static Health object(Mapping object) {
        var apiVersion = object.text("apiVersion").orElse("");
        return object(Gvk.of(apiVersion, object.text("kind").orElse("")), object);
    }

    /// For an item of a list, which carries no kind of its own.
    public static Health object(Gvk gvk, Mapping object) {
        return common(object)
                .or(() -> Workloads.health(gvk, object))
                .or(() -> Builtins.health(gvk, object))
                .orElseGet(() -> generic(object));
    }

    private static Optional<Health> common(Mapping object) {
        if (object.at("metadata", "deletionTimestamp") instanceof Value.Text) {
            return Optional.of(new Health(State.TERMINATING, "Terminating", "is being deleted"));
        }
        var generation = object.whole("metadata", "generation");
        var observed = object.whole("status", "observedGeneration");
        if (generation.isPresent() && observed.isPresent() && !generation.equals(observed)) {
            return Optional.of(progress(
                    "LatestGenerationNotObserved",
                    "its controller has seen generation %d of %d".formatted(observed.get(), generation.get())));
        }
        var reconciling = condition(object, "Reconciling").filter(Seen::holds);
        if (reconciling.isPresent()) {
            return Optional.of(progress(
                    reconciling.get().reason("Reconciling"), reconciling.get().message()));
        }
        return condition(object, "Stalled")
                .filter(Seen::holds)
                .map(stalled -> failed(stalled.reason("Stalled"), stalled.message()));
    }

    private static Health generic(Mapping object) {
        return condition(object, "Ready")
                .map(ready -> ready.holds() ? Health.CURRENT : progress(ready.reason("NotReady"), ready.message()))
                .orElse(Health.CURRENT);
    }

    static Health progress(String reason, String message) {
        return new Health(State.IN_PROGRESS, reason, message);
    }

    static Health failed(String reason, String message) {
        return new Health(State.FAILED, reason, message);
    }

    /// A condition as a live object has it; its texts are untrusted.
    record Seen(Condition.Status status, String reasonText, String message) {
        boolean holds() {
            return status == Condition.Status.TRUE;
        }

        boolean denied() {
            return status == Condition.Status.FALSE;
        }

        String reason(String otherwise) {
            return reasonText.isEmpty() ? otherwise : reasonText;
        }
    }

    static Optional<Seen> condition(Mapping object, String type) {
        for (var condition : object.sequence("status", "conditions").mappings()) {
            if (condition.text("type").filter(type::equals).isEmpty()) continue;
            var status = switch (condition.text("status").orElse("")) {
                case "True" -> Condition.Status.TRUE;
                case "False" -> Condition.Status.FALSE;
                default -> Condition.Status.UNKNOWN;
            };
            return Optional.of(new Seen(
                    status,
                    condition.text("reason").orElse(""),
                    shortened(condition.text("message").orElse(""))));
        }
        return Optional.empty();
    }

    private static String shortened(String message) {
        return message.length() <= 300 ? message : message.substring(0, 300) + "…";
    }
}
