package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Services: type, ports, and how they are reached. Their addresses: {@link ServiceAddressRules}.
final class ServiceRules {

    private static final List<String> TYPES = List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final String BALANCED_ONLY = "may only be used when `type` is 'LoadBalancer'";
    private static final long LONGEST_AFFINITY = 86_400;

    private ServiceRules() {}

    static void check(Mapping service, Problems problems) {
        var spec = service.mapping("spec");
        var type = spec.text("type").orElse("");
        boolean headless = ServiceAddressRules.headless(spec);
        var ports = spec.sequence("ports");
        if (ports.isEmpty() && !headless && !type.equals("ExternalName")) problems.required("spec.ports", "");
        if (headless && ServiceDefaults.hasNodePorts(type)) {
            problems.invalid("spec.clusterIPs[0]", "None", "may not be set to 'None' for " + type + " services");
        }
        if (type.equals("ExternalName")) externalName(spec, problems);
        ports(ports, problems);
        MetadataRules.labels(spec.mapping("selector"), "spec.selector", problems);
        affinity(spec, problems);
        if (!type.equals("ExternalName")) ServiceAddressRules.check(spec, problems);
        ServiceAddressRules.external(spec, problems);
        if (!TYPES.contains(type)) problems.notSupported("spec.type", Value.of(type), TYPES);
        nodePorts(ports, type, problems);
        repeated(ports, problems);
        ranges(service, type, problems);
        if (spec.has("allocateLoadBalancerNodePorts") && !type.equals("LoadBalancer")) {
            problems.forbidden("spec.allocateLoadBalancerNodePorts", BALANCED_ONLY);
        }
        balancer(spec, type, problems);
        traffic(spec, type, problems);
    }

    private static void externalName(Mapping spec, Problems problems) {
        for (var field : List.of("clusterIPs", "ipFamilies")) {
            boolean given = !spec.sequence(field).isEmpty()
                    || field.equals("clusterIPs")
                            && !spec.text("clusterIP").orElse("").isEmpty();
            if (given) problems.forbidden(child("spec", field), "may not be set for ExternalName services");
        }
        if (spec.has("ipFamilyPolicy")) {
            problems.forbidden("spec.ipFamilyPolicy", "may not be set for ExternalName services");
        }
        var name = spec.text("externalName").orElse("");
        var bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (bare.isEmpty()) problems.required("spec.externalName", "");
        else for (var wrong : Names.subdomain(bare)) problems.invalid("spec.externalName", bare, wrong);
    }

    private static void ports(Sequence ports, Problems problems) {
        var names = new HashSet<String>();
        for (int i = 0; i < ports.size(); i++) {
            if (!(ports.get(i) instanceof Mapping port)) continue;
            var path = item("spec.ports", i);
            name(port, ports.size(), names, path, problems);
            Ports.numberOrName(Value.of(port.whole("port").orElse(0L)), child(path, "port"), problems);
            problems.oneOf(port, path, "protocol", Ports.PROTOCOLS);
            Ports.numberOrName(port.find("targetPort").orElse(Value.of(0)), child(path, "targetPort"), problems);
            var protocol = port.text("appProtocol");
            if (protocol.isEmpty()) continue;
            for (var wrong : Names.qualified(protocol.get())) {
                problems.invalid(child(path, "appProtocol"), protocol.get(), wrong);
            }
        }
    }

    private static void name(Mapping port, int ports, Set<String> names, String path, Problems problems) {
        var name = port.text("name").orElse("");
        if (name.isEmpty()) {
            if (ports > 1) problems.required(child(path, "name"), "");
            return;
        }
        for (var wrong : Names.label(name)) problems.invalid(child(path, "name"), name, wrong);
        if (!names.add(name)) problems.duplicate(child(path, "name"), Value.of(name));
    }

    private static void affinity(Mapping spec, Problems problems) {
        problems.oneOf(spec, "spec", "sessionAffinity", List.of("ClientIP", "None"));
        var path = "spec.sessionAffinityConfig";
        switch (spec.text("sessionAffinity").orElse("")) {
            case "ClientIP" -> {
                var seconds = spec.at("sessionAffinityConfig", "clientIP", "timeoutSeconds");
                if (seconds instanceof Value.Whole(var number, var _) && (number <= 0 || number > LONGEST_AFFINITY)) {
                    problems.invalid(
                            path + ".clientIP.timeoutSeconds",
                            seconds,
                            "must be greater than 0 and less than " + LONGEST_AFFINITY);
                }
            }
            case "None" -> {
                if (spec.has("sessionAffinityConfig")) {
                    problems.forbidden(path, "must not be set when session affinity is None");
                }
            }
            default -> {
                // refused above
            }
        }
    }

