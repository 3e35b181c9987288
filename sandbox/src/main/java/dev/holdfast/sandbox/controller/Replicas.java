package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Digest;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Item;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Numbers and names that workloads share.
final class Replicas {

    enum Rounding {
        UP,
        DOWN
    }

    private static final String LETTERS = "bcdf2456789ghjkmnpqrstvwxz";

    private Replicas() {}

    static long wanted(Mapping object) {
        return object.whole("spec", "replicas").orElse(1L);
    }

    static long count(Mapping object, String field) {
        return object.whole("status", field).orElse(0L);
    }

    /// `25%` of a number, rounded up or down, or the number itself.
    static long share(Optional<Value> value, long whole, Rounding rounding) {
        return switch (value.orElse(Value.none())) {
            case Value.Whole(var number, var _) -> number;
            case Value.Text(var text, var _)
            when text.matches("[0-9]{1,9}%") -> {
                long percent = Long.parseLong(text.substring(0, text.length() - 1)) * whole;
                yield rounding == Rounding.UP ? (percent + 99) / 100 : percent / 100;
            }
            default -> 0;
        };
    }

    /// A short name for a template: equal templates have equal ones.
    static String hash(Mapping template) {
        var digest = new BigInteger(Digest.of(template).hex(), 16);
        var name = new StringBuilder();
        var base = BigInteger.valueOf(LETTERS.length());
        for (int i = 0; i < 10; i++) {
            var parts = digest.divideAndRemainder(base);
            name.append(LETTERS.charAt(parts[1].intValue()));
            digest = parts[0];
        }
        return name.toString();
    }

    static boolean ready(Item pod) {
        return Conditions.find(pod.tree().sequence("status", "conditions"), "Ready")
                .filter(condition -> condition.text("status").orElse("").equals("True"))
                .isPresent();
    }

    static String created(Item item) {
        return item.tree().text("metadata", "creationTimestamp").orElse("");
    }

    /// Ready for so many seconds. Empty where it is not ready; else since when it counts as available.
    static Optional<Instant> availableFrom(Item pod, long minReadySeconds) {
        return Conditions.find(pod.tree().sequence("status", "conditions"), "Ready")
                .filter(condition -> condition.text("status").orElse("").equals("True"))
                .flatMap(condition -> Times.of(condition, "lastTransitionTime"))
                .map(since -> since.plusSeconds(minReadySeconds));
    }

    /// How many of some Pods are ready and available now, and when the next one will be.
    record Tally(long ready, long available, Optional<Instant> next) {}

    static Tally tally(List<Item> pods, long minReadySeconds, Instant now) {
        long ready = 0;
        long available = 0;
        Optional<Instant> next = Optional.empty();
        for (var pod : pods) {
            if (!ready(pod)) continue;
            ready++;
            var from = availableFrom(pod, minReadySeconds).orElse(now);
            if (minReadySeconds == 0 || !from.isAfter(now)) available++;
            else next = Times.earlier(next, Optional.of(from));
        }
        return new Tally(ready, available, next);
    }

    static boolean active(Item pod) {
        var phase = pod.tree().text("status", "phase").orElse("");
        return !Meta.terminating(pod.tree()) && !phase.equals("Succeeded") && !phase.equals("Failed");
    }

    /// A Pod of a template, owned by a workload.
    static Mapping pod(Mapping template, Mapping owner, Mapping metadata) {
        var merged = template.mapping("metadata");
        for (var field : metadata) merged = merged.with(field.key(), field.value());
        return Mapping.builder()
                .put("kind", "Pod")
                .put("apiVersion", "v1")
                .put(
                        "metadata",
                        merged.with("ownerReferences", Acts.ownedBy(owner))
                                .with("namespace", Value.of(Meta.namespace(owner))))
                .put("spec", template.mapping("spec"))
                .build();
    }

    /// Those that are worth least first: without a node, not running, not ready, of lower cost, ready or made later.
    static List<Item> leastFirst(List<Item> pods) {
        return pods.stream()
                .sorted(Comparator.comparing((Item pod) ->
                                pod.tree().text("spec", "nodeName").isPresent())
                        .thenComparing(pod ->
                                pod.tree().text("status", "phase").orElse("").equals("Running"))
                        .thenComparing(Replicas::ready)
                        .thenComparing(Replicas::deletionCost)
                        .thenComparing(Comparator.comparing(
                                        (Item pod) -> availableFrom(pod, 0).orElse(Instant.EPOCH))
                                .reversed())
                        .thenComparing(Comparator.comparingLong(Item::version).reversed()))
                .toList();
    }

    private static long deletionCost(Item pod) {
        try {
            return pod.tree()
                    .text("metadata", "annotations", "controller.kubernetes.io/pod-deletion-cost")
                    .map(Long::parseLong)
                    .orElse(0L);
        } catch (NumberFormatException edited) {
            return 0;
        }
    }

    /// A status without the counters that are zero, as the server writes it.
    static Mapping counters(Mapping status, String field, long count) {
        return count == 0 ? status.without(field) : status.with(field, Value.of(count));
    }
}
