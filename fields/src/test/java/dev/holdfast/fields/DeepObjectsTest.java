package dev.holdfast.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.testkit.HalfAStack;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The deepest object that the readers let through is merged on half of a stack.
class DeepObjectsTest {

    private static final int LEVELS = 498;
    private static final Schema SCHEMA = Schema.unknown(Gvk.of("example.com/v1", "Deep"));
    private static final ServerSideApply RULES = ServerSideApply.of(SCHEMA);

    @Test
    void areAppliedTwiceAndComparedOnHalfAStack() throws InterruptedException {
        var one = deep("1");
        var two = deep("2");

        assertThat(HalfAStack.run(() -> {
                    var first = apply(Mapping.EMPTY, ManagedFields.NONE, one, "a");
                    var managed = ManagedFields.parse(first.managed().print());
                    var second = apply(first.object(), managed, two, "b");
                    assertThat(second.object()).isEqualTo(two);
                    assertThat(Comparison.between(one, two, SCHEMA).isEmpty()).isFalse();
                    assertThat(Projection.of(
                                    two, second.managed().entries().getLast().fields()))
                            .isNotEqualTo(Mapping.EMPTY);
                }))
                .isEmpty();
    }

    private static Applied.Merged apply(Mapping live, ManagedFields managed, Mapping config, String manager) {
        var writer = new Writer(manager, "example.com/v1", Instant.EPOCH);
        return (Applied.Merged) RULES.apply(live, managed, config, writer, Conflicts.FORCE);
    }

    private static Mapping deep(String text) {
        Value value = Value.of(text);
        for (int i = 0; i < LEVELS; i++) value = Mapping.of("a", value);
        return Mapping.builder()
                .put("apiVersion", Value.of("example.com/v1"))
                .put("kind", Value.of("Deep"))
                .put("spec", value)
                .build();
    }
}
