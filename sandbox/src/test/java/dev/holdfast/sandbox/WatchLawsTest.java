package dev.holdfast.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.testkit.SimulatedTasks;
import dev.holdfast.yaml.JsonReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class WatchLawsTest {

    private static final String SECRETS = "/api/v1/namespaces/default/secrets";

    /// Numbers below 12 write one of four objects, the others delete one.
    @Property(tries = 15)
    void watchFromAnyVersionReplaysToTheListedState(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 15) Integer> steps,
            @ForAll @IntRange(max = 29) int from) {
        var tasks = new SimulatedTasks(1, Instant.parse("2026-11-21T12:00:00Z"));
        tasks.run(
                () -> {
                    try (var sandbox = Sandbox.start(SandboxOptions.inMemory(1), tasks)) {
                        check(sandbox, steps, from % steps.size());
                    }
                },
                Duration.ofHours(1));
    }

    private static void check(Sandbox sandbox, List<Integer> steps, int from) {
        var client = new Client(sandbox.direct());
        var versions = new ArrayList<Long>();
        var start = client.get(SECRETS);
        for (int i = 0; i < steps.size(); i++) {
            if (i == from) start = client.get(SECRETS);
            step(client, steps.get(i));
            versions.add(version(client.get(SECRETS)));
        }
        assertThat(versions).isSorted();
        var objects = new TreeMap<String, String>();
        for (var item : start.sequence("items").mappings()) put(objects, item);
        var end = client.get(SECRETS);
        var target = SECRETS + "?watch=true&timeoutSeconds=1&resourceVersion=" + version(start);
        long last = version(start);
        try (var stream = sandbox.direct().open(Request.get(target))) {
            for (var line = stream.nextLine(); line != null; line = stream.nextLine()) {
                var event = JsonReader.readObject(line);
                var object = event.mapping("object");
                assertThat(version(object)).isGreaterThan(last);
                last = version(object);
                if (event.text("type").orElse("").equals("DELETED")) objects.remove(name(object));
                else put(objects, object);
            }
        }
        var listed = new TreeMap<String, String>();
        for (var item : end.sequence("items").mappings()) put(listed, item);
        assertThat(objects).isEqualTo(listed);
    }

    private static void step(Client client, int step) {
        var name = "s" + step % 4;
        if (step >= 12) {
            client.delete(SECRETS + "/" + name);
            return;
        }
        client.apply(SECRETS + "/" + name, """
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "%s"}, "data": {"n": "%s"}}
                """.formatted(name, "AAA" + (char) ('A' + step)));
    }

    private static void put(TreeMap<String, String> objects, Mapping object) {
        objects.put(name(object), object.text("metadata", "resourceVersion").orElseThrow());
    }

    private static String name(Mapping object) {
        return object.text("metadata", "name").orElseThrow();
    }

    private static long version(Mapping object) {
        return Long.parseLong(object.text("metadata", "resourceVersion").orElseThrow());
    }
}
