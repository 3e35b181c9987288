package dev.holdfast.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.ApiTransport.Reply;
import dev.holdfast.testkit.SimulatedTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// A write and its dry run say the same, and the dry run leaves everything as it was.
class DryRunLawsTest {

    private static final String SERVICES = "/api/v1/namespaces/default/services";

    record Step(String method, String type, String body, String query) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        var port = Arbitraries.of("80", "81", "0", "\"web\"");
        var name = Arbitraries.of("a", "b");
        var ports = Combinators.combine(port, name)
                .as((number, word) -> "{\"name\": \"%s\", \"port\": %s}".formatted(word, number))
                .list()
                .ofMinSize(1)
                .ofMaxSize(2);
        var spec = Combinators.combine(ports, Arbitraries.of("None", "ClientIP", "Other"))
                .as((list, affinity) ->
                        "{\"ports\": [%s], \"sessionAffinity\": \"%s\"}".formatted(String.join(", ", list), affinity));
        var kinds = Arbitraries.of(
                "PATCH application/apply-patch+yaml fieldManager=one",
                "PATCH application/apply-patch+yaml fieldManager=two&force=true",
                "PATCH application/merge-patch+json fieldManager=editor",
                "PATCH application/strategic-merge-patch+json fieldManager=editor",
                "PUT application/json fieldManager=putter",
                "DELETE application/json x=y");
        return Combinators.combine(kinds, spec)
                .as((kind, body) -> {
                    var words = kind.split(" ");
                    var object =
                            "{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"s\"}, \"spec\": "
                                    + body + "}";
                    var deletes = words[0].equals("DELETE");
                    return new Step(words[0], words[1], deletes ? "" : object, words[2]);
                })
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Property(tries = 60)
    void aDryRunSaysWhatTheWriteDoesAndDoesNothing(@ForAll("steps") List<Step> steps) {
        var tasks = new SimulatedTasks(1, Instant.parse("2026-11-21T12:00:00Z"));
        tasks.run(
                () -> {
                    try (var sandbox = Sandbox.start(SandboxOptions.inMemory(1), tasks)) {
                        var client = new Client(sandbox.direct());
                        for (var step : steps) check(client, step);
                    }
                },
                Duration.ofHours(1));
    }

    private static void check(Client client, Step step) {
        var before = client.get(SERVICES);
        var target = SERVICES + "/s?" + step.query();
        var dry = client.call(step.method(), target + "&dryRun=All", step.type(), step.body());
        assertThat(client.get(SERVICES)).isEqualTo(before);
        var real = client.call(step.method(), target, step.type(), step.body());
        assertThat(dry.status()).as(step.toString()).isEqualTo(real.status());
        assertThat(comparable(dry)).as(step.toString()).isEqualTo(comparable(real));
    }

    /// Without what is made up anew for every creation.
    private static Mapping comparable(Reply reply) {
        var object = Client.body(reply);
        if (!object.text("kind").orElse("").equals("Service")) return object;
        var spec = object.mapping("spec").without("clusterIP").without("clusterIPs");
        var metadata = object.mapping("metadata").without("resourceVersion");
        return object.with("spec", spec)
                .with("metadata", reply.status() == 201 ? metadata.with("uid", Value.of("")) : metadata);
    }
}
