package dev.holdfast.runtime.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.AppName;
import dev.holdfast.model.PlacementKey;
import dev.holdfast.testkit.SimulatedTasks;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HeavyRendersTest {

    private static final PlacementKey HUGE = key("huge");
    private static final PlacementKey SMALL = key("small");

    private final SimulatedTasks tasks = new SimulatedTasks(1, Instant.parse("2026-01-01T00:00:00Z"));
    private boolean crowded = true;

    private static PlacementKey key(String app) {
        return new PlacementKey("test", new AppName("default", app), "here", "in-cluster");
    }

    private HeavyRenders renders() {
        var renders = new HeavyRenders(tasks, () -> crowded);
        renders.took(HUGE, Duration.ofSeconds(2));
        renders.took(SMALL, Duration.ofMillis(3));
        return renders;
    }

    private void play(Runnable story) {
        tasks.run(story, Duration.ofHours(1));
    }

    @Test
    void onlyWhatTookLongGivesWay() {
        play(() -> {
            var renders = renders();

            assertThat(renders.givesWay(SMALL)).isFalse();
            assertThat(renders.givesWay(key("new"))).isFalse();
            assertThat(renders.givesWay(HUGE)).isTrue();
            assertThat(renders.waits(HUGE)).isTrue();
        });
    }

    @Test
    void whereNobodyElseIsWokenItWaitsAMomentOnly() {
        play(() -> {
            var renders = renders();
            crowded = false;

            assertThat(renders.givesWay(HUGE)).isTrue();
            tasks.sleepUntil(tasks.now().plusMillis(250));
            assertThat(renders.givesWay(HUGE)).isFalse();
        });
    }

    @Test
    void itsTurnComesAlsoWhereOthersNeverEnd() {
        play(() -> {
            var renders = renders();
            var begun = tasks.now();
            while (renders.givesWay(HUGE)) tasks.sleepUntil(tasks.now().plusMillis(250));

            assertThat(Duration.between(begun, tasks.now())).isEqualTo(Duration.ofSeconds(5));
        });
    }

    @Test
    void whatIsNotDueAnyMoreWaitsForNothing() {
        play(() -> {
            var renders = renders();
            assertThat(renders.givesWay(HUGE)).isTrue();
            renders.nothingDue(HUGE);

            assertThat(renders.waits(HUGE)).isFalse();
        });
    }
}
