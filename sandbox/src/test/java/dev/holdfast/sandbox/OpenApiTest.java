package dev.holdfast.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Reply;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.port.Tasks;
import dev.holdfast.testkit.SharedCases;
import dev.holdfast.testkit.SimulatedTasks;
import dev.holdfast.yaml.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Source: the OpenAPI document recorded from Kubernetes 1.34.
class OpenApiTest {

    private static final String DEFINITION = """
            {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
             "metadata": {"name": "widgets.example.org"},
             "spec": {"group": "example.org", "scope": "Namespaced",
              "names": {"plural": "widgets", "singular": "widget", "kind": "Widget", "shortNames": ["wd"]},
              "versions": [{"name": "v1", "served": true, "storage": true, "subresources": {"status": {}},
               "schema": {"openAPIV3Schema": {"type": "object", "properties": {
                 "spec": {"type": "object", "required": ["size"],
                  "x-kubernetes-validations": [{"rule": "self.size < 100", "message": "size must be under 100"}],
                  "properties": {
                   "size": {"type": "integer", "minimum": 1},
                   "ports": {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
                     "items": {"type": "object", "required": ["name"],
                       "properties": {"name": {"type": "string"}, "port": {"type": "integer"}}}}}},
                 "status": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}}}}}]}}
            """;

    /// Of discovery and the version, which are no resources; and options that every group claims as its own.
    private static final Pattern ELSEWHERE = Pattern.compile(
            "\\.(API[A-Z]\\w+|GroupVersionForDiscovery|ServerAddressByClientCIDR|Info|WatchEvent|DeleteOptions)$");

    private static void inSandbox(BiConsumer<Client, Tasks> story) {
        var tasks = new SimulatedTasks(1, Instant.parse("2026-11-21T10:00:00Z"));
        tasks.run(
                () -> {
                    try (var sandbox = Sandbox.start(SandboxOptions.inMemory(1), tasks)) {
                        story.accept(new Client(sandbox.direct()), tasks);
                    }
                },
                Duration.ofHours(1));
    }

    private static void define(Client client, Tasks tasks) {
        client.call("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", "application/json", DEFINITION);
        tasks.sleepUntil(tasks.now().plusSeconds(2));
    }

    /// Without the words, which are nobody's but the author's, and without what a newer release has besides.
    private static Value bare(Value value, String key) {
        return switch (value) {
            case Mapping map ->
                map.map((name, inner) -> {
                            boolean word = name.equals("description") && !(inner instanceof Mapping);
                            // what is not said of a list means the same
                            boolean unsaid = name.equals("x-kubernetes-list-type") && inner.equals(Value.of("atomic"));
                            boolean granular =
                                    name.equals("x-kubernetes-map-type") && inner.equals(Value.of("granular"));
                            // which field belongs to which option is not held in our schemas
                            boolean union = name.equals("x-kubernetes-unions");
                            return word || unsaid || granular || union ? null : bare(inner, name);
                        })
                        .sorted();
            case Sequence list
            when key.equals("required") ->
                Value.texts(list.items().stream().map(Value::toString).sorted().toList());
            case Sequence list -> list.map(item -> bare(item, key));
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> value;
        };
    }

    private static String first(Value ours, Value theirs, String path) {
        if (ours instanceof Mapping one && theirs instanceof Mapping other) {
            for (var field : other) {
                var found = one.get(field.key());
                if (found == null) return path + "." + field.key() + " is missing: " + field.value();
                if (!found.equals(field.value())) return first(found, field.value(), path + "." + field.key());
            }
            for (var field : one)
                if (!other.has(field.key())) return path + "." + field.key() + " is too much: " + field.value();
        }
        return path + " is " + ours + ", not " + theirs;
    }

