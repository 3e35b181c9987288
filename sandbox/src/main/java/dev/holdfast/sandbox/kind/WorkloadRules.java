package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.List;

/// The kinds that keep pods running.
final class WorkloadRules {

    private static final String TEMPLATE = "spec.template";

    /// What an update of a StatefulSet may change.
    private static final List<String> STATEFUL_SET_OPEN = List.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");

    private WorkloadRules() {}

    static void deployment(Mapping spec, Problems problems) {
        problems.notNegative(spec, "spec", "replicas");
        Selectors.ofWorkload(spec, "deployment", problems);
        template(spec, "ReplicaSet", problems);
        deploymentStrategy(spec.mapping("strategy"), problems);
        for (var field : List.of("minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds")) {
            problems.notNegative(spec, "spec", field);
        }
        long deadline = spec.whole("progressDeadlineSeconds").orElse(0L);
        if (deadline > 0 && deadline <= spec.whole("minReadySeconds").orElse(0L)) {
            problems.invalid(
                    "spec.progressDeadlineSeconds", Value.of(deadline), "must be greater than minReadySeconds");
        }
    }

    private static void deploymentStrategy(Mapping strategy, Problems problems) {
        var path = "spec.strategy";
        switch (strategy.text("type").orElse("")) {
            case "Recreate" -> {
                if (strategy.has("rollingUpdate")) {
                    problems.forbidden(
                            child(path, "rollingUpdate"), "may not be specified when strategy `type` is 'Recreate'");
                }
            }
            case "RollingUpdate" -> rolling(strategy.mapping("rollingUpdate"), child(path, "rollingUpdate"), problems);
            default ->
                problems.notSupported(
                        path, GoForm.of("apps.DeploymentStrategy", strategy), List.of("Recreate", "RollingUpdate"));
        }
    }

    private static void rolling(Mapping rolling, String path, Problems problems) {
        Ports.countOrShare(rolling, path, "maxUnavailable", problems);
        Ports.countOrShare(rolling, path, "maxSurge", problems);
        var unavailable = rolling.get("maxUnavailable");
        if (Ports.zero(unavailable) && Ports.zero(rolling.get("maxSurge"))) {
            problems.invalid(child(path, "maxUnavailable"), unavailable, "may not be 0 when `maxSurge` is 0");
        }
        if (Ports.moreThanAll(unavailable)) {
            problems.invalid(child(path, "maxUnavailable"), unavailable, "must not be greater than 100%");
        }
    }

    static void replicaSet(Mapping spec, Problems problems) {
        problems.notNegative(spec, "spec", "replicas");
        problems.notNegative(spec, "spec", "minReadySeconds");
        Selectors.ofWorkload(spec, "deployment", problems);
        template(spec, "ReplicaSet", problems);
    }

    static void daemonSet(Mapping spec, Problems problems) {
        Selectors.ofWorkload(spec, "daemonset", problems);
        template(spec, "DaemonSet", problems);
        problems.notNegative(spec, "spec", "minReadySeconds");
        var strategy = spec.mapping("updateStrategy");
        var path = "spec.updateStrategy";
        switch (strategy.text("type").orElse("")) {
            case "OnDelete" -> {
                // waits for someone to delete the pods
            }
            case "RollingUpdate" -> {
                var rolling = strategy.mapping("rollingUpdate");
                var place = child(path, "rollingUpdate");
                Ports.countOrShare(rolling, place, "maxUnavailable", problems);
                Ports.countOrShare(rolling, place, "maxSurge", problems);
                boolean stuck = Ports.zero(rolling.get("maxUnavailable")) && Ports.zero(rolling.get("maxSurge"));
                if (stuck) problems.required(child(place, "maxUnavailable"), "cannot be 0 when maxSurge is 0");
            }
            default ->
                problems.notSupported(
                        path,
                        GoForm.of("apps.DaemonSetUpdateStrategy", strategy),
                        List.of("RollingUpdate", "OnDelete"));
        }
        problems.notNegative(spec, "spec", "revisionHistoryLimit");
    }

    static void statefulSet(Mapping spec, Problems problems) {
        var policy = spec.text("podManagementPolicy").orElse("");
        if (!List.of("OrderedReady", "Parallel").contains(policy)) {
            problems.invalid("spec.podManagementPolicy", policy, "must be 'OrderedReady' or 'Parallel'");
        }
        var strategy = spec.mapping("updateStrategy");
        switch (strategy.text("type").orElse("")) {
            case "OnDelete" -> {
                if (strategy.has("rollingUpdate")) {
                    problems.invalid(
                            "spec.updateStrategy.rollingUpdate",
                            strategy.get("rollingUpdate"),
                            "only allowed for updateStrategy 'RollingUpdate'");
                }
            }
            case "RollingUpdate" ->
                problems.notNegative(
                        strategy.mapping("rollingUpdate"), "spec.updateStrategy.rollingUpdate", "partition");
            default ->
                problems.invalid(
                        "spec.updateStrategy",
                        GoForm.of("apps.StatefulSetUpdateStrategy", strategy),
                        "must be 'RollingUpdate' or 'OnDelete'");
        }
        for (var field : List.of("replicas", "minReadySeconds", "revisionHistoryLimit")) {
            problems.notNegative(spec, "spec", field);
        }
        Selectors.ofWorkload(spec, "statefulset", problems);
        template(spec, "StatefulSet", problems);
        var service = spec.text("serviceName").orElse("");
        if (!service.isEmpty()) {
            for (var wrong : Names.subdomain(service)) problems.invalid("spec.serviceName", service, wrong);
        }
    }

    static void statefulSetChange(Mapping spec, Mapping old, Problems problems) {
        var now = spec;
        var before = old;
        for (var field : STATEFUL_SET_OPEN) {
            now = now.without(field);
            before = before.without(field);
        }
        if (now.equals(before)) return;
        problems.forbidden(
                "spec",
                "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                        + " 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and"
                        + " 'minReadySeconds' are forbidden");
    }

    private static void template(Mapping spec, String owner, Problems problems) {
        PodRules.template(spec, TEMPLATE, problems);
        var pod = spec.mapping("template", "spec");
        var restart = pod.text("restartPolicy").orElse("");
        if (!restart.equals("Always")) {
            problems.notSupported("spec.template.spec.restartPolicy", Value.of(restart), List.of("Always"));
        }
        if (pod.has("activeDeadlineSeconds")) {
            problems.forbidden(
                    "spec.template.spec.activeDeadlineSeconds",
                    "activeDeadlineSeconds in " + owner + " is not Supported");
        }
    }
}
