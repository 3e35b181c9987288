package dev.holdfast.sandbox.write;

import dev.holdfast.sandbox.kind.Allocator;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.store.Item;
import java.util.HashSet;
import java.util.Set;

/// Hands out addresses and ports that no stored Service has.
final class Allocations implements Allocator {

    private static final int FIRST_PORT = 30_000;
    private static final int PORTS = 2_768;
    private static final int ADDRESSES = 65_000;

    private final Realm realm;

    Allocations(Realm realm) {
        this.realm = realm;
    }

    /// For dry runs: what it hands out is not kept, so it need not be free.
    static Allocator forgetful() {
        return new Allocator() {
            @Override
            public String clusterIp(String family) {
                return family.equals("IPv6") ? "fd00:10:96::1" : "10.96.0.1";
            }

            @Override
            public int nodePort(String protocol) {
                return FIRST_PORT;
            }

            @Override
            public int healthCheckNodePort() {
                return FIRST_PORT;
            }
        };
    }

    @Override
    public String clusterIp(String family) {
        var taken = new HashSet<String>();
        for (var service : services()) {
            for (var address : service.tree().sequence("spec", "clusterIPs")) taken.add(address.toString());
        }
        while (true) {
            int number = 10 + realm.chance().below(ADDRESSES);
            var address = family.equals("IPv6")
                    ? "fd00:10:96::" + Integer.toHexString(number)
                    : "10.96." + (number >> 8) + "." + (number & 0xff);
            if (taken.add(address)) return address;
        }
    }

    @Override
    public int nodePort(String protocol) {
        Set<Long> taken = new HashSet<>();
        for (var service : services()) {
            for (var port : service.tree().sequence("spec", "ports").mappings()) {
                port.whole("nodePort").ifPresent(taken::add);
            }
            service.tree().whole("spec", "healthCheckNodePort").ifPresent(taken::add);
        }
        while (true) {
            int port = FIRST_PORT + realm.chance().below(PORTS);
            if (taken.add((long) port)) return port;
        }
    }

    @Override
    public int healthCheckNodePort() {
        return nodePort("TCP");
    }

    private Iterable<Item> services() {
        return realm.store().shelf("services").items().after("");
    }
}
