package dev.holdfast.sandbox.read;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.read.Columns.Column;
import dev.holdfast.sandbox.request.LabelSelector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
/// The columns of what runs Pods.

final class WorkloadColumns {

    private WorkloadColumns() {}

    static List<Column> deployments(Column age) {
        var columns = new ArrayList<Column>();
        columns.add(Column.text("Ready", object -> ready(object, "readyReplicas")));
        columns.add(Column.number("Up-to-date", "status", "updatedReplicas"));
        columns.add(Column.number("Available", "status", "availableReplicas"));
        columns.add(age);
        columns.addAll(template());
        columns.add(Column.wide("Selector", object -> selector(object.mapping("spec", "selector"))));
        return columns;
    }

    static List<Column> replicaSets(Column age) {
        var columns = new ArrayList<Column>();
        columns.add(Column.number("Desired", "spec", "replicas"));
        columns.add(Column.number("Current", "status", "replicas"));
        columns.add(Column.number("Ready", "status", "readyReplicas"));
        columns.add(age);
        columns.addAll(template());
        columns.add(Column.wide("Selector", object -> selector(object.mapping("spec", "selector"))));
        return columns;
    }

    /// Their selectors are plain labels.
    static List<Column> replicationControllers(Column age) {
        var columns = new ArrayList<>(replicaSets(age));
        columns.removeLast();
        columns.add(Column.wide("Selector", object -> labels(object.mapping("spec", "selector"))));
        return columns;
    }

    static List<Column> podTemplates() {
        return List.of(
                Column.text("Containers", object -> containers(object.mapping("template"), "name")),
                Column.text("Images", object -> containers(object.mapping("template"), "image")),
                Column.text("Pod Labels", object -> labels(object.mapping("template", "metadata", "labels"))));
    }

    private static String labels(Mapping labels) {
        return labels.isEmpty()
                ? "<none>"
                : LabelSelector.ofLabels(labels.texts()).toString();
    }

    static List<Column> statefulSets(Column age) {
        var columns = new ArrayList<Column>();
        columns.add(Column.text("Ready", object -> ready(object, "readyReplicas")));
        columns.add(age);
        columns.addAll(template());
        return columns;
    }

    static List<Column> cronJobs(Column age, Instant now) {
        return List.of(
                Column.text(
                        "Schedule", object -> object.text("spec", "schedule").orElse("")),
                Column.text(
                        "Timezone", object -> object.text("spec", "timeZone").orElse("<none>")),
                new Column(
                        "Suspend",
                        "boolean",
                        "",
                        0,
                        object -> object.bool("spec", "suspend").orElse(false) ? Value.TRUE : Value.FALSE),
                new Column(
                        "Active",
                        "integer",
                        "",
                        0,
                        object -> Value.of(object.sequence("status", "active").size())),
                Column.text(
                        "Last Schedule",
                        object -> object.text("status", "lastScheduleTime")
                                .map(time -> Ages.since(time, now))
                                .orElse("<none>")),
                age,
                Column.wide("Containers", object -> containers(job(object), "name")),
                Column.wide("Images", object -> containers(job(object), "image")),
                Column.wide("Selector", object -> selector(object.mapping("spec", "jobTemplate", "spec", "selector"))));
    }

    private static Mapping job(Mapping cronJob) {
        return cronJob.mapping("spec", "jobTemplate", "spec", "template");
    }

    static List<Column> daemonSets(Column age) {
        var columns = new ArrayList<Column>();
        columns.add(Column.number("Desired", "status", "desiredNumberScheduled"));
        columns.add(Column.number("Current", "status", "currentNumberScheduled"));
        columns.add(Column.number("Ready", "status", "numberReady"));
        columns.add(Column.number("Up-to-date", "status", "updatedNumberScheduled"));
        columns.add(Column.number("Available", "status", "numberAvailable"));
        columns.add(Column.text("Node Selector", object -> {
            var labels =
                    object.mapping("spec", "template", "spec", "nodeSelector").texts();
            return labels.isEmpty() ? "<none>" : LabelSelector.ofLabels(labels).toString();
        }));
        columns.add(age);
        columns.addAll(template());
        columns.add(Column.wide("Selector", object -> selector(object.mapping("spec", "selector"))));
        return columns;
    }

    static List<Column> jobs(Column age, Instant now) {
        var columns = new ArrayList<Column>(List.of(
                Column.text("Status", object -> {
                    for (var condition : object.sequence("status", "conditions").mappings()) {
                        if (condition.text("status").orElse("").equals("True")) {
                            return condition.text("type").orElse("");
                        }
                    }
                    return "Running";
                }),
                Column.text(
                        "Completions",
                        object -> object.whole("status", "succeeded").orElse(0L) + "/"
                                + object.whole("spec", "completions").orElse(1L)),
                Column.text(
                        "Duration",
                        object -> object.text("status", "startTime")
                                .map(start -> Ages.since(
                                        start,
                                        object.text("status", "completionTime")
                                                .map(Instant::parse)
                                                .orElse(now)))
                                .orElse("")),
                age));
        columns.addAll(template());
        columns.add(Column.wide("Selector", object -> selector(object.mapping("spec", "selector"))));
        return columns;
    }

    private static List<Column> template() {
        return List.of(
                Column.wide("Containers", object -> containers(template(object), "name")),
                Column.wide("Images", object -> containers(template(object), "image")));
    }

    private static Mapping template(Mapping object) {
        return object.mapping("spec", "template");
    }

    private static String containers(Mapping template, String field) {
        return String.join(
                ",",
                template.sequence("spec", "containers").mappings().stream()
                        .map(container -> container.text(field).orElse(""))
                        .toList());
    }

    private static String ready(Mapping object, String field) {
        return object.whole("status", field).orElse(0L) + "/"
                + object.whole("spec", "replicas").orElse(0L);
    }

    static String selector(Mapping selector) {
        var text = LabelSelector.of(selector).toString();
        return text.isEmpty() ? "<none>" : text;
    }
}
