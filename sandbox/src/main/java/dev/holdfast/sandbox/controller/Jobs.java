package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.controller.Acts.Told;
import dev.holdfast.sandbox.controller.Conditions.Said;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs Jobs until as many Pods ended well as are wanted, or too many ended badly, or their time is over.
final class Jobs implements Controller {

    private static final String SHELF = "jobs.batch";
    private static final String COMPONENT = "job-controller";
    private static final String INDEX = "batch.kubernetes.io/job-completion-index";
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(10);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(6);

    private final Acts acts;

    Jobs(Acts acts) {
        this.acts = acts;
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        if (shelf.name().equals(SHELF)) look.accept(change.item().key());
        if (shelf.name().equals(Pods.SHELF))
            Acts.controllerKey(change.item(), "Job").ifPresent(look);
    }

    /// What one look sees. Pods that were counted once stay counted by the status.
    private record Sight(Item item, List<Item> pods) {
        Mapping job() {
            return item.tree();
        }

        List<Item> in(String phase) {
            return pods.stream()
                    .filter(pod -> pod.tree().text("status", "phase").orElse("").equals(phase))
                    .toList();
        }

        List<Item> active() {
            return pods.stream().filter(Replicas::active).toList();
        }

        long failed() {
            long retried = pods.stream()
                    .mapToLong(pod ->
                            pod.tree().text("spec", "restartPolicy").orElse("").equals("OnFailure")
                                    ? ContainerStatuses.restarts(pod.tree())
                                    : 0)
                    .sum();
            return Math.max(
                    in("Failed").size() + retried,
                    job().whole("status", "failed").orElse(0L));
        }

        boolean indexed() {
            return job().text("spec", "completionMode").orElse("").equals("Indexed");
        }

        TreeSet<Long> indexes(String phase) {
            return in(phase).stream().map(Jobs::index).collect(Collectors.toCollection(TreeSet::new));
        }

        long succeeded() {
            return indexed() ? indexes("Succeeded").size() : in("Succeeded").size();
        }

        long parallelism() {
            return job().whole("spec", "parallelism").orElse(1L);
        }

        boolean complete() {
            var completions = job().whole("spec", "completions");
            if (completions.isPresent()) return succeeded() >= completions.get();
            return succeeded() > 0 && active().isEmpty();
        }
    }

    @Override
    public Optional<Instant> look(String key) {
        var item = acts.find(SHELF, key);
        if (item == null || Meta.terminating(item.tree())) return Optional.empty();
        if (over(item.tree())) return expire(item);
        var sight = new Sight(item, acts.claimed(Pods.SHELF, item));
        if (sight.complete()) return finish(sight, "Complete");
        long most = item.tree().whole("spec", "backoffLimit").orElse(6L);
        if (sight.failed() > most) return finish(sight, "BackoffLimitExceeded");
        var deadline = deadline(item.tree());
        if (deadline.isPresent() && !acts.now().isBefore(deadline.get())) return finish(sight, "DeadlineExceeded");
        if (item.tree().bool("spec", "suspend").orElse(false)) return suspend(sight);
        var again = grow(sight);
        status(new Sight(item, acts.controlled(Pods.SHELF, item)), null);
        return Times.earlier(again, deadline);
    }

    private static Optional<Instant> deadline(Mapping job) {
        var seconds = job.whole("spec", "activeDeadlineSeconds");
        if (seconds.isEmpty() || job.bool("spec", "suspend").orElse(false)) return Optional.empty();
        return Times.of(job, "status", "startTime").map(start -> start.plusSeconds(seconds.get()));
    }

    private static boolean over(Mapping job) {
        return List.of("Complete", "Failed").stream()
                .anyMatch(type -> Conditions.find(job.sequence("status", "conditions"), type)
                        .filter(condition -> condition.text("status").orElse("").equals("True"))
                        .isPresent());
    }

