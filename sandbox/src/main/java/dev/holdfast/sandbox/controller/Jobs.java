package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs Jobs until as many Pods ended well as are wanted, or one cannot run at all.
final class Jobs implements Controller {

    private static final String SHELF = "jobs.batch";

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

    @Override
    public Optional<Instant> look(String key) {
        var item = acts.find(SHELF, key);
        if (item == null || Meta.terminating(item.tree()) || over(item.tree())) return Optional.empty();
        var job = item.tree();
        if (job.bool("spec", "suspend").orElse(false)) return Optional.empty();
        var pods = acts.controlled(Pods.SHELF, item);
        long succeeded =
                pods.stream().filter(pod -> phase(pod).equals("Succeeded")).count();
        long active = pods.stream().filter(Replicas::active).count();
        boolean crashed = pods.stream().anyMatch(Jobs::crashed);
        long wanted = job.whole("spec", "completions").orElse(1L);
        long parallel = job.whole("spec", "parallelism").orElse(1L);
        for (long i = active; !crashed && i < Math.min(parallel, wanted - succeeded); i++) {
            var named = Mapping.of("generateName", Value.of(item.name() + "-"));
            acts.create(Replicas.pod(job.mapping("spec", "template"), job, named));
            active++;
        }
        status(item, new Progress(active, succeeded, succeeded >= wanted, crashed));
        return Optional.empty();
    }

    private record Progress(long active, long succeeded, boolean complete, boolean failed) {}

    private static String phase(Item pod) {
        return pod.tree().text("status", "phase").orElse("");
    }

    private static boolean crashed(Item pod) {
        return pod.tree().sequence("status", "containerStatuses").mappings().stream()
                .anyMatch(status ->
                        status.text("state", "waiting", "reason").orElse("").equals("CrashLoopBackOff"));
    }

    private static boolean over(Mapping job) {
        return job.sequence("status", "conditions").mappings().stream()
                .anyMatch(condition -> (condition.text("type").orElse("").equals("Complete")
                                || condition.text("type").orElse("").equals("Failed"))
                        && condition.text("status").orElse("").equals("True"));
    }

    private void status(Item item, Progress progress) {
        var time = acts.realm().timestamp();
        acts.changeStatus(item, object -> {
            var status = object.mapping("status");
            if (!status.has("startTime")) status = status.with("startTime", Value.of(time));
            status = Replicas.counters(status, "active", progress.complete() ? 0 : progress.active());
            status = Replicas.counters(status, "succeeded", progress.succeeded());
            status = Replicas.counters(status, "failed", progress.failed() ? 1 : 0);
            status = status.with("ready", Value.of(0));
            if (progress.complete()) {
                status = status.with("completionTime", Value.of(time))
                        .with(
                                "conditions",
                                Value.of(List.of(
                                        condition(
                                                "SuccessCriteriaMet",
                                                "CompletionsReached",
                                                "Reached expected number of succeeded pods",
                                                time),
                                        condition(
                                                "Complete",
                                                "CompletionsReached",
                                                "Reached expected number of succeeded pods",
                                                time))));
            } else if (progress.failed()) {
                status = status.with(
                        "conditions",
                        Value.of(List.of(
                                condition(
                                        "FailureTarget",
                                        "BackoffLimitExceeded",
                                        "Job has reached the specified backoff limit",
                                        time),
                                condition(
                                        "Failed",
                                        "BackoffLimitExceeded",
                                        "Job has reached the specified backoff limit",
                                        time))));
            }
            return object.with("status", status);
        });
    }

    private static Mapping condition(String type, String reason, String message, String time) {
        return Mapping.builder()
                .put("type", type)
                .put("status", "True")
                .put("lastProbeTime", time)
                .put("lastTransitionTime", time)
                .put("reason", reason)
                .put("message", message)
                .build();
    }
}
