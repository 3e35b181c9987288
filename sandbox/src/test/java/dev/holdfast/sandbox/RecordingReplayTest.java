package dev.holdfast.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.sandbox.Replay.Sent;
import dev.holdfast.testkit.SharedCases;
import dev.holdfast.testkit.SimulatedTasks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Source: recorded on Kubernetes 1.36.2. Runs in simulated time that follows the recorded one, so that controllers
/// have as long for their work as the recorded ones had.
class RecordingReplayTest {

    private static final Duration PAUSE = Duration.ofMillis(40);

    /// The other ten send no value that could be another without an answer of another shape: nothing but names and
    /// nulls, or zero replicas.
    private static final long MOST_TO_CHANGE = 96;

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void answersAsTheRecordedServerDid(Retelling.Way way) throws IOException {
        var lines = Files.readAllLines(SharedCases.find("recordings/kubernetes-1.36/exchanges.jsonl"));
        var steps = new ArrayList<Replay.Step>();
        var tasks = new SimulatedTasks(1, Replay.BEFORE.minusSeconds(2));
        tasks.run(
                () -> {
                    try (var sandbox = Sandbox.start(SandboxOptions.inMemory(1), tasks)) {
                        var replay = new Replay(
                                sandbox.direct(),
                                time -> {
                                    var soon = tasks.now().plus(PAUSE);
                                    tasks.sleepUntil(time.isAfter(soon) ? time : soon);
                                },
                                lines,
                                way);
                        steps.addAll(replay.run());
                    }
                },
                Duration.ofHours(1));
        var passed = new TreeMap<String, Integer>();
        var failed = new TreeMap<String, Integer>();
        for (var step : steps) {
            (step.passed() ? passed : failed).merge(step.scenario(), 1, Integer::sum);
            if (!step.passed()) report(step);
        }
        var names = new TreeMap<>(passed);
        names.putAll(failed);
        for (var name : names.keySet()) {
            System.out.println(way + " " + name + ": " + passed.getOrDefault(name, 0) + " passed, "
                    + failed.getOrDefault(name, 0) + " failed");
        }
        var bodies = steps.stream().filter(step -> step.sent() != Sent.NO_BODY).toList();
        var others =
                bodies.stream().filter(step -> step.sent() == Sent.OTHERWISE).count();
        System.out.println(way + ": " + steps.size() + " exchanges, " + bodies.size() + " with a body, " + others
                + " of them told otherwise");
        if (way == Retelling.Way.CHANGED) {
            bodies.stream()
                    .filter(step -> step.sent() == Sent.AS_RECORDED)
                    .forEach(step -> System.out.println("    as recorded: " + step.scenario() + " / " + step.step()));
            assertThat(others).as("bodies with another value").isGreaterThanOrEqualTo(MOST_TO_CHANGE);
        }
        floor().forEach((scenario, atLeast) -> assertThat(passed.getOrDefault(scenario, 0))
                .as("exchanges of " + scenario)
                .isGreaterThanOrEqualTo(atLeast));
    }

    private static void report(Replay.Step step) {
        System.out.println("differs: " + step.scenario() + " / " + step.step());
        step.differences().stream().limit(3).forEach(difference -> System.out.println("    " + difference));
    }

    private static Map<String, Integer> floor() throws IOException {
        try (var file = RecordingReplayTest.class.getResourceAsStream("/replay-floor.txt")) {
            var floor = new TreeMap<String, Integer>();
            List<String> lines = file == null
                    ? List.of()
                    : new String(file.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
            for (var line : lines) {
                var words = line.split(" ");
                if (!line.startsWith("#")) floor.put(words[0], Integer.parseInt(words[1]));
            }
            return floor;
        }
    }
}
