package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.controller.Acts.Told;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps the numbered Pods of a StatefulSet, one after the other unless it says `Parallel`, each with its claims.
final class StatefulSets implements Controller {

    private static final String SHELF = "statefulsets.apps";
    private static final String COMPONENT = "statefulset-controller";
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(5);

    private final Acts acts;
    private final Revisions revisions;

    StatefulSets(Acts acts) {
        this.acts = acts;
        this.revisions = new Revisions(acts);
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        if (shelf.name().equals(SHELF)) look.accept(change.item().key());
        if (shelf.name().equals(Pods.SHELF))
            Acts.controllerKey(change.item(), "StatefulSet").ifPresent(look);
    }

    /// What one look is about. Pods below the partition keep the revision that all had before.
    private record Sight(Item item, long start, long wanted, Item update, String current, TreeMap<Long, Item> pods) {
        boolean parallel() {
            return item.tree().text("spec", "podManagementPolicy").orElse("").equals("Parallel");
        }

        long partition() {
            return item.tree()
                    .whole("spec", "updateStrategy", "rollingUpdate", "partition")
                    .orElse(0L);
        }

        boolean onDelete() {
            return item.tree().text("spec", "updateStrategy", "type").orElse("").equals("OnDelete");
        }

        boolean wants(long number) {
            return number >= start && number < start + wanted;
        }

        long minReady() {
            return item.tree().whole("spec", "minReadySeconds").orElse(0L);
        }
    }

    @Override
    public Optional<Instant> look(String key) {
        var item = acts.find(SHELF, key);
        if (item == null || Meta.terminating(item.tree())) return Optional.empty();
        var sight = sight(item);
        var again = adjust(sight);
        var after = sight(item);
        var tally = Replicas.tally(List.copyOf(after.pods().values()), after.minReady(), acts.now());
        status(after, tally);
        return Times.earlier(again, tally.next());
    }

    private Sight sight(Item item) {
        var update = revisions.current(item);
        var pods = new TreeMap<Long, Item>();
        for (var pod : acts.claimed(Pods.SHELF, item)) {
            long number = number(item, pod);
            if (number >= 0) pods.put(number, pod);
        }
        var current = item.tree().text("status", "currentRevision").orElse(update.name());
        if (acts.find(Revisions.SHELF, item.namespace() + "/" + current) == null) current = update.name();
        long start = item.tree().whole("spec", "ordinals", "start").orElse(0L);
        return new Sight(item, start, Replicas.wanted(item.tree()), update, current, pods);
    }

    /// One step, or as many as a parallel set takes at once. Answers when to try again.
    private Optional<Instant> adjust(Sight sight) {
        boolean settled = true;
        for (long i = sight.start(); i < sight.start() + sight.wanted(); i++) {
            var pod = sight.pods().get(i);
            if (pod == null) {
                var refused = make(sight, i);
                if (refused) return Optional.of(acts.now().plus(AFTER_REFUSAL));
            } else if (over(pod)) {
                acts.delete(pod);
            }
            boolean healthy = pod != null && available(sight, pod) && !Meta.terminating(pod.tree());
            settled &= healthy;
            if (!settled && !sight.parallel()) return Optional.empty();
        }
        if (settled || sight.parallel()) shrink(sight);
        if (settled && !sight.onDelete()) update(sight);
        return Optional.empty();
    }

    private static boolean over(Item pod) {
        var phase = pod.tree().text("status", "phase").orElse("");
        return (phase.equals("Failed") || phase.equals("Succeeded")) && !Meta.terminating(pod.tree());
    }

    private boolean available(Sight sight, Item pod) {
        return Replicas.availableFrom(pod, sight.minReady())
                .filter(from -> sight.minReady() == 0 || !from.isAfter(acts.now()))
                .isPresent();
    }

    /// Whether the server refused the Pod.
    private boolean make(Sight sight, long number) {
        var set = sight.item().tree();
        var name = sight.item().name() + "-" + number;
        boolean old = number < sight.start() + sight.partition() && !sight.onDelete();
        var revision = old ? revision(sight) : sight.update();
        var template = Revisions.template(revision);
        var labels = template.mapping("metadata", "labels")
                .with("statefulset.kubernetes.io/pod-name", Value.of(name))
                .with("apps.kubernetes.io/pod-index", Value.of(Long.toString(number)))
                .with(Revisions.HASH, Value.of(revision.name()));
        var metadata = Mapping.builder().put("name", name).put("labels", labels).build();
        var pod = Replicas.pod(template, set, metadata);
        var spec = pod.mapping("spec").with("hostname", Value.of(name));
        var service = set.text("spec", "serviceName").orElse("");
        if (!service.isEmpty()) spec = spec.with("subdomain", Value.of(service));
        try {
            acts.create(pod.with("spec", withClaims(sight.item(), name, spec)));
        } catch (Refusal refused) {
            if (refused.code() == 409 || refused.code() == 404) return false;
            tell(
                    sight,
                    Told.warning(
                            "FailedCreate",
                            "create Pod " + name + " in StatefulSet "
                                    + sight.item().name() + " failed error: " + refused.getMessage()));
            return true;
        }
        tell(
                sight,
                Told.normal(
                        "SuccessfulCreate",
                        "create Pod " + name + " in StatefulSet " + sight.item().name() + " successful"));
        return false;
    }

