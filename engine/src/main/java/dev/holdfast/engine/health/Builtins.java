package dev.holdfast.engine.health;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Health;
import dev.holdfast.model.Health.State;
import dev.holdfast.model.Mapping;
import java.util.Optional;

/// The rules of the other built-in kinds. Kinds that are as they should be as soon as they exist have no rule.
final class Builtins {

    private Builtins() {}

    static Optional<Health> health(Gvk gvk, Mapping object) {
        return switch (gvk.groupKind().toString()) {
            case "Pod" -> Optional.of(pod(object));
            case "PersistentVolumeClaim" -> Optional.of(claim(object));
            case "Service" -> Optional.of(service(object));
            case "Namespace" -> Optional.of(namespace(object));
            case "Job.batch" -> Optional.of(job(object));
            case "PodDisruptionBudget.policy" -> Optional.of(budget(object));
            case "CustomResourceDefinition.apiextensions.k8s.io" -> Optional.of(definition(object));
            case "APIService.apiregistration.k8s.io" -> Optional.of(apiService(object));
            case "ConfigMap", "Secret", "CronJob.batch" -> Optional.of(Health.CURRENT);
            default -> Optional.empty();
        };
    }

    private static Health pod(Mapping object) {
        return switch (object.text("status", "phase").orElse("")) {
            case "Succeeded" -> Health.CURRENT;
            case "Failed" ->
                HealthOf.failed("PodFailed", object.text("status", "message").orElse("its containers have failed"));
            case "Running" -> {
                if (HealthOf.condition(object, "Ready")
                        .filter(HealthOf.Seen::holds)
                        .isPresent()) yield Health.CURRENT;
                yield waiting(object, "CrashLoopBackOff")
                        .map(name ->
                                HealthOf.failed("CrashLoopBackOff", "container " + name + " crashes again and again"))
                        .orElseGet(() -> HealthOf.progress("PodRunningNotReady", "it runs, but is not ready"));
            }
            default -> pending(object);
        };
    }

    private static Health pending(Mapping object) {
        var scheduled = HealthOf.condition(object, "PodScheduled");
        if (scheduled.filter(HealthOf.Seen::denied).isPresent()) {
            return HealthOf.progress(
                    scheduled.get().reason("Unschedulable"), scheduled.get().message());
        }
        for (var reason : java.util.List.of("ImagePullBackOff", "ErrImagePull", "CreateContainerConfigError")) {
            var name = waiting(object, reason);
            if (name.isPresent()) return HealthOf.progress(reason, "container " + name.get() + " does not start");
        }
        return HealthOf.progress("PodPending", "it has not started yet");
    }

    /// The name of a container that waits for this reason.
    private static Optional<String> waiting(Mapping object, String reason) {
        for (var list : java.util.List.of("initContainerStatuses", "containerStatuses")) {
            for (var status : object.sequence("status", list).mappings()) {
                if (status.text("state", "waiting", "reason")
                        .filter(reason::equals)
                        .isPresent()) {
                    return status.text("name");
                }
            }
        }
        return Optional.empty();
    }

    private static Health claim(Mapping object) {
        var phase = object.text("status", "phase").orElse("unknown");
        return phase.equals("Bound")
                ? Health.CURRENT
                : HealthOf.progress("NotBound", "the claim is not bound, its phase is " + phase);
    }

    private static Health service(Mapping object) {
        boolean balancer =
                object.text("spec", "type").filter("LoadBalancer"::equals).isPresent();
        if (!balancer || !object.text("spec", "clusterIP").orElse("").isEmpty()) return Health.CURRENT;
        return HealthOf.progress("NoIPAssigned", "it has no cluster IP yet");
    }

    private static Health namespace(Mapping object) {
        return object.text("status", "phase").filter("Terminating"::equals).isPresent()
                ? new Health(State.TERMINATING, "Terminating", "is being deleted")
                : Health.CURRENT;
    }

    private static Health job(Mapping object) {
        var failed = HealthOf.condition(object, "Failed").filter(HealthOf.Seen::holds);
        if (failed.isPresent()) {
            return HealthOf.failed(
                    failed.get().reason("JobFailed"), failed.get().message());
        }
        boolean suspended = object.bool("spec", "suspend").orElse(false);
        boolean started = object.text("status", "startTime").isPresent();
        return started || suspended ? Health.CURRENT : HealthOf.progress("JobNotStarted", "it has not started yet");
    }

    private static Health budget(Mapping object) {
        if (object.whole("status", "observedGeneration").isEmpty()) {
            return HealthOf.progress("NoObservedGeneration", "its controller has not seen it yet");
        }
        long healthy = object.whole("status", "currentHealthy").orElse(0L);
        long needed = object.whole("status", "desiredHealthy").orElse(0L);
        return healthy >= needed
                ? Health.CURRENT
                : HealthOf.progress("BudgetNotMet", "%d of %d pods are healthy".formatted(healthy, needed));
    }

    private static Health definition(Mapping object) {
        var names = HealthOf.condition(object, "NamesAccepted");
        if (names.filter(HealthOf.Seen::denied).isPresent()) {
            return HealthOf.failed(
                    names.get().reason("NamesNotAccepted"), names.get().message());
        }
        var established = HealthOf.condition(object, "Established");
        if (established.filter(HealthOf.Seen::holds).isPresent()) return Health.CURRENT;
        boolean refused = established
                .filter(seen -> seen.denied() && !seen.reasonText().equals("Installing"))
                .isPresent();
        return refused
                ? HealthOf.failed(
                        established.get().reason("NotEstablished"),
                        established.get().message())
                : HealthOf.progress("Installing", "the API server does not serve it yet");
    }

    private static Health apiService(Mapping object) {
        var available = HealthOf.condition(object, "Available");
        if (available.filter(HealthOf.Seen::holds).isPresent()) return Health.CURRENT;
        return available
                .map(seen -> HealthOf.progress(seen.reason("NotAvailable"), seen.message()))
                .orElseGet(() -> HealthOf.progress("NotAvailable", "the API server has not tried it yet"));
    }
}
