package dev.holdfast.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.AppName;
import dev.holdfast.model.PlacementKey;
import dev.holdfast.runtime.queue.Backoff;
import dev.holdfast.runtime.queue.Lane;
import dev.holdfast.runtime.queue.WorkQueue;
import dev.holdfast.testkit.SimulatedTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AfterworkTest {

    private static final PlacementKey ONE = key("one");
    private static final PlacementKey OTHER = key("other");

    private final SimulatedTasks tasks = new SimulatedTasks(1, Instant.parse("2026-01-01T00:00:00Z"));
    private final WorkQueue<PlacementKey> queue =
            new WorkQueue<>(tasks, new Random(1), new WorkQueue.Limits(1, Backoff.DEFAULT), PlacementKey::cluster);
    private final Afterwork afterwork = new Afterwork(tasks, queue);
    private final List<String> done = new ArrayList<>();

    private static PlacementKey key(String app) {
        return new PlacementKey("test", new AppName("default", app), "here", "in-cluster");
    }

    /// Works on what is called, one second each.
    private void work() {
        while (true) {
            var taken = queue.take();
            var word = afterwork.called(taken.key()) ? "afterwork of " : "work on ";
            done.add(word + taken.key().app().name());
            tasks.sleepUntil(tasks.now().plusSeconds(1));
            queue.done(taken.key());
        }
    }

    private void play(Runnable story) {
        tasks.run(
                () -> {
                    var afterworker = tasks.spawn("afterwork", afterwork::run);
                    var worker = tasks.spawn("work", this::work);
                    story.run();
                    afterworker.cancel();
                    worker.cancel();
                },
                Duration.ofHours(1));
    }

    @Test
    void waitsUntilNothingElseIsToBeDone() {
        play(() -> {
            queue.add(OTHER, Lane.WATCH);
            afterwork.add(ONE);
            tasks.sleepUntil(tasks.now().plusSeconds(10));
        });

        assertThat(done).containsExactly("work on other", "afterwork of one");
    }

    @Test
    void isDoneInTimeAlsoWhereWorkNeverEnds() {
        play(() -> {
            afterwork.add(ONE);
            for (int i = 0; i < 40; i++) {
                queue.add(OTHER, Lane.WATCH);
                tasks.sleepUntil(tasks.now().plusMillis(900));
            }
        });

        assertThat(done).contains("afterwork of one");
        assertThat(done.indexOf("afterwork of one")).isGreaterThan(10);
    }

    @Test
    void isForgottenWithItsPlacement() {
        play(() -> {
            afterwork.add(ONE);
            afterwork.forget(ONE);
            tasks.sleepUntil(tasks.now().plusSeconds(60));
        });

        assertThat(done).isEmpty();
    }
}
