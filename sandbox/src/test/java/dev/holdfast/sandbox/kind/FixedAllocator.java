package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Mapping;
import java.util.ArrayDeque;
import java.util.Deque;

/// Hands out what a recorded answer holds, in its order.
final class FixedAllocator implements Allocator {

    private final String address;
    private final Deque<Integer> ports = new ArrayDeque<>();

    private FixedAllocator(String address) {
        this.address = address;
    }

    static FixedAllocator of(Mapping service) {
        var allocator = new FixedAllocator(service.text("spec", "clusterIP").orElse("10.0.0.1"));
        for (var port : service.sequence("spec", "ports").mappings()) {
            port.whole("nodePort").ifPresent(number -> allocator.ports.add(Math.toIntExact(number)));
        }
        return allocator;
    }

    @Override
    public String clusterIp(String family) {
        return address;
    }

    @Override
    public int nodePort(String protocol) {
        return ports.isEmpty() ? 30_000 : ports.pop();
    }

    @Override
    public int healthCheckNodePort() {
        return 31_000;
    }
}
