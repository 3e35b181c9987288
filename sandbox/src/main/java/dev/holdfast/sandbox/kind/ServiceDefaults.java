package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.DefaultTable.missing;
import static dev.holdfast.sandbox.kind.DefaultTable.set;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.List;

/// The defaults of a Service that need nothing from the cluster.
final class ServiceDefaults {

    private static final long AFFINITY_SECONDS = 10_800;

    private ServiceDefaults() {}

    static Mapping of(Mapping service) {
        var spec = affinity(service.mapping("spec"));
        var type = spec.text("type").orElse("");
        if (spec.has("ports")) spec = spec.with("ports", spec.sequence("ports").map(ServiceDefaults::port));
        if (external(spec)) spec = set(spec, "externalTrafficPolicy", Value.of("Cluster"));
        if (hasClusterIp(type)) spec = set(spec, "internalTrafficPolicy", Value.of("Cluster"));
        if (!type.equals("LoadBalancer")) return service.with("spec", spec);
        spec = set(spec, "allocateLoadBalancerNodePorts", Value.TRUE);
        var balanced = service.with("spec", spec);
        var ingress = balanced.sequence("status", "loadBalancer", "ingress");
        if (ingress.isEmpty()) return balanced;
        return balanced.with(List.of("status", "loadBalancer", "ingress"), ingress.map(ServiceDefaults::ingress));
    }

    static boolean hasClusterIp(String type) {
        return type.equals("ClusterIP") || hasNodePorts(type);
    }

    static boolean hasNodePorts(String type) {
        return type.equals("NodePort") || type.equals("LoadBalancer");
    }

    /// Whether clients outside of the cluster reach the Service.
    static boolean external(Mapping spec) {
        var type = spec.text("type").orElse("");
        return hasNodePorts(type)
                || type.equals("ClusterIP") && !spec.sequence("externalIPs").isEmpty();
    }

    private static Mapping affinity(Mapping spec) {
        if (!spec.text("sessionAffinity").orElse("").equals("ClientIP")) return spec.without("sessionAffinityConfig");
        if (spec.at("sessionAffinityConfig", "clientIP", "timeoutSeconds") instanceof Value.Whole) return spec;
        return spec.with(
                "sessionAffinityConfig",
                Mapping.of("clientIP", Mapping.of("timeoutSeconds", Value.of(AFFINITY_SECONDS))));
    }

    private static Value port(Value each) {
        if (!(each instanceof Mapping port) || !(port.get("port") instanceof Value number)) return each;
        var target = port.get("targetPort");
        boolean none = missing(target) || target instanceof Value.Whole(var zero, var _) && zero == 0;
        return none ? port.with("targetPort", number) : port;
    }

    private static Value ingress(Value each) {
        return each instanceof Mapping ingress && !missing(ingress.get("ip"))
                ? set(ingress, "ipMode", Value.of("VIP"))
                : each;
    }
}
