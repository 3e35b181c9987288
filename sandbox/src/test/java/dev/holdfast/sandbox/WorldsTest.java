package dev.holdfast.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Digest;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.controller.Controllers.Pace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Worlds are cheap, and the same from the same seed.
class WorldsTest {

    /// Everything that a client can see of a world after a rollout that fails and one that succeeds.
    private static String life(long seed) {
        var seen = new ArrayList<Value>();
        World.run(seed, Pace.BRISK, world -> {
            world.apply("apps", "deployments/web", World.deployment("web:fail-crash", 3, ""));
            world.pause(60);
            world.apply("apps", "deployments/web", World.deployment("web:2", 3, ""));
            world.pause(60);
            for (var path : List.of("pods", "events", "configmaps", "serviceaccounts")) seen.add(world.get("", path));
            for (var path : List.of("deployments", "replicasets")) seen.add(world.get("apps", path));
        });
        return Digest.of(Value.of(seen)).hex();
    }

    @Test
    void theSameSeedMakesTheSameLife() {
        assertThat(life(5)).isEqualTo(life(5));
        assertThat(life(5)).isNotEqualTo(life(6));
    }

    @Test
    void aThousandWorldsAreMadeUsedAndDropped() {
        for (int i = 0; i < 1_000; i++) {
            World.run(i, Pace.BRISK, world -> {
                world.client().applyConfigMap("a", "1");
                assertThat(world.client().get(World.path("", "configmaps/a")).text("data", "a"))
                        .contains("1");
            });
        }
    }
}
