package dev.holdfast.engine.world;

import dev.holdfast.engine.apply.Reply;
import dev.holdfast.fields.Applied;
import dev.holdfast.fields.BuiltinSchemas;
import dev.holdfast.fields.Conflicts;
import dev.holdfast.fields.ManagedFields;
import dev.holdfast.fields.Schemas;
import dev.holdfast.fields.ServerSideApply;
import dev.holdfast.fields.Writer;
import dev.holdfast.model.Discovery;
import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.Discovery.Scope;
import dev.holdfast.model.GroupKind;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// A cluster in a map: enough of an API server for the engine's tests. Ownership is computed by `fields`; replicas
/// are defaulted, and Deployments become ready at once, unless told otherwise.
public final class TestCluster {

    private static final Schemas SCHEMAS = BuiltinSchemas.load();
    private static final String HEALTHY_DEPLOYMENT = "healthy";

    public final TreeMap<Ref, Mapping> objects = new TreeMap<>();
    public final TreeMap<Ref, Reply> refusals = new TreeMap<>();
    public final TreeSet<Ref> finalized = new TreeSet<>();
    public final TreeSet<String> failedGroups = new TreeSet<>();
    public final List<String> log = new ArrayList<>();
    /// After that many writes the process dies, before the answer arrives.
    public int lives = Integer.MAX_VALUE;
    private final TreeMap<Ref, Gvk> versions = new TreeMap<>();
    private String deployments = HEALTHY_DEPLOYMENT;
    private int resourceVersion = 100;
    private int uids;
    private int seconds;

    public Discovery discovery() {
        var resources = new TreeMap<GroupKind, List<ApiResource>>();
        for (var gvk : List.of(
                new Gvk("", "v1", "ConfigMap"),
                new Gvk("", "v1", "Secret"),
                new Gvk("", "v1", "Service"),
                new Gvk("apps", "v1", "Deployment"))) {
            resources.put(gvk.groupKind(), List.of(resource(gvk, Scope.NAMESPACED)));
        }
        for (var gvk : List.of(
                new Gvk("", "v1", "Namespace"), new Gvk("apiextensions.k8s.io", "v1", "CustomResourceDefinition"))) {
            resources.put(gvk.groupKind(), List.of(resource(gvk, Scope.CLUSTER)));
        }
        for (var definition : objects.values()) {
            if (!definition
                    .text("kind")
                    .filter("CustomResourceDefinition"::equals)
                    .isPresent()) continue;
            var gvk = new Gvk(
                    definition.text("spec", "group").orElse(""),
                    "v1",
                    definition.text("spec", "names", "kind").orElse(""));
            resources.put(gvk.groupKind(), List.of(resource(gvk, Scope.NAMESPACED)));
        }
        failedGroups.forEach(
                group -> resources.keySet().removeIf(kind -> kind.group().equals(group)));
        return new Discovery(resources, failedGroups);
    }

    private static ApiResource resource(Gvk gvk, Scope scope) {
        return new ApiResource(gvk, gvk.kind().toLowerCase(Locale.ROOT) + "s", scope, new TreeSet<>(), new TreeSet<>());
    }

    public void deploymentsStay(String state) {
        deployments = state;
    }

    public Reply apply(Ref ref, Mapping body, String manager, Conflicts conflicts) {
        log.add("apply " + ref.words() + (conflicts == Conflicts.FORCE ? " forced" : ""));
        if (refusals.containsKey(ref)) return refusals.get(ref);
        var live = objects.get(ref);
        var outdated = precondition(live, body);
        if (!outdated.isEmpty()) return new Reply.Outdated(outdated);
        var gvk = Gvk.of(body.text("apiVersion").orElseThrow(), ref.kind());
        var merge = ServerSideApply.of(SCHEMAS.orUnknown(gvk));
        var writer = new Writer(manager, gvk.apiVersion(), time());
        var before = live == null ? Mapping.EMPTY : live;
        var config = body.with("metadata", body.mapping("metadata").without("resourceVersion"));
        return switch (merge.apply(before, ManagedFields.ofOrNone(before), config, writer, conflicts)) {
            case Applied.Conflicting found ->
                Reply.refused(new Reply.Refusal(
                        409,
                        "Conflict",
                        found.message(),
                        found.conflicts().stream()
                                .map(one -> new Reply.Cause(
                                        "FieldManagerConflict",
                                        one.cause(),
                                        one.path().toString()))
                                .toList()));
            case Applied.Untyped untyped ->
                Reply.refused(new Reply.Refusal(500, "", "failed to create typed patch object: " + untyped, List.of()));
            case Applied.Merged merged -> {
                if (live != null && merged.change() == Applied.Change.NOTHING) {
                    yield new Reply.Done(live, Reply.Effect.APPLIED);
                }
                versions.put(ref, gvk);
                var stored = store(ref, merged.managed().into(merged.object()));
                if (live == null) log.add("created " + ref.words());
                live();
                yield new Reply.Done(stored, live == null ? Reply.Effect.CREATED : Reply.Effect.APPLIED);
            }
        };
    }

