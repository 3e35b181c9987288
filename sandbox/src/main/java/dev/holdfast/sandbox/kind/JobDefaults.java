package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.DefaultTable.set;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.List;

/// The defaults of a Job, which a CronJob's template does not get, and the selector that a new Job is given.
final class JobDefaults {

    private static final String UID = "batch.kubernetes.io/controller-uid";
    private static final String NAME = "batch.kubernetes.io/job-name";

    private JobDefaults() {}

    static Mapping of(Mapping job) {
        var spec = job.mapping("spec");
        if (!spec.has("completions") && !spec.has("parallelism")) spec = spec.with("completions", Value.of(1L));
        spec = set(spec, "parallelism", Value.of(1L));
        spec = set(spec, "backoffLimit", Value.of(spec.has("backoffLimitPerIndex") ? Integer.MAX_VALUE : 6L));
        spec = set(spec, "completionMode", Value.of("NonIndexed"));
        spec = set(spec, "suspend", Value.FALSE);
        spec = set(spec, "manualSelector", Value.FALSE);
        spec = set(
                spec,
                "podReplacementPolicy",
                Value.of(spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed"));
        return labelled(job.with("spec", spec));
    }

    /// A Job without labels has those of its pods.
    private static Mapping labelled(Mapping job) {
        var labels = job.mapping("spec", "template", "metadata", "labels");
        boolean bare = job.mapping("metadata", "labels").isEmpty() && !labels.isEmpty();
        return bare ? job.with(List.of("metadata", "labels"), labels) : job;
    }

    /// Pods of a new Job are found by its uid, unless the Job brings its own selector.
    static Mapping withSelector(Mapping job, String uid) {
        if (job.bool("spec", "manualSelector").orElse(false)) return job;
        var name = job.text("metadata", "name").orElse("");
        var labels = job.mapping("spec", "template", "metadata", "labels")
                .with(UID, Value.of(uid))
                .with(NAME, Value.of(name))
                .with("controller-uid", Value.of(uid))
                .with("job-name", Value.of(name));
        var selector = job.mapping("spec", "selector", "matchLabels");
        var selecting = selector.isEmpty() ? Mapping.of(UID, Value.of(uid)) : selector.with(UID, Value.of(uid));
        return labelled(job.with(List.of("spec", "template", "metadata", "labels"), labels)
                .with(List.of("spec", "selector", "matchLabels"), selecting));
    }
}
