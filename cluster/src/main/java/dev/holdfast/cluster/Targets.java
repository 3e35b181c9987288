package dev.holdfast.cluster;

import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.port.Cluster.Address;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Paths and queries of the Kubernetes API. Every part is percent-encoded, and a part that would change the path's
/// meaning (`..`) is refused: names come from people's files.
final class Targets {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Targets() {}

    /// The object at an address, or its subresource.
    static String object(Address address) {
        if (address.name().isEmpty()) throw invalid(address.resource(), "a name");
        if (address.resource().namespaced() && address.namespace().isEmpty()) {
            throw invalid(address.resource(), "a namespace");
        }
        var path = collection(address.resource(), address.namespace()) + "/" + segment(address.name());
        return address.subresource().isEmpty() ? path : path + "/" + segment(address.subresource());
    }

    /// Where objects are created; a namespaced resource has one collection per namespace.
    static String creation(Address address) {
        if (address.resource().namespaced() && address.namespace().isEmpty()) {
            throw invalid(address.resource(), "a namespace");
        }
        return collection(address.resource(), address.namespace());
    }

    /// All objects of a resource, in one namespace or (empty) in all.
    static String collection(ApiResource resource, String namespace) {
        var gvk = resource.gvk();
        var path = new StringBuilder();
        if (gvk.group().isEmpty()) path.append("/api/");
        else path.append("/apis/").append(segment(gvk.group())).append('/');
        path.append(segment(gvk.version()));
        if (resource.namespaced() && !namespace.isEmpty()) {
            path.append("/namespaces/").append(segment(namespace));
        }
        return path.append('/').append(segment(resource.plural())).toString();
    }

    static String segment(String text) {
        if (text.isEmpty() || text.equals(".") || text.equals("..")) {
            throw new FaultException(Fault.terminal(
                    "InvalidName", "`" + text + "` cannot be part of an object's address", "Use another name"));
        }
        return encoded(text);
    }

    /// Percent-encoding that is right in a path segment and in a query value alike.
    static String encoded(String text) {
        var out = new StringBuilder(text.length() + 8);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (plain(octet)) out.append((char) octet);
            else out.append('%').append(HEX.toHexDigits(octet));
        }
        return out.toString();
    }

    private static boolean plain(byte octet) {
        return octet >= 'a' && octet <= 'z'
                || octet >= 'A' && octet <= 'Z'
                || octet >= '0' && octet <= '9'
                || octet == '-'
                || octet == '.'
                || octet == '_'
                || octet == '~';
    }

    private static FaultException invalid(ApiResource resource, String missing) {
        return new FaultException(Fault.terminal(
                "InvalidAddress",
                "the address of a " + resource.gvk().groupKind() + " needs " + missing,
                "Set metadata." + missing.substring(2)));
    }

    /// A target with its query parameters, in the order in which they are added.
    static final class Query {

        private final StringBuilder text;
        private char separator = '?';

        Query(String path) {
            text = new StringBuilder(path);
        }

        Query with(String name, String value) {
            text.append(separator).append(name).append('=').append(encoded(value));
            separator = '&';
            return this;
        }

        /// Leaves the parameter out where the value is empty.
        Query withGiven(String name, String value) {
            return value.isEmpty() ? this : with(name, value);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
