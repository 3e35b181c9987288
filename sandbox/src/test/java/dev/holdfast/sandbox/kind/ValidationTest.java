package dev.holdfast.sandbox.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The refusals that were recorded, word for word.
class ValidationTest {

    @TestFactory
    Stream<DynamicTest> acceptsWhatWasAccepted() {
        return Recorded.defaultingPairs().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    var stored = Recorded.file("kubernetes-1.34/defaults/" + name + ".out.json");
                    var gvk = Recorded.gvk(stored);
                    assertThat(Validation.check(gvk, stored, Optional.empty())).isEmpty();
                    assertThat(Validation.check(gvk, stored, Optional.of(stored)))
                            .isEmpty();
                }));
    }

    @Test
    void refusesBadNamesAsRecorded() {
        created(Recorded.exchange("update-and-patch", "bad name"));
        created(Recorded.exchange("update-and-patch", "data key invalid"));
    }

    @Test
    void refusesNegativeScaleAsRecorded() {
        var exchange = Recorded.exchange("subresources", "negative scale");
        var scale = Recorded.exchange("subresources", "get scale").answered();
        var patched = scale.with("spec", exchange.body().mapping("spec"));
        compare(Gvk.of("autoscaling/v1", "Scale"), patched, Optional.of(scale), exchange.answered());
    }

    @Test
    void refusesAnotherUidAsRecorded() {
        var old = Recorded.exchange("apply-configmap", "own uid").answered();
        var exchange = Recorded.exchange("apply-configmap", "other uid");
        var changed = old.with(
                List.of("metadata", "uid"),
                Value.of(exchange.body().text("metadata", "uid").orElse("")));
        compare(Gvk.of("v1", "ConfigMap"), changed, Optional.of(old), exchange.answered());
    }

    @Test
    void refusesNewFinalizersOfTerminatingObjectsAsRecorded() {
        var old = Recorded.exchange("delete", "terminating: apply").answered();
        var exchange = Recorded.exchange("delete", "terminating: add finalizer");
        var finalizers = old.sequence("metadata", "finalizers").plus(Value.of("example.com/y"));
        var changed = old.with(List.of("metadata", "finalizers"), finalizers);
        compare(Gvk.of("v1", "ConfigMap"), changed, Optional.of(old), exchange.answered());
    }

    @Test
    void refusesAnotherSelectorAsRecorded() {
        var gvk = Gvk.of("apps/v1", "Deployment");
        var old = Recorded.exchange("apply-deployment", "quantity normalised").answered();
        var label = Recorded.json("{\"app\":\"other\"}");
        var changed = old.with(List.of("spec", "selector", "matchLabels"), label)
                .with(List.of("spec", "template", "metadata", "labels"), label);
        compare(
                gvk,
                changed,
                Optional.of(old),
                Recorded.exchange("apply-deployment", "selector changed").answered());
    }

    @Test
    void collectsAllErrorsAsRecorded() {
        var old = Recorded.file("kubernetes-1.34/defaults/deployment.out.json");
        var changed = old.with(List.of("spec", "selector", "matchLabels", "a"), Value.of("c"));
        var answer = Recorded.httpBody("kubernetes-1.34/immutable-selector.http");
        compare(Gvk.of("apps/v1", "Deployment"), changed, Optional.of(old), answer);
    }

    private static void created(Recorded.Exchange exchange) {
        var gvk = Recorded.gvk(exchange.body());
        compare(gvk, exchange.body(), Optional.empty(), exchange.answered());
    }

    private static void compare(Gvk gvk, Mapping object, Optional<Mapping> old, Mapping status) {
        var errors = Validation.check(gvk, object, old);
        var name = object.text("metadata", "name").orElse("");
        assertThat(FieldError.message(gvk, name, errors))
                .isEqualTo(status.text("message").orElse(""));
        assertThat(causes(errors)).isEqualTo(status.sequence("details", "causes"));
    }

    static Sequence causes(List<FieldError> errors) {
        var causes = new ArrayList<Value>();
        for (var error : errors) {
            causes.add(Mapping.builder()
                    .put("reason", error.reason().word())
                    .put("message", error.message())
                    .put("field", error.field())
                    .build());
        }
        return Sequence.of(causes);
    }
}
