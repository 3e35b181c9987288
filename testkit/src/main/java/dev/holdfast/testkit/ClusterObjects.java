package dev.holdfast.testkit;

import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.Discovery.Scope;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.port.Cluster.Caller;
import java.util.TreeSet;

/// Resources and objects that contract suites of clusters work with.
public final class ClusterObjects {

    private static final String RBAC = "rbac.authorization.k8s.io";

    public static final ApiResource CONFIG_MAPS = resource("v1", "ConfigMap", "configmaps", Scope.NAMESPACED);
    public static final ApiResource NAMESPACES = resource("v1", "Namespace", "namespaces", Scope.CLUSTER);
    public static final ApiResource ROLES = resource(RBAC + "/v1", "Role", "roles", Scope.NAMESPACED);
    public static final ApiResource ROLE_BINDINGS =
            resource(RBAC + "/v1", "RoleBinding", "rolebindings", Scope.NAMESPACED);

    private ClusterObjects() {}

    public static ApiResource resource(String apiVersion, String kind, String plural, Scope scope) {
        return new ApiResource(Gvk.of(apiVersion, kind), plural, scope, new TreeSet<>(), new TreeSet<>());
    }

    /// Keys and values in turn.
    public static Mapping texts(String... keysAndValues) {
        var mapping = Mapping.builder();
        for (int i = 0; i < keysAndValues.length; i += 2) mapping.put(keysAndValues[i], keysAndValues[i + 1]);
        return mapping.build();
    }

    private static Mapping.Builder object(String apiVersion, String kind, String name) {
        return Mapping.builder()
                .put("apiVersion", apiVersion)
                .put("kind", kind)
                .put(
                        "metadata",
                        Mapping.builder()
                                .put("name", name)
                                .put("labels", texts("of", "contract"))
                                .build());
    }

    public static Mapping namespace(String name) {
        return object("v1", "Namespace", name).build();
    }

    /// With one entry and the label `of: contract`.
    public static Mapping configMap(String name, String key, String value) {
        return object("v1", "ConfigMap", name).put("data", texts(key, value)).build();
    }

    /// Lets its holder do everything with config maps.
    public static Mapping role(String name) {
        var rule = Mapping.builder()
                .put("apiGroups", Sequence.of(Value.of("")))
                .put("resources", Sequence.of(Value.of("configmaps")))
                .put("verbs", Sequence.of(Value.of("*")))
                .build();
        return object(RBAC + "/v1", "Role", name)
                .put("rules", Sequence.of(rule))
                .build();
    }

    /// Gives the role of the same name to a service account.
    public static Mapping binding(String name, Caller.ServiceAccount account) {
        var subject = texts("kind", "ServiceAccount", "namespace", account.namespace(), "name", account.name());
        return object(RBAC + "/v1", "RoleBinding", name)
                .put("roleRef", texts("apiGroup", RBAC, "kind", "Role", "name", name))
                .put("subjects", Sequence.of(subject))
                .build();
    }

    public static String version(Mapping object) {
        return object.text("metadata", "resourceVersion").orElse("");
    }
}
