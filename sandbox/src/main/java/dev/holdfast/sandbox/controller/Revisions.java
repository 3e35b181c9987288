package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The templates that a StatefulSet or DaemonSet has had, as ControllerRevisions: what `kubectl rollout undo` goes
/// back to.
final class Revisions {

    static final String SHELF = "controllerrevisions.apps";
    static final String HASH = "controller-revision-hash";

    private final Acts acts;

    Revisions(Acts acts) {
        this.acts = acts;
    }

    /// The revision of the present template, made or moved to the top where need be.
    Item current(Item owner) {
        var data = Mapping.of(
                "spec",
                Mapping.of("template", owner.tree().mapping("spec", "template").with("$patch", Value.of("replace"))));
        var known = all(owner);
        long highest = known.stream().mapToLong(Revisions::number).max().orElse(0);
        for (var revision : known) {
            if (!revision.tree().mapping("data").equals(data)) continue;
            if (number(revision) < highest) {
                acts.change(revision, object -> object.with("revision", Value.of(highest + 1)));
            }
            return revision;
        }
        // two workloads of one name and template, of different kinds, have revisions of different names
        var hash =
                Replicas.hash(Mapping.of(Meta.kind(owner.tree()), owner.tree().mapping("spec", "template")));
        var labels = owner.tree().mapping("spec", "template", "metadata", "labels");
        var metadata = Mapping.builder()
                .put("name", owner.name() + "-" + hash)
                .put("namespace", owner.namespace())
                .put("labels", labels.with(HASH, Value.of(hash)));
        // what was said of the change (kubernetes.io/change-cause) shows in `kubectl rollout history`
        var annotations = owner.tree().mapping("metadata", "annotations");
        if (!annotations.isEmpty()) metadata.put("annotations", annotations);
        metadata.put("ownerReferences", Acts.ownedBy(owner.tree()));
        return acts.create(Mapping.builder()
                .put("kind", "ControllerRevision")
                .put("apiVersion", "apps/v1")
                .put("metadata", metadata.build())
                .put("data", data)
                .put("revision", highest + 1)
                .build());
    }

    private List<Item> all(Item owner) {
        return acts.controlled(SHELF, owner);
    }

    private static long number(Item revision) {
        return revision.tree().whole("revision").orElse(0L);
    }

    static String hash(Item revision) {
        return revision.labels().text(HASH).orElse("");
    }

    /// The template that a revision remembers.
    static Mapping template(Item revision) {
        return revision.tree().mapping("data", "spec", "template").without("$patch");
    }

    /// Forgets revisions that no Pod has, the oldest first.
    void forget(Item owner, List<String> used) {
        if (Meta.terminating(owner.tree())) return;
        long limit = owner.tree().whole("spec", "revisionHistoryLimit").orElse(10L);
        var idle = new ArrayList<>(all(owner));
        idle.removeIf(revision -> used.contains(revision.name()) || used.contains(hash(revision)));
        idle.sort(Comparator.comparingLong(Revisions::number));
        for (int i = 0; i < idle.size() - limit; i++) acts.delete(idle.get(i));
    }
}
