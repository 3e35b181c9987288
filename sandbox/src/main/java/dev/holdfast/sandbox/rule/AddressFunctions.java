package dev.holdfast.sandbox.rule;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.holdfast.sandbox.rule.OwnTypes.ADDRESS;
import static dev.holdfast.sandbox.rule.OwnTypes.NETWORK;

import dev.cel.runtime.CelEvaluationException;
import dev.holdfast.sandbox.kind.IpAddress;
import dev.holdfast.sandbox.kind.IpRange;
import java.util.List;
import java.util.function.Predicate;

/// IP addresses and ranges of them in rules, as Kubernetes' `ip` and `cidr` libraries have them.
final class AddressFunctions {

    private AddressFunctions() {}

    static void addTo(Functions functions) {
        addresses(functions);
        networks(functions);
    }

    private static void addresses(Functions functions) {
        functions
                .function("ip", ADDRESS, values -> address(values.getFirst()), STRING)
                .function(
                        "isIP",
                        BOOL,
                        values -> IpAddress.find((String) values.getFirst()).isPresent(),
                        STRING)
                .function(
                        "ip.isCanonical",
                        BOOL,
                        values -> address(values.getFirst()).toString().equals(values.getFirst()),
                        STRING)
                .function("string", STRING, values -> values.getFirst().toString(), ADDRESS)
                .method("family", INT, values -> address(values.getFirst()).isFour() ? 4L : 6L, ADDRESS);
        is(functions, "isUnspecified", IpAddress::unspecified);
        is(functions, "isLoopback", IpAddress::loopback);
        is(functions, "isLinkLocalMulticast", IpAddress::linkLocalMulticast);
        is(functions, "isLinkLocalUnicast", IpAddress::linkLocalUnicast);
        is(functions, "isGlobalUnicast", IpAddress::globalUnicast);
    }

    private static void is(Functions functions, String name, Predicate<IpAddress> test) {
        functions.method(name, BOOL, values -> test.test((IpAddress) values.getFirst()), ADDRESS);
    }

    private static void networks(Functions functions) {
        functions
                .function("cidr", NETWORK, values -> network(values.getFirst()), STRING)
                .function(
                        "isCIDR",
                        BOOL,
                        values -> IpRange.find((String) values.getFirst()).isPresent(),
                        STRING)
                .function("string", STRING, values -> values.getFirst().toString(), NETWORK)
                .method("containsIP", BOOL, AddressFunctions::containsAddress, NETWORK, STRING)
                .method("containsIP", BOOL, AddressFunctions::containsAddress, NETWORK, ADDRESS)
                .method("containsCIDR", BOOL, AddressFunctions::containsNetwork, NETWORK, STRING)
                .method("containsCIDR", BOOL, AddressFunctions::containsNetwork, NETWORK, NETWORK)
                .method("ip", ADDRESS, values -> network(values.getFirst()).address(), NETWORK)
                .method("masked", NETWORK, values -> network(values.getFirst()).masked(), NETWORK)
                .method(
                        "prefixLength",
                        INT,
                        values -> (long) network(values.getFirst()).bits(),
                        NETWORK);
    }

    private static Object containsAddress(List<Object> values) throws CelEvaluationException {
        return network(values.getFirst()).contains(address(values.get(1)));
    }

    private static Object containsNetwork(List<Object> values) throws CelEvaluationException {
        return network(values.getFirst()).contains(network(values.get(1)));
    }

    private static IpAddress address(Object value) throws CelEvaluationException {
        if (value instanceof IpAddress address) return address;
        return IpAddress.find((String) value)
                .orElseThrow(() -> new CelEvaluationException(
                        "IP Address \"" + value + "\" parse error during conversion from string"));
    }

    private static IpRange network(Object value) throws CelEvaluationException {
        if (value instanceof IpRange network) return network;
        return IpRange.find((String) value)
                .orElseThrow(() -> new CelEvaluationException(
                        "network address parse error during conversion from string: " + value));
    }
}
