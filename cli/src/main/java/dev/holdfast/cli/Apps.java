package dev.holdfast.cli;

import dev.holdfast.model.AppName;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Reply;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// App objects in a cluster, over bytes: the only thing that most commands read and write, with the caller's own
/// rights.
final class Apps {

    private static final String BASE = "/apis/holdfast.dev/v1alpha1";
    private static final String PLURAL = "holdfastapps";

    private final ApiTransport transport;

    Apps(ApiTransport transport) {
        this.transport = transport;
    }

    /// All Apps of a namespace, or of all namespaces.
    Mapping list(Optional<String> namespace) {
        return body(transport.send(Request.get(collection(namespace))), "list Apps" + where(namespace));
    }

    Mapping get(AppName app) {
        var reply = transport.send(Request.get(target(app)));
        if (reply.status() == 404) throw absent(app, reply);
        return body(reply, "read App " + app);
    }

    Optional<Mapping> find(AppName app) {
        var reply = transport.send(Request.get(target(app)));
        if (reply.status() == 404) return Optional.empty();
        return Optional.of(body(reply, "read App " + app));
    }

    /// A JSON merge patch.
    Mapping patch(AppName app, Mapping change) {
        var headers = List.of(
                new Header("Accept", "application/json"), new Header("Content-Type", "application/merge-patch+json"));
        var reply = transport.send(
                new Request("PATCH", target(app) + "?fieldManager=holdfast-cli", headers, JsonWriter.write(change)));
        if (reply.status() == 404) throw absent(app, reply);
        return body(reply, "change App " + app);
    }

    Mapping annotate(AppName app, String key, String value) {
        return patch(app, Mapping.of("metadata", Mapping.of("annotations", Mapping.of(key, Value.of(value)))));
    }

    void delete(AppName app, String uid) {
        var options = Mapping.builder()
                .put("apiVersion", "v1")
                .put("kind", "DeleteOptions")
                .put("preconditions", Mapping.of("uid", Value.of(uid)))
                .build();
        var headers = List.of(new Header("Accept", "application/json"), new Header("Content-Type", "application/json"));
        var reply = transport.send(new Request("DELETE", target(app), headers, JsonWriter.write(options)));
        if (reply.status() != 404) body(reply, "delete App " + app);
    }

    /// What to follow, from which version of a list or object on, and for how long; the server ends the stream
    /// then.
    record Watching(Optional<String> namespace, Optional<String> name, String resourceVersion, long seconds) {}

    /// Follows changes until `more` says that it has seen enough, or the server ends the stream.
    void watch(Watching what, Predicate<Mapping> more) {
        var query = "?watch=true&resourceVersion=" + encoded(what.resourceVersion())
                + "&timeoutSeconds=" + what.seconds()
                + what.name()
                        .map(only -> "&fieldSelector=" + encoded("metadata.name=" + only))
                        .orElse("");
        try (var stream = transport.open(Request.get(collection(what.namespace()) + query))) {
            for (var line = stream.nextLine(); line != null; line = stream.nextLine()) {
                if (line.length > 0 && !more.test(JsonReader.readObject(line))) return;
            }
        }
    }

    private static String collection(Optional<String> namespace) {
        return BASE + namespace.map(name -> "/namespaces/" + encoded(name)).orElse("") + "/" + PLURAL;
    }

    private static String target(AppName app) {
        return collection(Optional.of(app.namespace())) + "/" + encoded(app.name());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String where(Optional<String> namespace) {
        return namespace.map(name -> " in namespace " + name).orElse(" in all namespaces");
    }

    private static Mapping body(Reply reply, String doing) {
        if (reply.ok()) return JsonReader.readObject(reply.body());
        var said = message(reply);
        throw switch (reply.status()) {
            case 401 ->
                Problem.of("Unauthorized", "cannot " + doing + ": " + said, "Sign in anew, or look at your kubeconfig");
            case 403 ->
                Problem.of(
                        "Forbidden",
                        "cannot " + doing + ": " + said,
                        "Ask for this right on holdfastapps.holdfast.dev");
            case 404 ->
                Problem.of(
                        "NotInstalled",
                        "cannot " + doing + ": this cluster knows no Apps",
                        "Start Holdfast there: holdfast up --context CONTEXT");
            default -> Problem.of("Refused", "cannot " + doing + ": " + reply.status() + " " + said, "");
        };
    }

    private static RuntimeException absent(AppName app, Reply reply) {
        // a missing object has a Status, a missing API plain text
        boolean status = reply.header("Content-Type").orElse("").contains("json");
        if (!status)
            return Problem.of("NotInstalled", "this cluster knows no Apps", "Start Holdfast there: holdfast up");
        return Problem.of("AppNotFound", "there is no App " + app, "See what there is: holdfast get apps -A");
    }

    private static String message(Reply reply) {
        try {
            return JsonReader.readObject(reply.body()).text("message").orElse("");
        } catch (FaultException unreadable) {
            var text = new String(reply.body(), StandardCharsets.UTF_8).strip();
            return text.length() > 200 ? text.substring(0, 200) + "…" : text;
        }
    }
}
