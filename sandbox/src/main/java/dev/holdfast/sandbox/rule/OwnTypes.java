package dev.holdfast.sandbox.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.holdfast.sandbox.kind.IpAddress;
import dev.holdfast.sandbox.kind.IpRange;
import dev.holdfast.sandbox.kind.Quantity;
import java.net.URI;
import java.util.List;

/// Types that Kubernetes adds to the language.
final class OwnTypes {

    static final CelType QUANTITY = OpaqueType.create("kubernetes.Quantity");
    static final CelType URL = OpaqueType.create("kubernetes.URL");
    static final CelType ADDRESS = OpaqueType.create("net.IP");
    static final CelType NETWORK = OpaqueType.create("net.CIDR");
    static final CelType FORMAT = OpaqueType.create("kubernetes.NamedFormat");
    static final CelType VERSION = OpaqueType.create("kubernetes.Semver");

    record Own(CelType type, Class<?> values) {}

    static final List<Own> ALL = List.of(
            new Own(QUANTITY, Quantity.class),
            new Own(URL, URI.class),
            new Own(ADDRESS, IpAddress.class),
            new Own(NETWORK, IpRange.class),
            new Own(FORMAT, NamedFormat.class),
            new Own(VERSION, Version.class));

    private OwnTypes() {}
}
