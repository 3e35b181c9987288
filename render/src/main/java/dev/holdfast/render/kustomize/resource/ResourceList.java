package dev.holdfast.render.kustomize.resource;

import dev.holdfast.model.Origin;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Paths;
import dev.holdfast.render.kustomize.tree.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Objects in the order in which they were added, no two with one identity.
public final class ResourceList {

    private final ArrayList<Resource> resources = new ArrayList<>();
    /// Who has which identity; null while transformations may be changing them.
    private @Nullable LinkedHashMap<ResId.Key, Resource> byId;

    public List<Resource> all() {
        return resources;
    }

    public int size() {
        return resources.size();
    }

    /// Identities may have changed since.
    public void forgetIds() {
        byId = null;
    }

    private Map<ResId.Key, Resource> ids() {
        var known = byId;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (var resource : resources) known.putIfAbsent(resource.id().key(), resource);
            byId = known;
        }
        return known;
    }

    public void append(Resource resource) {
        var id = resource.id();
        var there = ids().get(id.key());
        if (there != null) {
            var where = there.origin().known() ? "The other one stands in " + there.origin().place() : "";
            throw Refusal.at(
                    resource.origin(), "may not add resource with an already registered id: " + id, where);
        }
        resources.add(resource);
        ids().put(id.key(), resource);
    }

    public void appendAll(ResourceList others) {
        others.resources.forEach(this::append);
    }

    /// Generated objects: each is added, or changes the one that it names.
    public void absorb(ResourceList generated) {
        for (var resource : generated.resources) absorb(resource);
    }

    private void absorb(Resource resource) {
        var id = resource.id();
        var matches = withAnyId(id::same);
        if (matches.size() > 1) {
            throw Refusal.at(
                    resource.origin(), "found multiple objects " + matches + " that could accept merge of " + id);
        }
        var behavior = resource.behavior();
        boolean changes = behavior == Behavior.MERGE || behavior == Behavior.REPLACE;
        if (matches.isEmpty()) {
            if (changes) throw Refusal.at(resource.origin(), "id " + id + " does not exist; cannot merge or replace");
            append(resource);
            return;
        }
        if (!changes) {
            throw Refusal.at(
                    resource.origin(),
                    "id " + id + " exists; can not use behavior: '" + behavior.word()
                            + "', behavior must be merge or replace");
        }
        var old = matches.getFirst();
        var origin = old.annotation(Provenance.ORIGIN);
        takeMetadata(resource, old);
        if (behavior == Behavior.MERGE) {
            mergeData(resource, old);
            if (origin != null) resource.annotate(Provenance.ORIGIN, origin);
        }
        resources.set(resources.indexOf(old), resource);
        forgetIds();
    }

    /// Labels, annotations, name and namespace of another; own labels and annotations win, but not those of the
    /// build.
    public static void takeMetadata(Resource resource, Resource from) {
        var labels = from.labels();
        labels.putAll(resource.labels());
        resource.setLabels(labels);
        boolean hashed = resource.annotation(Resource.NEEDS_HASH) != null;
        var theirs = from.annotations();
        var merged = new TreeMap<>(theirs);
        merged.putAll(resource.annotations());
        for (var key : Resource.BUILD_ANNOTATIONS) {
            var value = theirs.get(key);
            if (value == null) merged.remove(key);
            else merged.put(key, value);
        }
        if (!hashed) merged.remove(Resource.NEEDS_HASH);
        resource.setAnnotations(merged);
        var metadata = from.node().get("metadata");
        var nameOrigin = metadata == null ? from.origin() : metadata.origin();
        resource.setName(from.name(), nameOrigin);
        resource.setNamespace(from.namespace(), nameOrigin);
        resource.takeReferringVariables(from);
    }

    private static void mergeData(Resource resource, Resource old) {
        for (var field : List.of("data", "binaryData")) {
            var merged = new TreeMap<String, Node>();
            for (var each : List.of(old, resource)) {
                var data = Paths.lookup(each.node(), field);
                if (data == null || !data.isMapping()) continue;
                for (int i = 0; i < data.size(); i++) merged.put(data.key(i), data.item(i));
            }
            resource.node().remove(field);
            if (merged.isEmpty()) continue;
            var made = Node.mapping(resource.origin());
            merged.forEach((key, value) -> made.append(key, Node.string(value.text(), value.origin())));
            resource.node().append(field, made);
        }
    }

    public @Nullable Resource withId(ResId id) {
        return ids().get(id.key());
    }

    /// Those that have, or ever had, an identity of which the condition holds.
    public List<Resource> withAnyId(Predicate<ResId> condition) {
        var found = new ArrayList<Resource>();
        for (var resource : resources) {
            if (resource.isEmpty()) continue;
            if (condition.test(resource.id()) || resource.previousIds().stream().anyMatch(condition)) {
                found.add(resource);
            }
        }
        return found;
    }

    /// The one that has, or ever had, an identity.
    /// @throws dev.holdfast.model.FaultException where there is none, or more than one
    public Resource unique(ResId id, Origin asked) {
        var found = withAnyId(id::same);
        if (found.size() == 1) return found.getFirst();
        var count = found.isEmpty() ? "no matches" : "multiple matches";
        throw Refusal.at(
                asked, count + " for Id " + id + "; failed to find unique target for patch " + id,
                found.isEmpty() ? "Check its apiVersion, kind, name and namespace" : "");
    }

    public void dropEmpty() {
        if (resources.removeIf(Resource::isEmpty)) forgetIds();
    }

    public void keepOnly(Predicate<Resource> condition) {
        if (resources.removeIf(condition.negate())) forgetIds();
    }

    /// Takes the place of what was here; identities are checked again.
    public void replaceAll(List<Resource> others) {
        var list = List.copyOf(others);
        resources.clear();
        forgetIds();
        list.forEach(this::append);
    }

    public ResourceList copy() {
        var copy = new ResourceList();
        for (var resource : resources) copy.resources.add(resource.copy());
        return copy;
    }
}
