package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Services: type, ports, addresses, and what of them can change.
final class ServiceRules {

    private static final List<String> TYPES = List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");

    private ServiceRules() {}

    static void check(Mapping service, Problems problems) {
        var spec = service.mapping("spec");
        var type = spec.text("type").orElse("");
        boolean headless = spec.text("clusterIP").orElse("").equals("None");
        var ports = spec.sequence("ports");
        if (ports.isEmpty() && !headless && !type.equals("ExternalName")) problems.required("spec.ports", "");
        if (headless && ServiceDefaults.hasNodePorts(type)) {
            problems.invalid("spec.clusterIPs[0]", "None", "may not be set to 'None' for " + type + " services");
        }
        if (type.equals("ExternalName")) externalName(spec, problems);
        ports(ports, type, problems);
        MetadataRules.labels(spec.mapping("selector"), "spec.selector", problems);
        problems.oneOf(spec, "spec", "sessionAffinity", List.of("ClientIP", "None"));
        if (!TYPES.contains(type)) problems.notSupported("spec.type", Value.of(type), TYPES);
        problems.oneOf(spec, "spec", "externalTrafficPolicy", List.of("Cluster", "Local"));
        problems.oneOf(spec, "spec", "internalTrafficPolicy", List.of("Cluster", "Local"));
        if (spec.has("externalTrafficPolicy") && !ServiceDefaults.external(spec)) {
            problems.invalid(
                    "spec.externalTrafficPolicy",
                    spec.get("externalTrafficPolicy"),
                    "may only be set for externally-accessible services");
        }
        if (spec.has("allocateLoadBalancerNodePorts") && !type.equals("LoadBalancer")) {
            problems.forbidden("spec.allocateLoadBalancerNodePorts", "may only be used when `type` is 'LoadBalancer'");
        }
        if (spec.has("loadBalancerClass") && !type.equals("LoadBalancer")) {
            problems.forbidden("spec.loadBalancerClass", "may only be used when `type` is 'LoadBalancer'");
        }
    }

    private static void externalName(Mapping spec, Problems problems) {
        var name = spec.text("externalName").orElse("");
        if (name.isEmpty()) problems.required("spec.externalName", "");
        var bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (!name.isEmpty()) {
            for (var wrong : Names.subdomain(bare)) problems.invalid("spec.externalName", name, wrong);
        }
        if (!spec.text("clusterIP").orElse("").isEmpty()) {
            problems.forbidden("spec.clusterIPs", "may not be set for ExternalName services");
        }
    }

    private static void ports(Sequence ports, String type, Problems problems) {
        var names = new HashSet<String>();
        var numbers = new HashSet<String>();
        for (int i = 0; i < ports.size(); i++) {
            if (!(ports.get(i) instanceof Mapping port)) continue;
            var path = item("spec.ports", i);
            var name = port.text("name").orElse("");
            if (name.isEmpty()) {
                if (ports.size() > 1) problems.required(child(path, "name"), "");
            } else {
                for (var wrong : Names.label(name)) problems.invalid(child(path, "name"), name, wrong);
                if (!names.add(name)) problems.duplicate(child(path, "name"), Value.of(name));
            }
            if (port.has("port")) Ports.number(port, path, "port", problems);
            else problems.required(child(path, "port"), "");
            problems.oneOf(port, path, "protocol", Ports.PROTOCOLS);
            Ports.numberOrName(port.get("targetPort"), child(path, "targetPort"), problems);
            nodePort(port, path, type, problems);
            var number =
                    port.whole("port").orElse(0L) + "/" + port.text("protocol").orElse("");
            if (!numbers.add(number)) {
                var shown = Mapping.builder()
                        .putIfPresent("protocol", port.text("protocol"))
                        .put("port", port.whole("port").orElse(0L))
                        .build();
                problems.duplicate(path, shown);
            }
        }
    }

    private static void nodePort(Mapping port, String path, String type, Problems problems) {
        long number = port.whole("nodePort").orElse(0L);
        if (number == 0) return;
        if (!ServiceDefaults.hasNodePorts(type)) {
            problems.forbidden(child(path, "nodePort"), "may not be used when `type` is '" + type + "'");
        } else if (number < 30_000 || number > 32_767) {
            problems.invalid(
                    child(path, "nodePort"),
                    Value.of(number),
                    "provided port is not in the valid range. The range of valid ports is 30000-32767");
        }
    }

    static void change(Mapping service, Mapping old, Problems problems) {
        var spec = service.mapping("spec");
        var before = old.mapping("spec");
        boolean kept = ServiceDefaults.hasClusterIp(spec.text("type").orElse(""))
                && ServiceDefaults.hasClusterIp(before.text("type").orElse(""));
        var had = first(before);
        if (kept && had.isPresent() && !had.equals(first(spec))) {
            problems.invalid("spec.clusterIPs[0]", spec.get("clusterIPs"), "may not change once set");
        }
        var balancer = before.get("loadBalancerClass");
        boolean balanced = spec.text("type").orElse("").equals("LoadBalancer")
                && before.text("type").orElse("").equals("LoadBalancer");
        if (balanced && balancer != null && !balancer.equals(spec.get("loadBalancerClass"))) {
            problems.invalid("spec.loadBalancerClass", spec.get("loadBalancerClass"), "may not change once set");
        }
    }

    private static Optional<String> first(Mapping spec) {
        var addresses = spec.sequence("clusterIPs");
        return addresses.isEmpty() ? spec.text("clusterIP") : addresses.get(0).asText();
    }
}