    @Test
    void theOlderDocumentDefinesWhatARealServersDoes() throws IOException {
        var recorded = JsonReader.readObject(
                Files.readAllBytes(SharedCases.find("recordings/kubernetes-1.34/openapi-v2.json")));
        inSandbox((client, tasks) -> {
            define(client, tasks);
            var served = client.get("/openapi/v2");
            assertThat(served.text("swagger")).contains("2.0");
            var differing = new ArrayList<String>();
            for (var definition : recorded.mapping("definitions")) {
                if (ELSEWHERE.matcher(definition.key()).find()) continue;
                var ours = served.mapping("definitions").get(definition.key());
                if (ours == null) differing.add(definition.key() + " is missing");
                else if (!bare(ours, "").equals(bare(definition.value(), ""))) {
                    differing.add(definition.key() + ": " + first(bare(ours, ""), bare(definition.value(), ""), ""));
                }
            }
            assertThat(differing).isEmpty();
            var paths = new ArrayList<String>();
            for (var path : recorded.mapping("paths")) {
                boolean special = path.key().contains("/watch/")
                        || path.key().endsWith("/")
                        || path.key().contains("{path}");
                if (!special && !served.mapping("paths").has(path.key())) paths.add(path.key());
            }
            assertThat(paths).isEmpty();
        });
    }

    private static Reply get(Client client, String target, String... headers) {
        var all = new ArrayList<Header>();
        for (int i = 0; i < headers.length; i += 2) all.add(new Header(headers[i], headers[i + 1]));
        return client.api().send(new Request("GET", target, all, null));
    }

    @Test
    void documentsCarryTagsAndAreNotSentTwice() {
        inSandbox((client, tasks) -> {
            var aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
            for (var target : List.of("/openapi/v2", "/openapi/v3", "/openapi/v3/apis/apps/v1", "/apis", "/api")) {
                var first = get(client, target, "Accept", aggregated + ",application/json");
                assertThat(first.status()).as(target).isEqualTo(200);
                var tag = first.header("Etag").orElseThrow();
                var again = get(client, target, "Accept", aggregated + ",application/json", "If-None-Match", tag);
                assertThat(again.status()).as(target).isEqualTo(304);
                assertThat(again.body()).isEmpty();
            }
            var before = get(client, "/openapi/v2").header("Etag");
            define(client, tasks);
            assertThat(get(client, "/openapi/v2").header("Etag")).isNotEqualTo(before);
        });
    }

    @Test
    void anAddressWithAnOldHashLeadsToTheNewOne() {
        inSandbox((client, tasks) -> {
            var index = client.get("/openapi/v3");
            var url = index.text("paths", "apis/apps/v1", "serverRelativeURL").orElseThrow();
            assertThat(get(client, url).status()).isEqualTo(200);
            var old = get(client, "/openapi/v3/apis/apps/v1?hash=ABC");
            assertThat(old.status()).isEqualTo(301);
            assertThat(old.header("Location")).contains(url);
        });
    }

    @Test
    void theNewerDocumentShowsADefinitionsOwnSchema() {
        inSandbox((client, tasks) -> {
            define(client, tasks);
            var spec = client.get("/openapi/v3/apis/example.org/v1")
                    .mapping("components", "schemas", "org.example.v1.Widget", "properties", "spec");
            assertThat(spec.whole("properties", "size", "minimum")).contains(1L);
            assertThat(spec.sequence("x-kubernetes-validations").size()).isEqualTo(1);
        });
    }

    @Test
    void aggregatedDiscoveryListsWhatARealServersDoes() throws IOException {
        var accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        for (var place : List.of("api", "apis")) {
            var file = SharedCases.find("recordings/kubernetes-1.34/" + place + "-aggregated-v2.json");
            var recorded = JsonReader.readObject(Files.readAllBytes(file));
            inSandbox((client, tasks) -> {
                define(client, tasks);
                var served = Client.body(get(client, "/" + place, "Accept", accept));
                var differing = new ArrayList<String>();
                for (var group : recorded.sequence("items").mappings()) {
                    for (var version : group.sequence("versions").mappings()) {
                        var name = group.text("metadata", "name").orElse("") + "/"
                                + version.text("version").orElse("");
                        for (var resource : version.sequence("resources").mappings()) {
                            boolean there = served.sequence("items").mappings().stream()
                                    .filter(each ->
                                            each.text("metadata", "name").equals(group.text("metadata", "name")))
                                    .flatMap(each -> each.sequence("versions").mappings().stream())
                                    .filter(each -> each.text("version").equals(version.text("version")))
                                    .anyMatch(each ->
                                            each.sequence("resources").items().contains(resource));
                            if (!there) differing.add(name + " " + resource);
                        }
                    }
                }
                assertThat(differing).isEmpty();
            });
        }
    }
}
