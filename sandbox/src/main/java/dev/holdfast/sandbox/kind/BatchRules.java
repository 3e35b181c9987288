package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/// Jobs, and what makes them by the clock.
final class BatchRules {

    private static final int MOST_CRON_JOB_NAME = 52;
    private static final Pattern CRON_WORD = Pattern.compile("[0-9A-Za-z*/,?#-]{1,100}");
    private static final Pattern EVERY =
            Pattern.compile("@(yearly|annually|monthly|weekly|daily|midnight|hourly|every [0-9a-z.]{1,20})");

    private BatchRules() {}

    static void job(Mapping spec, String path, Problems problems) {
        for (var field : List.of(
                "parallelism",
                "completions",
                "activeDeadlineSeconds",
                "backoffLimit",
                "ttlSecondsAfterFinished",
                "backoffLimitPerIndex")) {
            problems.notNegative(spec, path, field);
        }
        if (spec.get("selector") instanceof Mapping selector)
            Selectors.check(selector, child(path, "selector"), problems);
        problems.oneOf(spec, path, "completionMode", List.of("NonIndexed", "Indexed"));
        if (spec.text("completionMode").orElse("").equals("Indexed") && !spec.has("completions")) {
            problems.required(child(path, "completions"), "when completion mode is Indexed");
        }
        PodRules.template(spec, child(path, "template"), problems);
        var restart = spec.text("template", "spec", "restartPolicy").orElse("");
        var place = child(path, "template.spec.restartPolicy");
        // the default of pods is none that a job can have
        if (restart.isEmpty() || restart.equals("Always")) {
            problems.required(place, "valid values: \"OnFailure\", \"Never\"");
        } else if (!List.of("OnFailure", "Never").contains(restart)) {
            problems.notSupported(place, Value.of(restart), List.of("OnFailure", "Never"));
        }
    }

    /// Only how many run at once, how long they may, and the scheduling of a job that hasn't started can change.
    static void jobChange(Mapping spec, Mapping old, Problems problems) {
        boolean indexed = spec.text("completionMode").orElse("").equals("Indexed");
        boolean resized = indexed && spec.whole("completions").equals(spec.whole("parallelism"));
        if (!resized) problems.immutable("spec.completions", spec.get("completions"), old.get("completions"));
        problems.immutable("spec.selector", spec.get("selector"), old.get("selector"));
        boolean suspended = old.bool("suspend").orElse(false);
        var now = suspended ? unscheduled(spec) : spec.mapping("template");
        var before = suspended ? unscheduled(old) : old.mapping("template");
        if (!now.equals(before)) {
            var shown = GoForm.of("core.PodTemplateSpec", suspended ? openTo(spec, old) : spec.mapping("template"));
            problems.invalid("spec.template", shown, "field is immutable");
        }
        for (var field :
                List.of("completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy")) {
            problems.immutable(child("spec", field), spec.get(field), old.get(field));
        }
    }

    /// The new template, with what a suspended job may change as it was.
    private static Mapping openTo(Mapping spec, Mapping old) {
        var template = spec.mapping("template");
        for (var path : List.of(
                List.of("metadata", "annotations"),
                List.of("metadata", "labels"),
                List.of("spec", "affinity"),
                List.of("spec", "nodeSelector"),
                List.of("spec", "tolerations"),
                List.of("spec", "schedulingGates"))) {
            var before = old.mapping("template").at(path.toArray(String[]::new));
            template = before == null ? template.without(path) : template.with(path, before);
        }
        return template;
    }

    private static Mapping unscheduled(Mapping spec) {
        var template = spec.mapping("template");
        var pod = template.mapping("spec");
        for (var field : List.of("affinity", "nodeSelector", "tolerations", "schedulingGates"))
            pod = pod.without(field);
        return template.without(List.of("metadata", "annotations"))
                .without(List.of("metadata", "labels"))
                .with("spec", pod);
    }

    static void cronJob(Mapping cronJob, Problems problems) {
        var name = cronJob.text("metadata", "name").orElse("");
        if (name.length() > MOST_CRON_JOB_NAME) {
            problems.invalid("metadata.name", name, "must be no more than " + MOST_CRON_JOB_NAME + " characters");
        }
        var spec = cronJob.mapping("spec");
        var schedule = spec.text("schedule").orElse("");
        if (schedule.isEmpty()) problems.required("spec.schedule", "");
        else schedule(schedule, problems);
        spec.text("timeZone").ifPresent(zone -> timeZone(zone, problems));
        problems.notNegative(spec, "spec", "startingDeadlineSeconds");
        problems.oneOf(spec, "spec", "concurrencyPolicy", List.of("Allow", "Forbid", "Replace"));
        problems.notNegative(spec, "spec", "successfulJobsHistoryLimit");
        problems.notNegative(spec, "spec", "failedJobsHistoryLimit");
        var job = spec.mapping("jobTemplate", "spec");
        if (job.bool("manualSelector").orElse(false)) {
            problems.notSupported("spec.jobTemplate.spec.manualSelector", Value.TRUE, List.of("nil", "false"));
        }
        job(job, "spec.jobTemplate.spec", problems);
    }

    private static void timeZone(String zone, Problems problems) {
        if (zone.isEmpty()) {
            problems.invalid("spec.timeZone", zone, "must be nil or non-empty string");
        } else if (zone.equalsIgnoreCase("Local")) {
            problems.invalid(
                    "spec.timeZone", zone, "timeZone must be an explicit time zone as defined in the tz database");
        } else if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            problems.invalid("spec.timeZone", zone, "unknown time zone " + zone);
        }
    }

    private static void schedule(String schedule, Problems problems) {
        if (schedule.contains("TZ")) {
            problems.invalid(
                    "spec.schedule", schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
            return;
        }
        if (schedule.length() <= 64 && EVERY.matcher(schedule).matches()) return;
        var words = schedule.strip().split("\\s+", 20);
        if (words.length != 5) {
            var found = schedule.startsWith("@")
                    ? "unrecognized descriptor: " + schedule
                    : "expected exactly 5 fields, found " + words.length + ": [" + String.join(" ", words) + "]";
            problems.invalid("spec.schedule", schedule, found);
            return;
        }
        for (var word : words) {
            if (CRON_WORD.matcher(word).matches()) continue;
            problems.invalid("spec.schedule", schedule, "failed to parse int from " + word);
        }
    }
}
