package dev.holdfast.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./dev demo --once`, as a test: each step needs those before it, so the first that fails ends the story.
@Tag("slow")
class StoryTest {

    @Test
    void theStoryIsTrueFromTheFirstSyncToTheDeletion(@TempDir Path folder) {
        try (var world = Surroundings.start(folder)) {
            var told = new ArrayList<String>();
            for (var step : new Story(world).steps()) {
                try {
                    told.add(step.title() + ": " + step.play().run());
                } catch (RuntimeException | AssertionError wrong) {
                    throw new AssertionError(
                            step.title() + ": " + wrong.getMessage() + "\nbefore it: " + told + "\n" + world.logs(),
                            wrong);
                }
            }
            assertThat(told).hasSize(16);
        }
    }
}
