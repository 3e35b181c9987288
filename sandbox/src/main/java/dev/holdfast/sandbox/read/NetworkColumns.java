package dev.holdfast.sandbox.read;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.read.Columns.Column;
import dev.holdfast.sandbox.request.LabelSelector;
import java.util.ArrayList;
import java.util.List;
/// The columns of what leads to Pods.

final class NetworkColumns {

    private static final int SHOWN = 3;

    private NetworkColumns() {}

    static List<Column> services(Column age) {
        return List.of(
                Column.path("Type", "spec", "type"),
                Column.text(
                        "Cluster-IP", object -> object.text("spec", "clusterIP").orElse("<none>")),
                Column.text("External-IP", NetworkColumns::externalAddress),
                Column.text("Port(s)", NetworkColumns::ports),
                age,
                Column.wide("Selector", object -> {
                    var labels = object.mapping("spec", "selector").texts();
                    return labels.isEmpty()
                            ? "<none>"
                            : LabelSelector.ofLabels(labels).toString();
                }));
    }

    static List<Column> ingresses(Column age) {
        return List.of(
                Column.text(
                        "Class",
                        object -> object.text("spec", "ingressClassName").orElse("<none>")),
                Column.text("Hosts", object -> {
                    var hosts = object.sequence("spec", "rules").mappings().stream()
                            .map(rule -> rule.text("host").orElse("*"))
                            .toList();
                    return hosts.isEmpty() ? "*" : String.join(",", hosts);
                }),
                Column.text("Address", object -> String.join(",", addresses(object))),
                Column.text("Ports", object -> object.sequence("spec", "tls").isEmpty() ? "80" : "80, 443"),
                age);
    }

    static List<Column> endpoints(Column age) {
        return List.of(Column.text("Endpoints", NetworkColumns::places), age);
    }

    private static String places(Mapping endpoints) {
        var places = new ArrayList<String>();
        for (var subset : endpoints.sequence("subsets").mappings()) {
            for (var port : subset.sequence("ports").mappings()) {
                for (var address : subset.sequence("addresses").mappings()) {
                    var ip = address.text("ip").orElse("");
                    places.add((ip.contains(":") ? "[" + ip + "]" : ip) + ":"
                            + port.whole("port").orElse(0L));
                }
            }
        }
        if (endpoints.sequence("subsets").isEmpty()) return "<none>";
        return first(places, " + %d more...");
    }

    static List<Column> slices(Column age) {
        return List.of(
                Column.path("AddressType", "addressType"),
                Column.text("Ports", object -> {
                    var ports = object.sequence("ports").mappings().stream()
                            .map(port -> port.whole("port").map(String::valueOf).orElse("*"))
                            .toList();
                    return ports.isEmpty() ? "<unset>" : first(ports, " + %d more...");
                }),
                Column.text("Endpoints", object -> {
                    var all = object.sequence("endpoints").mappings().stream()
                            .flatMap(each -> each.sequence("addresses").items().stream())
                            .map(Value::toString)
                            .toList();
                    return all.isEmpty() ? "<unset>" : first(all, " + %d more...");
                }),
                age);
    }

    /// No more than three, and how many are left.
    private static String first(List<String> all, String rest) {
        var shown = String.join(",", all.subList(0, Math.min(SHOWN, all.size())));
        return all.size() > SHOWN ? shown + rest.formatted(all.size() - SHOWN) : shown;
    }

    static List<Column> ingressClasses(Column age) {
        return List.of(
                Column.path("Controller", "spec", "controller"),
                Column.text("Parameters", object -> {
                    var parameters = object.mapping("spec", "parameters");
                    if (parameters.isEmpty()) return "<none>";
                    var group =
                            parameters.text("apiGroup").map(text -> "." + text).orElse("");
                    return parameters.text("kind").orElse("") + group + "/"
                            + parameters.text("name").orElse("");
                }),
                age);
    }

    private static List<String> addresses(Mapping object) {
        return object.sequence("status", "loadBalancer", "ingress").mappings().stream()
                .map(entry -> entry.text("ip").or(() -> entry.text("hostname")).orElse(""))
                .toList();
    }

    private static String externalAddress(Mapping service) {
        return switch (service.text("spec", "type").orElse("")) {
            case "ExternalName" -> service.text("spec", "externalName").orElse("");
            case "LoadBalancer" -> {
                var found = addresses(service);
                yield found.isEmpty() ? "<pending>" : String.join(",", found);
            }
            default -> {
                var given = new ArrayList<String>();
                for (var address : service.sequence("spec", "externalIPs")) given.add(address.toString());
                yield given.isEmpty() ? "<none>" : String.join(",", given);
            }
        };
    }

    private static String ports(Mapping service) {
        Sequence ports = service.sequence("spec", "ports");
        if (ports.isEmpty()) return "<none>";
        return String.join(
                ",", ports.mappings().stream().map(NetworkColumns::port).toList());
    }

    private static String port(Mapping port) {
        var node = port.whole("nodePort")
                .filter(number -> number > 0)
                .map(number -> ":" + number)
                .orElse("");
        return port.whole("port").orElse(0L) + node + "/"
                + port.text("protocol").orElse("TCP");
    }
}
