package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.DefaultTable.missing;
import static dev.holdfast.sandbox.kind.DefaultTable.set;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.List;
import java.util.Optional;

/// The addresses and ports of a Service: kept from the stored one where an update leaves them out, taken back where
/// the type has no use for them any more, and otherwise handed out.
final class ServiceAllocation {

    private static final String HEADLESS = "None";

    private ServiceAllocation() {}

    static Mapping of(Mapping service, DefaultingContext context) {
        var spec = service.mapping("spec");
        if (context.old().isPresent()) {
            var old = context.old().get().mapping("spec");
            spec = withdraw(keep(spec, old), old);
        }
        if (!ServiceDefaults.hasClusterIp(type(spec))) return service.with("spec", spec);
        return service.with("spec", ports(addresses(families(spec), context.allocator()), context.allocator()));
    }

    private static String type(Mapping spec) {
        return spec.text("type").orElse("");
    }

    private static Mapping keep(Mapping spec, Mapping old) {
        var kept = following(spec, old);
        if (ServiceDefaults.hasClusterIp(type(spec)) && ServiceDefaults.hasClusterIp(type(old))) {
            for (var field : List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
                if (old.get(field) instanceof Value value) kept = set(kept, field, value);
            }
        }
        if (!ServiceDefaults.hasNodePorts(type(spec)) || !ServiceDefaults.hasNodePorts(type(old))) return kept;
        if (healthChecked(spec) && healthChecked(old) && old.get("healthCheckNodePort") instanceof Value port) {
            kept = set(kept, "healthCheckNodePort", port);
        }
        return kept.with("ports", kept.sequence("ports").map(each -> keepNodePort(each, old)));
    }

    /// Clients that know one address only change that one: the list follows.
    private static Mapping following(Mapping spec, Mapping old) {
        var address = spec.get("clusterIP");
        if (address == null || missing(address) || address.equals(old.get("clusterIP"))) return spec;
        boolean left = spec.has("clusterIPs") && spec.sequence("clusterIPs").equals(old.sequence("clusterIPs"));
        return left ? spec.with("clusterIPs", Sequence.of(address)) : spec;
    }

    private static Value keepNodePort(Value each, Mapping old) {
        if (!(each instanceof Mapping port) || port.has("nodePort")) return each;
        return old.sequence("ports").mappings().stream()
                .filter(before -> before.has("nodePort")
                        && before.text("protocol").equals(port.text("protocol"))
                        && before.whole("port").equals(port.whole("port")))
                .findFirst()
                .map(before -> (Value)
                        port.with("nodePort", Value.of(before.whole("nodePort").orElse(0L))))
                .orElse(each);
    }

    private static Mapping withdraw(Mapping spec, Mapping old) {
        var left = spec;
        if (!ServiceDefaults.hasClusterIp(type(spec)) && ServiceDefaults.hasClusterIp(type(old))) {
            for (var field :
                    List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy")) {
                left = withoutUnchanged(left, old, field);
            }
        }
        if (!ServiceDefaults.hasNodePorts(type(spec)) && ServiceDefaults.hasNodePorts(type(old))) {
            if (left.sequence("ports").equals(old.sequence("ports")) && left.has("ports")) {
                left = left.with(
                        "ports",
                        left.sequence("ports")
                                .map(each -> each instanceof Mapping port ? port.without("nodePort") : each));
            }
            left = withoutUnchanged(left, old, "healthCheckNodePort");
        }
        if (!ServiceDefaults.external(spec) && ServiceDefaults.external(old)) {
            left = withoutUnchanged(left, old, "externalTrafficPolicy");
        }
        if (!type(spec).equals("LoadBalancer") && type(old).equals("LoadBalancer")) {
            left = withoutUnchanged(left, old, "allocateLoadBalancerNodePorts");
            left = withoutUnchanged(left, old, "loadBalancerClass");
        }
        return left;
    }

    private static Mapping withoutUnchanged(Mapping spec, Mapping old, String field) {
        var value = spec.get(field);
        return value != null && value.equals(old.get(field)) ? spec.without(field) : spec;
    }

    /// The cluster has addresses of one family. A headless Service without selector may still have both: whoever
    /// writes its endpoints knows.
    private static Mapping families(Mapping spec) {
        boolean headless = spec.text("clusterIP").orElse("").equals(HEADLESS);
        boolean open = headless && spec.mapping("selector").isEmpty();
        if (open
                && missing(spec.get("ipFamilyPolicy"))
                && spec.sequence("ipFamilies").isEmpty()) {
            return spec.with("ipFamilies", Value.texts(List.of("IPv4", "IPv6")))
                    .with("ipFamilyPolicy", Value.of("RequireDualStack"));
        }
        var withPolicy = set(spec, "ipFamilyPolicy", Value.of("SingleStack"));
        if (!spec.sequence("ipFamilies").isEmpty()) return withPolicy;
        boolean both = open && !withPolicy.text("ipFamilyPolicy").orElse("").equals("SingleStack");
        return withPolicy.with("ipFamilies", Value.texts(both ? List.of("IPv4", "IPv6") : List.of("IPv4")));
    }

    private static Mapping addresses(Mapping spec, Allocator allocator) {
        var first = spec.sequence("clusterIPs").items().stream().findFirst().flatMap(Value::asText);
        var given = spec.text("clusterIP").filter(text -> !text.isEmpty()).or(() -> first);
        var address = given.orElseGet(() -> allocator.clusterIp(family(spec)));
        var named = spec.with("clusterIP", Value.of(address));
        return spec.sequence("clusterIPs").isEmpty() ? named.with("clusterIPs", Sequence.of(Value.of(address))) : named;
    }

    private static String family(Mapping spec) {
        return spec.sequence("ipFamilies").items().stream()
                .findFirst()
                .flatMap(Value::asText)
                .orElse("IPv4");
    }

    private static Mapping ports(Mapping spec, Allocator allocator) {
        if (!ServiceDefaults.hasNodePorts(type(spec))) return spec;
        var served = spec;
        boolean wanted = type(spec).equals("NodePort")
                || spec.bool("allocateLoadBalancerNodePorts").orElse(true);
        if (wanted && spec.has("ports")) {
            served = served.with("ports", spec.sequence("ports").map(each -> nodePort(each, allocator)));
        }
        if (!healthChecked(spec) || served.has("healthCheckNodePort")) return served;
        return served.with("healthCheckNodePort", Value.of((long) allocator.healthCheckNodePort()));
    }

    private static Value nodePort(Value each, Allocator allocator) {
        if (!(each instanceof Mapping port) || port.has("nodePort")) return each;
        return port.with("nodePort", Value.of((long)
                allocator.nodePort(port.text("protocol").orElse("TCP"))));
    }

    private static boolean healthChecked(Mapping spec) {
        return type(spec).equals("LoadBalancer") && Optional.of("Local").equals(spec.text("externalTrafficPolicy"));
    }
}