    private static String precondition(@org.jspecify.annotations.Nullable Mapping live, Mapping body) {
        var uid = body.text("metadata", "uid");
        if (live == null) return uid.isPresent() ? "uid mismatch: no existing object was found" : "";
        if (uid.isPresent() && !live.text("metadata", "uid").equals(uid)) return "metadata.uid: field is immutable";
        var version = body.text("metadata", "resourceVersion");
        boolean stale =
                version.isPresent() && !live.text("metadata", "resourceVersion").equals(version);
        return stale ? "the object has been modified" : "";
    }

    /// Any other write, by anybody.
    public void edit(Ref ref, String manager, UnaryOperator<Mapping> change) {
        var before = objects.get(ref);
        var after = change.apply(before);
        var gvk = Gvk.of(before.text("apiVersion").orElseThrow(), ref.kind());
        var merge = ServerSideApply.of(SCHEMAS.orUnknown(gvk));
        var managed = merge.update(
                before, after, ManagedFields.ofOrNone(before), new Writer(manager, gvk.apiVersion(), time()));
        store(ref, managed.into(after));
    }

    /// Somebody creates an object.
    public Ref create(Mapping object, String manager) {
        var gvk = Gvk.of(
                object.text("apiVersion").orElseThrow(), object.text("kind").orElseThrow());
        var ref = new Ref(
                gvk.group(),
                gvk.kind(),
                object.text("metadata", "namespace").orElse(""),
                object.text("metadata", "name").orElseThrow());
        var merge = ServerSideApply.of(SCHEMAS.orUnknown(gvk));
        var managed =
                merge.update(Mapping.EMPTY, object, ManagedFields.NONE, new Writer(manager, gvk.apiVersion(), time()));
        versions.put(ref, gvk);
        store(ref, managed.into(object));
        return ref;
    }

    /// A JSON patch of tests, removals and replacements below metadata.
    public Reply patch(Ref ref, Sequence operations) {
        log.add("patch " + ref.words());
        var object = objects.get(ref);
        if (object == null) return new Reply.Missing("not found");
        for (var operation : operations.mappings()) {
            var path = Arrays.stream(
                            operation.text("path").orElseThrow().substring(1).split("/"))
                    .map(step -> step.replace("~1", "/").replace("~0", "~"))
                    .toList();
            switch (operation.text("op").orElseThrow()) {
                case "test" -> {
                    if (!object.at(path.toArray(String[]::new)).equals(operation.get("value"))) {
                        return new Reply.Outdated("the server rejected our request");
                    }
                }
                case "remove" -> object = object.without(path);
                case "replace" -> object = object.with(path, operation.get("value"));
                default -> throw new IllegalArgumentException(operation.toString());
            }
        }
        return new Reply.Done(store(ref, object), Reply.Effect.APPLIED);
    }

    /// Deletes the object with this uid; empty uid: whatever is there. With a finalizer it only begins to end.
    public void delete(Ref ref, String uid) {
        log.add("delete " + ref.words());
        var live = objects.get(ref);
        if (live == null) return;
        if (!uid.isEmpty() && !live.text("metadata", "uid").orElse("").equals(uid)) {
            throw new AssertionError("the uid precondition of a delete must hold for " + ref);
        }
        if (finalized.contains(ref)) {
            store(ref, live.with(List.of("metadata", "deletionTimestamp"), Value.of("2026-01-01T00:00:00Z")));
        } else objects.remove(ref);
        live();
    }

    /// The end of a process.
    public static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void live() {
        if (--lives <= 0) throw new Killed();
    }

    private Mapping store(Ref ref, Mapping object) {
        var metadata = object.mapping("metadata");
        if (!objects.containsKey(ref)) metadata = metadata.with("uid", Value.of("uid-" + ++uids));
        metadata = metadata.with("resourceVersion", Value.of(Integer.toString(++resourceVersion)));
        var stored = object.with("metadata", metadata);
        if (ref.kind().equals("Deployment")) stored = deployment(stored);
        objects.put(ref, stored);
        return stored;
    }

    private Mapping deployment(Mapping object) {
        var defaulted =
                object.at("spec", "replicas") == null ? object.with(List.of("spec", "replicas"), Value.of(1)) : object;
        if (!deployments.equals(HEALTHY_DEPLOYMENT)) return defaulted;
        long replicas = defaulted.whole("spec", "replicas").orElse(1L);
        var status = Mapping.builder();
        for (var field : List.of("replicas", "updatedReplicas", "readyReplicas", "availableReplicas")) {
            status.put(field, replicas);
        }
        status.put(
                "conditions",
                Sequence.of(
                        condition("Progressing", "NewReplicaSetAvailable"),
                        condition("Available", "MinimumReplicasAvailable")));
        return defaulted.with("status", status.build());
    }

    private static Mapping condition(String type, String reason) {
        return Mapping.builder()
                .put("type", type)
                .put("status", "True")
                .put("reason", reason)
                .build();
    }

    /// An object that must be there.
    public Mapping object(Ref ref) {
        var found = objects.get(ref);
        if (found == null) throw new AssertionError(ref + " is not there");
        return found;
    }

    public Gvk gvk(Ref ref) {
        return versions.get(ref);
    }

    private Instant time() {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(++seconds);
    }
}