    private Item revision(Sight sight) {
        var found = acts.find(Revisions.SHELF, sight.item().namespace() + "/" + sight.current());
        return found == null ? sight.update() : found;
    }

    /// A claim per template and Pod; it outlives the Pod.
    private Mapping withClaims(Item item, String pod, Mapping spec) {
        var volumes = new ArrayList<Value>(spec.sequence("volumes").items());
        for (var template : item.tree().sequence("spec", "volumeClaimTemplates").mappings()) {
            var name = Meta.name(template);
            var claim = name + "-" + pod;
            var metadata = Mapping.builder()
                    .put("name", claim)
                    .put("namespace", item.namespace())
                    .put("labels", item.tree().mapping("spec", "selector", "matchLabels"));
            acts.ensure(Mapping.builder()
                    .put("kind", "PersistentVolumeClaim")
                    .put("apiVersion", "v1")
                    .put("metadata", metadata.build())
                    .put("spec", template.mapping("spec"))
                    .build());
            volumes.removeIf(volume -> volume instanceof Mapping mapping
                    && mapping.text("name").orElse("").equals(name));
            volumes.add(Mapping.builder()
                    .put("name", name)
                    .put("persistentVolumeClaim", Mapping.of("claimName", Value.of(claim)))
                    .build());
        }
        return volumes.isEmpty() ? spec : spec.with("volumes", Value.of(volumes));
    }

    /// From the highest number down; one at a time unless parallel.
    private void shrink(Sight sight) {
        for (var entry : sight.pods().descendingMap().entrySet()) {
            if (sight.wants(entry.getKey())) continue;
            delete(sight, entry.getValue());
            if (!sight.parallel()) return;
        }
    }

    private void update(Sight sight) {
        if (sight.pods().keySet().stream().anyMatch(number -> !sight.wants(number))) return;
        var last = sight.pods().descendingMap().entrySet().stream()
                .filter(entry -> entry.getKey() >= sight.start() + sight.partition())
                .filter(entry -> !revised(entry.getValue(), sight.update()))
                .findFirst();
        last.ifPresent(entry -> delete(sight, entry.getValue()));
    }

    private void delete(Sight sight, Item pod) {
        if (Meta.terminating(pod.tree())) return;
        acts.delete(pod);
        tell(
                sight,
                Told.normal(
                        "SuccessfulDelete",
                        "delete Pod " + pod.name() + " in StatefulSet "
                                + sight.item().name() + " successful"));
    }

    private void tell(Sight sight, Told told) {
        acts.tell(COMPONENT, sight.item(), told);
    }

    private static boolean revised(Item pod, @Nullable Item revision) {
        return revision != null && pod.labels().text(Revisions.HASH).orElse("").equals(revision.name());
    }

    private static long number(Item set, Item pod) {
        var start = set.name() + "-";
        var rest = pod.name().startsWith(start) ? pod.name().substring(start.length()) : "";
        return rest.matches("[0-9]{1,9}") ? Long.parseLong(rest) : -1;
    }

    private void status(Sight sight, Replicas.Tally tally) {
        var pods = sight.pods().values().stream().filter(Replicas::active).toList();
        long updated = pods.stream().filter(pod -> revised(pod, sight.update())).count();
        boolean done = updated == pods.size() && pods.size() == sight.wanted() && tally.ready() == sight.wanted();
        var current = done ? sight.update().name() : sight.current();
        long before = pods.stream()
                .filter(pod -> pod.labels().text(Revisions.HASH).orElse("").equals(current))
                .count();
        acts.changeStatus(sight.item(), object -> {
            var status = object.mapping("status")
                    .with("observedGeneration", Value.of(Meta.generation(object)))
                    .with("replicas", Value.of(pods.size()))
                    .with("availableReplicas", Value.of(tally.available()))
                    .with("currentRevision", Value.of(current))
                    .with("updateRevision", Value.of(sight.update().name()))
                    .with("collisionCount", Value.of(0));
            status = Replicas.counters(status, "readyReplicas", tally.ready());
            status = Replicas.counters(status, "currentReplicas", before);
            status = Replicas.counters(status, "updatedReplicas", updated);
            return object.with("status", status);
        });
        revisions.forget(sight.item(), List.of(current, sight.update().name()));
    }
}
