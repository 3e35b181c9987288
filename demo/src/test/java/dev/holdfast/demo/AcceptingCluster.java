package dev.holdfast.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cluster.ClusterSettings;
import dev.holdfast.cluster.KubernetesCluster;
import dev.holdfast.dialect.App;
import dev.holdfast.dialect.AppDefinition;
import dev.holdfast.dialect.AppDialect;
import dev.holdfast.model.Discovery.Scope;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Value;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.runtime.VirtualThreadTasks;
import dev.holdfast.sandbox.Sandbox;
import dev.holdfast.sandbox.SandboxOptions;
import dev.holdfast.yaml.JsonWriter;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A cluster that is given whole objects as a person writes them, and refuses any field that it does not know.
final class AcceptingCluster implements AutoCloseable {

    private final VirtualThreadTasks tasks =
            new VirtualThreadTasks(Duration.ofSeconds(5), (name, failure) -> System.err.println(name + ": " + failure));
    private final Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory(11), tasks);
    private final ApiTransport api = sandbox.direct();
    private final KubernetesCluster cluster =
            new KubernetesCluster(api, tasks, ClusterSettings.named("sandbox", RandomGenerator.getDefault()));
    private final List<String> accepted = new ArrayList<>();

    AcceptingCluster() {
        apply("the definition", AppDefinition.crd());
        Eventually.holds(
                "Apps are served",
                () -> cluster.discover()
                        .find(Gvk.of("holdfast.dev/v1alpha1", "App"))
                        .isPresent());
    }

    /// `Kind namespace/name` of all that was taken in.
    List<String> accepted() {
        return List.copyOf(accepted);
    }

    void accept(Block block) {
        for (var document : YamlReader.go2().documents(block.place(), block.text(), Limits.FILE)) {
            boolean whole = document instanceof Mapping object && object.has("apiVersion") && object.has("kind");
            if (!whole) continue;
            var object = (Mapping) document;
            apply(block.place(), object);
            if (object.text("kind").orElse("").equals("App")) {
                assertThat(AppDialect.read(object, "docs", Placement.Ending.NONE))
                        .as(block.place())
                        .isInstanceOf(App.Readable.class);
            }
        }
    }

    private void apply(String place, Mapping object) {
        var kind =
                Gvk.of(object.text("apiVersion").orElse(""), object.text("kind").orElse(""));
        var resource = cluster.discover().find(kind).orElseThrow(() -> new AssertionError(place + ": no " + kind));
        var namespace = object.text("metadata", "namespace").orElse("default");
        var name = object.text("metadata", "name").orElseThrow(() -> new AssertionError(place + ": no name"));
        boolean inside = resource.scope() == Scope.NAMESPACED;
        if (inside) send(place, "/api/v1/namespaces/" + namespace, namespace(namespace));
        var group = kind.group().isEmpty() ? "/api/" : "/apis/";
        var path = group + kind.apiVersion() + (inside ? "/namespaces/" + namespace : "") + "/" + resource.plural();
        send(place, path + "/" + name, object);
        accepted.add(kind.kind() + " " + (inside ? namespace + "/" : "") + name);
    }

    private void send(String place, String path, Mapping object) {
        var headers = List.of(
                new Header("Accept", "application/json"), new Header("Content-Type", "application/apply-patch+yaml"));
        var query = "?fieldManager=reader&force=true&fieldValidation=Strict";
        var reply = api.send(new Request("PATCH", path + query, headers, JsonWriter.write(object)));
        assertThat(reply.ok())
                .as(place + ": " + path + ": " + new String(reply.body(), StandardCharsets.UTF_8))
                .isTrue();
    }

    private static Mapping namespace(String name) {
        return Mapping.builder()
                .put("apiVersion", "v1")
                .put("kind", "Namespace")
                .put("metadata", Mapping.of("name", Value.of(name)))
                .build();
    }

    @Override
    public void close() {
        sandbox.close();
        tasks.close();
    }
}
