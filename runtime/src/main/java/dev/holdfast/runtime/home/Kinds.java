package dev.holdfast.runtime.home;

import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.Discovery.Scope;
import dev.holdfast.model.Gvk;
import java.util.TreeSet;

/// The kinds that Holdfast itself reads and writes: known without asking discovery, so that a start needs none.
public final class Kinds {

    public static final ApiResource NAMESPACES = of("v1", "Namespace", "namespaces", Scope.CLUSTER);
    public static final ApiResource SECRETS = of("v1", "Secret", "secrets", Scope.NAMESPACED);
    public static final ApiResource CONFIG_MAPS = of("v1", "ConfigMap", "configmaps", Scope.NAMESPACED);
    public static final ApiResource EVENTS = of("v1", "Event", "events", Scope.NAMESPACED);
    public static final ApiResource LEASES = of("coordination.k8s.io/v1", "Lease", "leases", Scope.NAMESPACED);
    public static final ApiResource DEFINITIONS =
            of("apiextensions.k8s.io/v1", "CustomResourceDefinition", "customresourcedefinitions", Scope.CLUSTER);
    public static final ApiResource APPS = of("holdfast.dev/v1alpha1", "App", "holdfastapps", Scope.NAMESPACED);

    private Kinds() {}

    private static ApiResource of(String apiVersion, String kind, String plural, Scope scope) {
        return new ApiResource(Gvk.of(apiVersion, kind), plural, scope, new TreeSet<>(), new TreeSet<>());
    }
}
