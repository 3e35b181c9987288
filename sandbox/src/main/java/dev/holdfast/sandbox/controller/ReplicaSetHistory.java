package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.controller.Rollout.Resize;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// The ReplicaSets of a Deployment as its history: made from a template, numbered, resized, forgotten.
final class ReplicaSetHistory {

    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    static final String MOST = "deployment.kubernetes.io/max-replicas";
    static final String EARLIER = "deployment.kubernetes.io/revision-history";
    static final String HASH = "pod-template-hash";
    /// What is not copied from a Deployment to its ReplicaSets.
    private static final Set<String> OWN =
            Set.of("kubectl.kubernetes.io/last-applied-configuration", REVISION, DESIRED, MOST, EARLIER);

    private final Acts acts;

    ReplicaSetHistory(Acts acts) {
        this.acts = acts;
    }

    /// The template that a ReplicaSet was made from.
    static Mapping template(Item set) {
        return set.tree().mapping("spec", "template").without(List.of("metadata", "labels", HASH));
    }

    static long number(Item set, String annotation, long otherwise) {
        try {
            return set.tree()
                    .text("metadata", "annotations", annotation)
                    .map(Long::parseLong)
                    .orElse(otherwise);
        } catch (NumberFormatException edited) {
            return otherwise;
        }
    }

    static long revision(Item set) {
        return number(set, REVISION, 0);
    }

    private static long highest(List<Item> sets) {
        return sets.stream().mapToLong(ReplicaSetHistory::revision).max().orElse(0);
    }

    Item make(Item item, List<Item> sets, long replicas) {
        var deployment = item.tree();
        var template = deployment.mapping("spec", "template");
        var hash = Replicas.hash(template);
        var labels = template.mapping("metadata", "labels").with(HASH, Value.of(hash));
        var selector = deployment.mapping("spec", "selector");
        var annotations =
                annotations(deployment, Mapping.EMPTY).with(REVISION, Value.of(Long.toString(highest(sets) + 1)));
        var metadata = Mapping.builder()
                .put("name", item.name() + "-" + hash)
                .put("namespace", item.namespace())
                .put("labels", labels)
                .put("annotations", annotations)
                .put("ownerReferences", Acts.ownedBy(deployment))
                .build();
        var spec = Mapping.builder()
                .put("replicas", replicas)
                .put("selector", selector.with(List.of("matchLabels", HASH), Value.of(hash)))
                .put("template", template.with(List.of("metadata", "labels", HASH), Value.of(hash)));
        deployment.whole("spec", "minReadySeconds").ifPresent(seconds -> spec.put("minReadySeconds", seconds));
        return acts.create(Mapping.builder()
                .put("kind", "ReplicaSet")
                .put("apiVersion", "apps/v1")
                .put("metadata", metadata)
                .put("spec", spec.build())
                .build());
    }

    /// The Deployment's annotations, and the sizes that the set was made for.
    private static Mapping annotations(Mapping deployment, Mapping before) {
        var annotations = before;
        for (var annotation : deployment.mapping("metadata", "annotations")) {
            if (!OWN.contains(annotation.key())) annotations = annotations.with(annotation.key(), annotation.value());
        }
        long wanted = Replicas.wanted(deployment);
        return annotations
                .with(DESIRED, Value.of(Long.toString(wanted)))
                .with(MOST, Value.of(Long.toString(wanted + new Rollout(deployment).surge())));
    }

    /// The newest set has the highest number: a template that comes back gets a new one, and remembers the old.
    void number(Item item, Item newest, List<Item> sets) {
        long others = highest(
                sets.stream().filter(set -> !set.key().equals(newest.key())).toList());
        acts.change(newest, set -> {
            var before = set.mapping("metadata", "annotations");
            var annotations = annotations(item.tree(), before);
            long had = revision(newest);
            if (had <= others) {
                annotations = annotations.with(REVISION, Value.of(Long.toString(others + 1)));
                if (had > 0) annotations = annotations.with(EARLIER, Value.of(earlier(before, had)));
            }
            var seconds = item.tree().whole("spec", "minReadySeconds");
            var kept = seconds.isPresent()
                    ? set.with(List.of("spec", "minReadySeconds"), Value.of(seconds.get()))
                    : set.without(List.of("spec", "minReadySeconds"));
            return Meta.with(kept, "annotations", annotations);
        });
    }

    private static String earlier(Mapping annotations, long revision) {
        var before = annotations.text(EARLIER).orElse("");
        return before.isEmpty() ? Long.toString(revision) : before + "," + revision;
    }

    /// Whether the set is still there to be resized.
    boolean sized(Item item, Resize size) {
        var set = acts.find(ReplicaSets.SHELF, size.set().key());
        if (set == null || !set.uid().equals(size.set().uid())) return false;
        long wanted = Replicas.wanted(item.tree());
        acts.change(
                set,
                object -> object.with(List.of("spec", "replicas"), Value.of(size.replicas()))
                        .with(List.of("metadata", "annotations", DESIRED), Value.of(Long.toString(wanted)))
                        .with(
                                List.of("metadata", "annotations", MOST),
                                Value.of(Long.toString(wanted + new Rollout(item.tree()).surge()))));
        return true;
    }

    /// Idle sets beyond the number that is kept, those of the lowest revisions first.
    void forget(Item item, List<Item> others) {
        long limit = item.tree().whole("spec", "revisionHistoryLimit").orElse(10L);
        var idle = new ArrayList<>(others);
        idle.sort(Comparator.comparingLong(ReplicaSetHistory::revision));
        for (int i = 0; i < idle.size() - limit; i++) {
            var set = idle.get(i).tree();
            boolean empty = Replicas.wanted(set) == 0 && Replicas.count(set, "replicas") == 0;
            if (empty && Meta.generation(set) <= Replicas.count(set, "observedGeneration")) acts.delete(idle.get(i));
        }
    }
}
