package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.List;

/// Ways into the cluster, and walls inside of it.
final class NetworkRules {

    private static final List<String> PATH_TYPES = List.of("Exact", "ImplementationSpecific", "Prefix");

    private NetworkRules() {}

    static void ingress(Mapping spec, Problems problems) {
        if (spec.sequence("rules").isEmpty() && !spec.has("defaultBackend")) {
            problems.invalid("spec", Value.none(), "either `defaultBackend` or `rules` must be specified");
        }
        if (spec.get("defaultBackend") instanceof Mapping backend) backend(backend, "spec.defaultBackend", problems);
        var rules = spec.sequence("rules");
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i) instanceof Mapping rule) rule(rule, item("spec.rules", i), problems);
        }
        certificates(spec.sequence("tls"), problems);
        var ingressClass = spec.text("ingressClassName");
        if (ingressClass.isPresent()) {
            for (var wrong : Names.subdomain(ingressClass.get())) {
                problems.invalid("spec.ingressClassName", ingressClass.get(), wrong);
            }
        }
    }

    private static void certificates(Sequence certificates, Problems problems) {
        for (int i = 0; i < certificates.size(); i++) {
            if (!(certificates.get(i) instanceof Mapping certificate)) continue;
            var hosts = certificate.sequence("hosts");
            for (int j = 0; j < hosts.size(); j++) {
                var host = hosts.get(j).toString();
                var bare = host.startsWith("*.") ? host.substring(2) : host;
                for (var wrong : Names.subdomain(bare)) {
                    problems.invalid(item(child(item("spec.tls", i), "hosts"), j), host, wrong);
                }
            }
            var secret = certificate.text("secretName").orElse("");
            if (secret.isEmpty()) continue;
            for (var wrong : Names.subdomain(secret)) {
                problems.invalid(child(item("spec.tls", i), "secretName"), secret, wrong);
            }
        }
    }

    /// Two ways to say the same: a new object says it once.
    static void ingressCreated(Mapping ingress, Problems problems) {
        var old = ingress.text("metadata", "annotations", "kubernetes.io/ingress.class");
        if (old.isEmpty() || ingress.text("spec", "ingressClassName").isEmpty()) return;
        problems.invalid(
                "metadata.annotations[kubernetes.io/ingress.class]",
                old.get(),
                "can not be set when the class field is also set");
    }

    private static void rule(Mapping rule, String path, Problems problems) {
        var host = rule.text("host").orElse("");
        if (!host.isEmpty()) {
            var bare = host.startsWith("*.") ? host.substring(2) : host;
            for (var wrong : Names.subdomain(bare)) problems.invalid(child(path, "host"), host, wrong);
        }
        if (!(rule.get("http") instanceof Mapping http)) return;
        var paths = http.sequence("paths");
        var place = child(path, "http.paths");
        if (paths.isEmpty()) problems.required(place, "");
        for (int i = 0; i < paths.size(); i++) {
            if (paths.get(i) instanceof Mapping each) httpPath(each, item(place, i), problems);
        }
    }

    private static void httpPath(Mapping httpPath, String path, Problems problems) {
        var type = httpPath.text("pathType").orElse("");
        var value = httpPath.text("path").orElse("");
        if (type.isEmpty()) {
            problems.required(child(path, "pathType"), "pathType must be specified");
        } else if (!PATH_TYPES.contains(type)) {
            problems.notSupported(child(path, "pathType"), Value.of(type), PATH_TYPES);
        } else if (type.equals("ImplementationSpecific")
                ? !value.isEmpty() && !value.startsWith("/")
                : !value.startsWith("/")) {
            problems.invalid(child(path, "path"), value, "must be an absolute path");
        }
        backend(httpPath.mapping("backend"), child(path, "backend"), problems);
    }

    private static void backend(Mapping backend, String path, Problems problems) {
        boolean resource = backend.has("resource");
        if (!(backend.get("service") instanceof Mapping service)) {
            if (!resource) problems.required(path, "resource or service backend is required");
            return;
        }
        if (resource) {
            problems.invalid(path, "", "cannot set both resource and service backends");
            return;
        }
        var place = child(path, "service");
        var name = service.text("name").orElse("");
        if (name.isEmpty()) problems.required(child(place, "name"), "");
        else for (var wrong : Names.oldLabel(name)) problems.invalid(child(place, "name"), name, wrong);
        var port = service.mapping("port");
        boolean named = !port.text("name").orElse("").isEmpty();
        boolean numbered = port.whole("number").orElse(0L) != 0;
        if (named && numbered) problems.invalid(place, "", "cannot set both port name & port number");
        else if (numbered) Ports.number(port, child(place, "port"), "number", problems);
        else if (!named) problems.required(place, "port name or number is required");
    }

    static void policy(Mapping spec, Problems problems) {
        Selectors.check(spec.mapping("podSelector"), "spec.podSelector", problems);
        for (var direction : List.of("ingress", "egress")) {
            var rules = spec.sequence(direction);
            for (int i = 0; i < rules.size(); i++) {
                if (!(rules.get(i) instanceof Mapping rule)) continue;
                var path = item(child("spec", direction), i);
                policyPorts(rule.sequence("ports"), child(path, "ports"), problems);
                var peers = direction.equals("ingress") ? "from" : "to";
                peers(rule.sequence(peers), child(path, peers), problems);
            }
        }
        var types = spec.sequence("policyTypes");
        if (types.size() > 2) problems.invalid("spec.policyTypes", types, "may not specify more than two policyTypes");
        for (int i = 0; i < types.size(); i++) {
            if (!List.of("Ingress", "Egress").contains(types.get(i).asText().orElse(""))) {
                problems.notSupported(item("spec.policyTypes", i), types.get(i), List.of("Ingress", "Egress"));
            }
        }
    }

    private static void policyPorts(Sequence ports, String path, Problems problems) {
        for (int i = 0; i < ports.size(); i++) {
            if (!(ports.get(i) instanceof Mapping port)) continue;
            problems.oneOf(port, item(path, i), "protocol", Ports.PROTOCOLS);
            if (port.has("port")) Ports.numberOrName(port.get("port"), child(item(path, i), "port"), problems);
            endPort(port, item(path, i), problems);
        }
    }

    private static void endPort(Mapping port, String path, Problems problems) {
        if (!(port.get("endPort") instanceof Value.Whole(var end, var _))) return;
        var place = child(path, "endPort");
        if (port.get("port") instanceof Value.Whole(var first, var _)) {
            if (end < first) problems.invalid(place, Value.of(end), "must be greater than or equal to `port`");
        } else if (port.has("port")) {
            problems.invalid(place, Value.of(end), "may not be specified when `port` is non-numeric");
        } else {
            problems.invalid(place, Value.of(end), "may not be specified when `port` is not specified");
        }
        if (end < 1 || end > 65_535) {
            problems.invalid(place, Value.of(end), "must be between 1 and 65535, inclusive");
        }
    }

    private static void block(Mapping block, String path, Problems problems) {
        var range = block.text("cidr").orElse("");
        if (range.isEmpty()) problems.required(child(path, "cidr"), "");
        else range(range, child(path, "cidr"), problems);
        var except = block.sequence("except");
        for (int i = 0; i < except.size(); i++)
            range(except.get(i).toString(), item(child(path, "except"), i), problems);
    }

    private static void range(String range, String path, Problems problems) {
        if (IpRange.find(range).isPresent()) return;
        problems.invalid(path, range, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
    }

    private static void peers(Sequence peers, String path, Problems problems) {
        for (int i = 0; i < peers.size(); i++) {
            if (!(peers.get(i) instanceof Mapping peer)) continue;
            var place = item(path, i);
            if (peer.isEmpty()) problems.required(place, "must specify a peer");
            if (peer.has("ipBlock") && peer.size() > 1) {
                problems.forbidden(place, "may not specify both ipBlock and another peer");
            }
            if (peer.get("ipBlock") instanceof Mapping block) block(block, child(place, "ipBlock"), problems);
            for (var selector : List.of("podSelector", "namespaceSelector")) {
                Selectors.check(peer.mapping(selector), child(place, selector), problems);
            }
        }
    }
}