    private Optional<Instant> expire(Item item) {
        var seconds = item.tree().whole("spec", "ttlSecondsAfterFinished");
        if (seconds.isEmpty()) return Optional.empty();
        var end = item.tree().sequence("status", "conditions").mappings().stream()
                .flatMap(condition -> Times.of(condition, "lastTransitionTime").stream())
                .max(Instant::compareTo)
                .map(time -> time.plusSeconds(seconds.get()));
        if (end.isPresent() && acts.now().isBefore(end.get())) return end;
        acts.delete(
                item,
                new dev.holdfast.sandbox.write.Deleting.Options(
                        Optional.empty(),
                        Optional.empty(),
                        dev.holdfast.sandbox.write.Deleting.Propagation.FOREGROUND,
                        Optional.empty(),
                        dev.holdfast.sandbox.write.WriteOptions.Effect.STORED));
        return Optional.empty();
    }

    /// After failures a Pod is made later and later.
    private Optional<Instant> grow(Sight sight) {
        long left = sight.job()
                .whole("spec", "completions")
                .map(completions -> completions - sight.succeeded())
                .orElse(sight.succeeded() > 0 ? 0 : sight.parallelism());
        long missing = Math.min(sight.parallelism(), left) - sight.active().size();
        if (missing < 0) {
            Replicas.leastFirst(sight.active()).stream().limit(-missing).forEach(acts::delete);
            return Optional.empty();
        }
        var from = sight.in("Failed").stream()
                .flatMap(pod -> Times.of(
                        Conditions.find(pod.tree().sequence("status", "conditions"), "Ready")
                                .orElse(Mapping.EMPTY),
                        "lastTransitionTime")
                        .stream())
                .max(Instant::compareTo)
                .map(last -> last.plus(backoff(sight.in("Failed").size())));
        if (missing > 0 && from.isPresent() && acts.now().isBefore(from.get())) return from;
        var free = new TreeSet<Long>();
        if (sight.indexed()) {
            long completions = sight.job().whole("spec", "completions").orElse(0L);
            for (long i = 0; i < completions; i++) free.add(i);
            free.removeAll(sight.indexes("Succeeded"));
            sight.active().forEach(pod -> free.remove(index(pod)));
        }
        for (long i = 0; i < missing; i++) {
            if (!make(sight, sight.indexed() ? free.pollFirst() : null)) {
                return Optional.of(acts.now().plus(FIRST_BACKOFF));
            }
        }
        return Optional.empty();
    }

    private static Duration backoff(long failures) {
        var delay = FIRST_BACKOFF.multipliedBy(1L << Math.min(10, Math.max(0, failures - 1)));
        return delay.compareTo(LONGEST_BACKOFF) < 0 ? delay : LONGEST_BACKOFF;
    }

    private static long index(Item pod) {
        var text = pod.tree().text("metadata", "annotations", INDEX).orElse("");
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : -1;
    }

    private boolean make(Sight sight, @Nullable Long index) {
        var job = sight.job();
        var template = job.mapping("spec", "template");
        var metadata = Mapping.builder();
        if (index == null) {
            metadata.put("generateName", sight.item().name() + "-");
        } else {
            var number = Value.of(Long.toString(index));
            metadata.put("generateName", sight.item().name() + "-" + index + "-")
                    .put(
                            "annotations",
                            template.mapping("metadata", "annotations").with(INDEX, number))
                    .put("labels", template.mapping("metadata", "labels").with(INDEX, number));
        }
        try {
            var pod = acts.create(Replicas.pod(template, job, metadata.build()));
            tell(sight, Told.normal("SuccessfulCreate", "Created pod: " + pod.name()));
            return true;
        } catch (Refusal refused) {
            tell(sight, Told.warning("FailedCreate", "Error creating: " + refused.getMessage()));
            return false;
        }
    }

    private Optional<Instant> suspend(Sight sight) {
        for (var pod : sight.active()) acts.delete(pod);
        boolean known = suspended(sight.job());
        if (!known) tell(sight, Told.normal("Suspended", "Job suspended"));
        status(
                new Sight(sight.item(), acts.controlled(Pods.SHELF, sight.item())),
                new Said("Suspended", "True", "JobSuspended", "Job suspended"));
        return Optional.empty();
    }

