package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.HashSet;
import java.util.List;

/// The addresses of a Service and their families: what they may be, and that they stay.
final class ServiceAddressRules {

    private static final String ADDRESSES = "spec.clusterIPs";
    private static final String FAMILIES = "spec.ipFamilies";
    private static final String FIXED = "may not change once set";

    private ServiceAddressRules() {}

    static boolean headless(Mapping spec) {
        return spec.text("clusterIP").orElse("").equals("None");
    }

    static void check(Mapping spec, Problems problems) {
        var address = spec.text("clusterIP").orElse("");
        var addresses = spec.sequence("clusterIPs");
        if (!address.isEmpty() && addresses.isEmpty()) problems.required(ADDRESSES, "");
        else if (!address.isEmpty() && !text(addresses, 0).equals(address)) {
            problems.invalid(ADDRESSES, addresses, "first value must match `clusterIP`");
        } else if (address.isEmpty() && !addresses.isEmpty()) {
            problems.forbidden(ADDRESSES, "must be empty when `clusterIP` is not specified");
        }
        families(spec.sequence("ipFamilies"), problems);
        problems.oneOf(spec, "spec", "ipFamilyPolicy", List.of("PreferDualStack", "RequireDualStack", "SingleStack"));
        if (unreadable(addresses, problems)) return;
        if (addresses.size() > 1 && four(text(addresses, 0)) == four(text(addresses, 1))) {
            problems.invalid(ADDRESSES, addresses, "may specify no more than one IP for each IP family");
        }
        if (!headless(spec)) matching(addresses, spec.sequence("ipFamilies"), problems);
        possible(spec, problems);
    }

    /// The cluster has addresses of one family. A headless Service without selector may still have both.
    private static void possible(Mapping spec, Problems problems) {
        boolean open = headless(spec) && spec.mapping("selector").isEmpty();
        if (open) return;
        var families = spec.sequence("ipFamilies");
        if (spec.text("ipFamilyPolicy").orElse("").equals("RequireDualStack")) {
            problems.invalid(
                    "spec.ipFamilyPolicy",
                    "RequireDualStack",
                    "this cluster is not configured for dual-stack services");
        }
        for (int i = 0; i < families.size(); i++) {
            if (text(families, i).equals("IPv6")) {
                problems.invalid(item(FAMILIES, i), "IPv6", "not configured on this cluster");
            }
        }
    }

    private static void families(Sequence families, Problems problems) {
        var seen = new HashSet<String>();
        for (int i = 0; i < families.size(); i++) {
            var family = text(families, i);
            if (!List.of("IPv4", "IPv6").contains(family)) {
                problems.notSupported(item(FAMILIES, i), Value.of(family), List.of("IPv4", "IPv6"));
            }
            if (!seen.add(family)) problems.duplicate(item(FAMILIES, i), Value.of(family));
        }
    }

    private static boolean unreadable(Sequence addresses, Problems problems) {
        int before = problems.errors().size();
        for (int i = 0; i < addresses.size(); i++) {
            if (i == 0 && text(addresses, i).equals("None")) {
                if (addresses.size() > 1) {
                    problems.invalid(ADDRESSES, addresses, "'None' must be the first and only value");
                }
                continue;
            }
            HostRules.address(text(addresses, i), item(ADDRESSES, i), problems);
        }
        boolean wrong = problems.errors().size() > before;
        if (addresses.size() > 2) problems.invalid(ADDRESSES, addresses, "may only hold up to 2 values");
        return wrong;
    }

    private static void matching(Sequence addresses, Sequence families, Problems problems) {
        for (int i = 0; i < Math.min(addresses.size(), families.size()); i++) {
            var address = text(addresses, i);
            var family = text(families, i);
            if (family.equals("IPv4") == four(address)) continue;
            problems.invalid(
                    item(ADDRESSES, i),
                    address,
                    "expected an " + family + " value as indicated by `ipFamilies[" + i + "]`");
        }
    }

    private static boolean four(String address) {
        return address.indexOf(':') < 0;
    }

    private static String text(Sequence list, int index) {
        return list.get(index).asText().orElse("");
    }

    static void external(Mapping spec, Problems problems) {
        var addresses = spec.sequence("externalIPs");
        for (int i = 0; i < addresses.size(); i++) {
            var address = text(addresses, i);
            var wrong = HostRules.address(address);
            for (var each : wrong) problems.invalid(item("spec.externalIPs", i), address, each);
            if (wrong.isEmpty()) ordinary(address, item("spec.externalIPs", i), problems);
        }
    }

    /// An address that other machines can reach.
    static void ordinary(String address, String path, Problems problems) {
        var parsed = IpAddress.find(address).orElseThrow();
        if (parsed.unspecified()) {
            problems.invalid(path, address, "may not be unspecified (" + address + ")");
        }
        if (parsed.loopback()) {
            problems.invalid(path, address, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }
        if (parsed.linkLocalUnicast()) {
            problems.invalid(path, address, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }
        if (parsed.linkLocalMulticast()) {
            problems.invalid(path, address, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
    }

    /// Addresses stay once they are given, apart from a second one, which can be given up.
    static void change(Mapping spec, Mapping old, Problems problems) {
        boolean named = List.of(spec, old).stream()
                .anyMatch(each -> each.text("type").orElse("").equals("ExternalName"));
        if (named || headless(spec) && headless(old)) return;
        kept(spec.sequence("clusterIPs"), old.sequence("clusterIPs"), ADDRESSES, "clusterIP", problems);
        kept(spec.sequence("ipFamilies"), old.sequence("ipFamilies"), FAMILIES, "ipFamily", problems);
    }

    private static void kept(Sequence now, Sequence before, String path, String what, Problems problems) {
        if (before.isEmpty()) return;
        if (now.isEmpty()) {
            problems.invalid(item(path, 0), now, "primary " + what + " can not be unset");
            return;
        }
        int compared = now.size() == before.size() ? now.size() : 1;
        for (int i = 0; i < compared; i++) {
            if (!now.get(i).equals(before.get(i))) problems.invalid(item(path, i), now, FIXED);
        }
    }
}
