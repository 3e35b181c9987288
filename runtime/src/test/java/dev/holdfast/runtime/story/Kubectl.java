package dev.holdfast.runtime.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Requests as kubectl makes them: its media types, its field managers, its user agent.
final class Kubectl {

    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final String MERGE = "application/merge-patch+json";
    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";
    private static final List<Header> COMMON = List.of(
            new Header("Accept", "application/json"),
            new Header("User-Agent", "kubectl/v1.36.0 (linux/amd64) kubernetes/0000000"));

    private final ApiTransport transport;

    Kubectl(ApiTransport transport) {
        this.transport = transport;
    }

    /// Strategic merge patches are for built-in kinds only; for others kubectl falls back to merge patches.
    enum Family {
        BUILT_IN(STRATEGIC),
        CUSTOM(MERGE);

        private final String patch;

        Family(String patch) {
            this.patch = patch;
        }
    }

    Mapping get(String target) {
        return done(new Request("GET", target, COMMON, null));
    }

    Mapping edit(String target, Family family, Mapping change) {
        return send("PATCH", target + "?fieldManager=kubectl-edit", family.patch, change);
    }

    Mapping patch(String target, Family family, Mapping change) {
        return send("PATCH", target + "?fieldManager=kubectl-patch", family.patch, change);
    }

    /// `kubectl patch --dry-run=server -o yaml`: what a person would write into a file, and replace.
    Mapping draft(String target, Family family, Mapping change) {
        return send("PATCH", target + "?fieldManager=kubectl-patch&dryRun=All", family.patch, change);
    }

    /// `kubectl patch --type=merge`.
    Mapping merge(String target, Mapping change) {
        return send("PATCH", target + "?fieldManager=kubectl-patch", MERGE, change);
    }

    /// `kubectl patch --type=json`, removing one thing.
    Mapping remove(String target, String pointer) {
        var operation =
                Mapping.builder().put("op", "remove").put("path", pointer).build();
        return send("PATCH", target + "?fieldManager=kubectl-patch", JSON_PATCH, Sequence.of(List.of(operation)));
    }

    /// kubectl gives no field manager here: the server takes the program's name.
    Mapping scale(String target, long replicas) {
        return send("PATCH", target + "/scale", MERGE, Mapping.of("spec", Mapping.of("replicas", Value.of(replicas))));
    }

    /// `null` removes the label, as `kubectl label KEY-` does.
    Mapping label(String target, Mapping labels) {
        var change = Mapping.of("metadata", Mapping.of("labels", labels));
        return send("PATCH", target + "?fieldManager=kubectl-label", MERGE, change);
    }

    /// kubectl fills in the live resourceVersion where the file has none.
    Mapping replace(String target, Mapping object) {
        var version = get(target).text("metadata", "resourceVersion").orElseThrow();
        var sent = object.with(List.of("metadata", "resourceVersion"), Value.of(version));
        return send("PUT", target + "?fieldManager=kubectl-replace", "application/json", sent);
    }

    /// `kubectl apply --server-side --force-conflicts --field-manager=MANAGER`.
    Mapping apply(String target, String manager, Mapping object) {
        return send("PATCH", target + "?force=true&fieldManager=" + manager, APPLY, object);
    }

    private Mapping send(String method, String target, String type, Value body) {
        var headers = new java.util.ArrayList<>(COMMON);
        headers.add(new Header("Content-Type", type));
        return done(new Request(method, target, headers, JsonWriter.write(body)));
    }

    private Mapping done(Request request) {
        var reply = transport.send(request);
        assertThat(reply.ok())
                .as(() -> request + ": " + new String(reply.body(), StandardCharsets.UTF_8))
                .isTrue();
        return JsonReader.readObject(reply.body());
    }
}
