package dev.holdfast.sandbox.kind;

/// Hands out what a Service needs from the cluster. A dry run passes one that remembers nothing.
public interface Allocator {

    /// A free address of the family, `IPv4` or `IPv6`.
    String clusterIp(String family);

    /// A free port of the nodes.
    int nodePort(String protocol);

    /// A free port for the health check of a Service with `externalTrafficPolicy: Local`.
    int healthCheckNodePort();
}