    private static boolean suspended(Mapping job) {
        return Conditions.find(job.sequence("status", "conditions"), "Suspended")
                .filter(condition -> condition.text("status").orElse("").equals("True"))
                .isPresent();
    }

    private Optional<Instant> finish(Sight sight, String how) {
        var said = switch (how) {
            case "Complete" ->
                new Said("Complete", "True", "CompletionsReached", "Reached expected number of succeeded pods");
            case "DeadlineExceeded" -> new Said("Failed", "True", how, "Job was active longer than specified deadline");
            default -> new Said("Failed", "True", how, "Job has reached the specified backoff limit");
        };
        for (var pod : sight.active()) acts.delete(pod);
        if (said.type().equals("Complete")) tell(sight, Told.normal("Completed", "Job completed"));
        else tell(sight, Told.warning(said.reason(), said.message()));
        status(new Sight(sight.item(), acts.controlled(Pods.SHELF, sight.item())), said);
        return Optional.of(acts.now());
    }

    private void tell(Sight sight, Told told) {
        acts.tell(COMPONENT, sight.item(), told);
    }

    private void status(Sight sight, @Nullable Said said) {
        var time = acts.realm().timestamp();
        boolean complete = said != null && said.type().equals("Complete");
        boolean suspending = said != null && said.type().equals("Suspended");
        var active = sight.active();
        long ending = sight.pods().stream()
                .filter(pod -> Meta.terminating(pod.tree()))
                .count();
        acts.changeStatus(sight.item(), object -> {
            var status = object.mapping("status");
            if (suspending) status = status.without("startTime");
            else if (!status.has("startTime")) status = status.with("startTime", Value.of(time));
            status = Replicas.counters(status, "active", active.size());
            status = Replicas.counters(status, "succeeded", sight.succeeded());
            status = Replicas.counters(status, "failed", sight.failed());
            status = status.with(
                            "ready",
                            Value.of(active.stream().filter(Replicas::ready).count()))
                    .with("terminating", Value.of(ending))
                    .with("uncountedTerminatedPods", Mapping.EMPTY);
            if (sight.indexed())
                status = status.with("completedIndexes", Value.of(written(sight.indexes("Succeeded"))));
            if (complete) status = status.with("completionTime", Value.of(time));
            var conditions = conditions(status.sequence("conditions"), said, time);
            return object.with("status", conditions.isEmpty() ? status : status.with("conditions", conditions));
        });
    }

    private static Sequence conditions(Sequence before, @Nullable Said said, String time) {
        boolean resumed = said == null && Conditions.find(before, "Suspended").isPresent();
        if (resumed) return set(before, new Said("Suspended", "False", "JobResumed", "Job resumed"), time);
        if (said == null) return before;
        var first = switch (said.type()) {
            case "Complete" -> set(before, new Said("SuccessCriteriaMet", "True", said.reason(), said.message()), time);
            case "Failed" -> set(before, new Said("FailureTarget", "True", said.reason(), said.message()), time);
            default -> before;
        };
        return set(first, said, time);
    }

    private static Sequence set(Sequence conditions, Said said, String time) {
        var known = Conditions.find(conditions, said.type());
        if (known.filter(condition -> condition.text("status").orElse("").equals(said.status()))
                .isPresent()) return conditions;
        return Conditions.without(conditions, said.type())
                .plus(Mapping.builder()
                        .put("type", said.type())
                        .put("status", said.status())
                        .put("lastProbeTime", time)
                        .put("lastTransitionTime", time)
                        .put("reason", said.reason())
                        .put("message", said.message())
                        .build());
    }

    /// `1,3-5` for 1, 3, 4 and 5.
    private static String written(TreeSet<Long> indexes) {
        var parts = new ArrayList<String>();
        long start = -1;
        long last = -1;
        for (long index : indexes) {
            if (start >= 0 && index == last + 1) {
                last = index;
                continue;
            }
            if (start >= 0) parts.add(range(start, last));
            start = index;
            last = index;
        }
        if (start >= 0) parts.add(range(start, last));
        return String.join(",", parts);
    }

    private static String range(long start, long last) {
        return start == last ? Long.toString(start) : start + (last == start + 1 ? "," : "-") + last;
    }
}
