package dev.holdfast.cluster;

import dev.holdfast.model.Discovery;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Tasks;
import dev.holdfast.yaml.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A Kubernetes API as the port describes it, over any transport: the only place that knows paths, query parameters
/// and media types. Bodies are written from our own values and never pass through a model of the Kubernetes types,
/// which would drop fields.
public final class KubernetesCluster implements Cluster {

    private static final String APPLY = "application/apply-patch+yaml";
    private static final String MERGE = "application/merge-patch+json";
    private static final String JSON_PATCH = "application/json-patch+json";

    private final String name;
    private final Calls calls;
    private final Lists lists;
    private final DiscoveryReader discovery;
    private final OpenApiDocuments documents;

    public KubernetesCluster(ApiTransport transport, Tasks tasks, ClusterSettings settings) {
        this.name = settings.name();
        this.calls = new Calls(transport, tasks, settings);
        this.lists = new Lists(calls);
        this.discovery = new DiscoveryReader(calls);
        this.documents = new OpenApiDocuments(calls);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Discovery discover() {
        return discovery.read();
    }

    @Override
    public Optional<Mapping> openApi(String apiVersion) {
        return documents.read(apiVersion);
    }

    @Override
    public Answer read(Address address, Caller caller) {
        return Calls.answer(calls.read(Calls.get(Targets.object(address), caller, Calls.JSON)));
    }

    @Override
    public Answer apply(Apply apply, Caller caller) {
        var target = new Targets.Query(Targets.object(apply.address()))
                .with("fieldManager", apply.fieldManager())
                .with("force", apply.conflicts() == Conflicts.FORCE ? "true" : "false")
                .withGiven("dryRun", apply.effect() == Effect.DRY_RUN ? "All" : "");
        return write("PATCH", target, caller, new Calls.Body(APPLY, JsonWriter.write(apply.body())));
    }

    @Override
    public Answer create(Address address, Mapping body, String fieldManager, Caller caller) {
        var target = new Targets.Query(Targets.creation(address)).with("fieldManager", fieldManager);
        return write("POST", target, caller, json(body));
    }

    @Override
    public Answer replace(Address address, Mapping body, String fieldManager, Caller caller) {
        var target = new Targets.Query(Targets.object(address)).with("fieldManager", fieldManager);
        return write("PUT", target, caller, json(body));
    }

    @Override
    public Answer patch(Address address, Patch patch, String fieldManager, Caller caller) {
        var target = new Targets.Query(Targets.object(address)).with("fieldManager", fieldManager);
        var body = switch (patch) {
            case Patch.Merge(var merge) -> new Calls.Body(MERGE, JsonWriter.write(merge));
            case Patch.Json(var operations) ->
                new Calls.Body(JSON_PATCH, JsonWriter.write(Sequence.of(List.copyOf(operations))));
        };
        return write("PATCH", target, caller, body);
    }

    @Override
    public Answer delete(Delete delete, Caller caller) {
        if (delete.uid().isEmpty()) throw new IllegalArgumentException("a delete names the uid of what it deletes");
        var preconditions =
                Mapping.builder().put("uid", delete.uid()).putIfPresent("resourceVersion", delete.resourceVersion());
        var propagation = switch (delete.propagation()) {
            case BACKGROUND -> "Background";
            case FOREGROUND -> "Foreground";
            case ORPHAN -> "Orphan";
        };
        var options = Mapping.builder()
                .put("apiVersion", "v1")
                .put("kind", "DeleteOptions")
                .put("preconditions", preconditions.build())
                .put("propagationPolicy", propagation)
                .build();
        return write("DELETE", new Targets.Query(Targets.object(delete.address())), caller, json(options));
    }

    private Answer write(String method, Targets.Query target, Caller caller, Calls.Body body) {
        return calls.answer(Calls.write(method, target.toString(), caller, body));
    }

    private static Calls.Body json(Mapping body) {
        return new Calls.Body(Calls.JSON, JsonWriter.write(body));
    }

    /// Objects are handed on when the last page is here: a list that has to start over midway leaves no trace.
    @Override
    public String list(Selection selection, Caller caller, Consumer<Mapping> each) {
        var whole = new ArrayList<Mapping>();
        var version = lists.read(selection, caller, whole::clear, whole::add);
        whole.forEach(each);
        return version;
    }

    @Override
    public void follow(Selection selection, Follower follower) {
        new Following(calls, lists, selection, follower).run();
    }
}
