package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import java.util.List;

/// The names that a pod can look up: its resolver and its own table of hosts.
final class HostRules {

    private HostRules() {}

    static void dns(Mapping spec, String path, Problems problems) {
        var config = spec.mapping("dnsConfig");
        var servers = config.sequence("nameservers");
        if (spec.text("dnsPolicy").orElse("").equals("None")) {
            if (!spec.has("dnsConfig")) {
                problems.required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
                return;
            }
            if (servers.isEmpty()) {
                problems.required(
                        child(path, "nameservers"),
                        "must provide at least one DNS nameserver when `dnsPolicy` is None");
                return;
            }
        }
        if (servers.size() > 3) {
            problems.invalid(child(path, "nameservers"), servers, "must not have more than 3 nameservers");
        }
        for (int i = 0; i < servers.size(); i++) {
            address(servers.get(i).asText().orElse(""), item(child(path, "nameservers"), i), problems);
        }
        searches(config.sequence("searches"), child(path, "searches"), problems);
        var options = config.sequence("options");
        for (int i = 0; i < options.size(); i++) {
            if (options.get(i) instanceof Mapping option
                    && option.text("name").orElse("").isEmpty()) {
                problems.required(item(child(path, "options"), i), "must not be empty");
            }
        }
    }

    private static void searches(Sequence searches, String path, Problems problems) {
        if (searches.size() > 32) problems.invalid(path, searches, "must not have more than 32 search paths");
        int length = searches.size() - 1;
        for (var search : searches) length += search.asText().orElse("").length();
        if (length > 2_048) {
            problems.invalid(
                    path, searches, "must not have more than 2048 characters (including spaces) in the search list");
        }
        for (int i = 0; i < searches.size(); i++) {
            var search = searches.get(i).asText().orElse("");
            if (search.equals(".")) continue;
            var bare = search.endsWith(".") ? search.substring(0, search.length() - 1) : search;
            for (var wrong : Names.underscoredSubdomain(bare)) problems.invalid(item(path, i), bare, wrong);
        }
    }

    static void aliases(Sequence aliases, String path, Problems problems) {
        for (int i = 0; i < aliases.size(); i++) {
            if (!(aliases.get(i) instanceof Mapping alias)) continue;
            var place = item(path, i);
            address(alias.text("ip").orElse(""), child(place, "ip"), problems);
            var names = alias.sequence("hostnames");
            for (int k = 0; k < names.size(); k++) {
                var name = names.get(k).asText().orElse("");
                for (var wrong : Names.subdomain(name)) {
                    problems.invalid(item(child(place, "hostnames"), k), name, wrong);
                }
            }
        }
    }

    static void address(String address, String path, Problems problems) {
        for (var wrong : address(address)) problems.invalid(path, address, wrong);
    }

    static List<String> address(String address) {
        return IpAddress.find(address).isPresent()
                ? List.of()
                : List.of("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
    }
}
