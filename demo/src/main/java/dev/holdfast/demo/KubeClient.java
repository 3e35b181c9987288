package dev.holdfast.demo;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Reply;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What a person with kubectl does in the story, over the same HTTP.
final class KubeClient {

    private final ApiTransport transport;

    KubeClient(ApiTransport transport) {
        this.transport = transport;
    }

    /// The object at a path such as `/api/v1/namespaces/shop/configmaps/greeting`; empty where there is none.
    Optional<Mapping> find(String path) {
        var reply = transport.send(Request.get(path));
        return reply.status() == 404 ? Optional.empty() : Optional.of(body(reply, "GET " + path));
    }

    boolean answers(String path) {
        return transport.send(Request.get(path)).ok();
    }

    Mapping get(String path) {
        return find(path).orElseThrow(() -> new AssertionError("there is no " + path));
    }

    List<Mapping> list(String path) {
        return find(path).map(list -> list.sequence("items").mappings()).orElse(List.of());
    }

    void create(String collection, Mapping object) {
        body(send("POST", collection, "application/json", object), "POST " + collection);
    }

    /// As `kubectl edit` would: a merge patch under its manager's name.
    void edit(String path, Mapping change) {
        body(
                send("PATCH", path + "?fieldManager=kubectl-edit", "application/merge-patch+json", change),
                "PATCH " + path);
    }

    void delete(String path) {
        body(send("DELETE", path, "application/json", Mapping.EMPTY), "DELETE " + path);
    }

    private Reply send(String method, String target, String type, Mapping body) {
        var headers = List.of(new Header("Accept", "application/json"), new Header("Content-Type", type));
        return transport.send(new Request(method, target, headers, JsonWriter.write(body)));
    }

    private static Mapping body(Reply reply, String doing) {
        if (reply.ok()) return JsonReader.readObject(reply.body());
        throw new AssertionError(
                doing + ": " + reply.status() + " " + new String(reply.body(), StandardCharsets.UTF_8));
    }

    static Mapping configMap(String name, Mapping data) {
        return Mapping.builder()
                .put("apiVersion", "v1")
                .put("kind", "ConfigMap")
                .put("metadata", Mapping.of("name", Value.of(name)))
                .put("data", data)
                .build();
    }

    static List<String> names(List<Mapping> objects) {
        return objects.stream()
                .flatMap(object -> object.text("metadata", "name").stream())
                .toList();
    }
}