    private static void nodePorts(Sequence ports, String type, Problems problems) {
        var taken = new HashSet<String>();
        for (int i = 0; i < ports.size(); i++) {
            if (!(ports.get(i) instanceof Mapping port)) continue;
            var path = child(item("spec.ports", i), "nodePort");
            long number = port.whole("nodePort").orElse(0L);
            if (number == 0) continue;
            if (type.equals("ClusterIP")) problems.forbidden(path, "may not be used when `type` is 'ClusterIP'");
            if (!taken.add(port.text("protocol").orElse("") + number)) problems.duplicate(path, Value.of(number));
        }
    }

    private static void repeated(Sequence ports, Problems problems) {
        var seen = new HashSet<Mapping>();
        for (int i = 0; i < ports.size(); i++) {
            if (!(ports.get(i) instanceof Mapping port)) continue;
            var shown = Mapping.builder()
                    .putIfPresent("protocol", port.text("protocol"))
                    .put("port", port.whole("port").orElse(0L))
                    .build();
            if (!seen.add(shown)) problems.duplicate(item("spec.ports", i), GoForm.of("core.ServicePort", shown));
        }
    }

    private static void ranges(Mapping service, String type, Problems problems) {
        var ranges = service.sequence("spec", "loadBalancerSourceRanges");
        if (ranges.isEmpty()) return;
        var path = "spec.LoadBalancerSourceRanges";
        if (!type.equals("LoadBalancer")) problems.forbidden(path, BALANCED_ONLY);
        for (int i = 0; i < ranges.size(); i++) {
            var range = ranges.get(i).asText().orElse("").strip();
            if (IpRange.find(range).isPresent()) continue;
            problems.invalid(item(path, i), range, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
        }
    }

    private static void balancer(Mapping spec, String type, Problems problems) {
        var named = spec.text("loadBalancerClass");
        if (named.isEmpty()) return;
        if (!type.equals("LoadBalancer")) problems.forbidden("spec.loadBalancerClass", BALANCED_ONLY);
        else
            for (var wrong : Names.qualified(named.get()))
                problems.invalid("spec.loadBalancerClass", named.get(), wrong);
    }

    private static void traffic(Mapping spec, String type, Problems problems) {
        var policies = List.of("Cluster", "Local");
        var policy = spec.text("externalTrafficPolicy").orElse("");
        if (ServiceDefaults.external(spec)) {
            problems.oneOf(spec, "spec", "externalTrafficPolicy", policies);
        } else if (!policy.isEmpty()) {
            problems.invalid(
                    "spec.externalTrafficPolicy", policy, "may only be set for externally-accessible services");
        }
        boolean checked = type.equals("LoadBalancer") && policy.equals("Local");
        long health = spec.whole("healthCheckNodePort").orElse(0L);
        if (!checked && health != 0) {
            problems.invalid(
                    "spec.healthCheckNodePort",
                    Value.of(health),
                    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        }
        problems.oneOf(spec, "spec", "internalTrafficPolicy", policies);
        problems.oneOf(spec, "spec", "trafficDistribution", List.of("PreferClose", "PreferSameNode", "PreferSameZone"));
    }

    static void change(Mapping service, Mapping old, Problems problems) {
        var spec = service.mapping("spec");
        var before = old.mapping("spec");
        ServiceAddressRules.change(spec, before, problems);
        var balancer = before.get("loadBalancerClass");
        boolean balanced = spec.text("type").orElse("").equals("LoadBalancer")
                && before.text("type").orElse("").equals("LoadBalancer");
        if (balanced && balancer != null && !balancer.equals(spec.get("loadBalancerClass"))) {
            problems.invalid("spec.loadBalancerClass", spec.get("loadBalancerClass"), "may not change once set");
        }
        var health = before.get("healthCheckNodePort");
        if (health != null && spec.has("healthCheckNodePort") && !health.equals(spec.get("healthCheckNodePort"))) {
            problems.forbidden("spec.healthCheckNodePort", "field is immutable");
        }
    }
}
