package dev.holdfast.sandbox;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.controller.Controllers.Pace;
import dev.holdfast.testkit.SimulatedTasks;
import java.time.Duration;
import java.time.Instant;

/// A sandbox in simulated time, and a test's way to talk to it and to let time pass.
record World(Sandbox sandbox, Client client, SimulatedTasks tasks) {

    static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    interface Story {
        void tell(World world);
    }

    static void run(Story story) {
        run(7, Pace.BRISK, story);
    }

    static void run(long seed, Pace pace, Story story) {
        var tasks = new SimulatedTasks(seed, START);
        tasks.run(
                () -> {
                    var options = SandboxOptions.inMemory(seed).withPace(pace);
                    try (var sandbox = Sandbox.start(options, tasks)) {
                        var world = new World(sandbox, new Client(sandbox.direct()), tasks);
                        // the controllers give every namespace its account and bundle
                        world.pause(1);
                        story.tell(world);
                    }
                },
                Duration.ofDays(2));
    }

    void pause(double seconds) {
        tasks.sleepUntil(tasks.now().plusMillis((long) (seconds * 1_000)));
    }

    static String path(String group, String rest) {
        return (group.isEmpty() ? "/api/v1" : "/apis/" + group + "/v1") + "/namespaces/default/" + rest;
    }

    Mapping get(String group, String rest) {
        return client.get(path(group, rest));
    }

    void apply(String group, String rest, String body) {
        var reply = client.apply(path(group, rest), body);
        if (!reply.ok()) throw new AssertionError(new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8));
    }

    void merge(String group, String rest, String patch) {
        var reply = client.call("PATCH", path(group, rest), "application/merge-patch+json", patch);
        if (!reply.ok()) throw new AssertionError(new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8));
    }

    /// The condition of a type, or an empty mapping.
    static Mapping condition(Mapping object, String type) {
        return object.sequence("status", "conditions").mappings().stream()
                .filter(condition -> condition.text("type").orElse("").equals(type))
                .findFirst()
                .orElse(Mapping.EMPTY);
    }

    static String reason(Mapping object, String type) {
        return condition(object, type).text("reason").orElse("");
    }

    /// A Deployment `web`; `more` are further fields of its spec.
    static String deployment(String image, int replicas, String more) {
        return """
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}, "spec": {
                 %s "replicas": %d, "selector": {"matchLabels": {"app": "web"}},
                 "template": {"metadata": {"labels": {"app": "web"}},
                  "spec": {"containers": [{"name": "c", "image": "%s"}]}}}}
                """.formatted(more.isEmpty() ? "" : more + ",", replicas, image);
    }
}
