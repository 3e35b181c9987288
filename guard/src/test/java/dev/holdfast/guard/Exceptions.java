package dev.holdfast.guard;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The one list of exceptions from law 10, each with its reason, and of the places where secrets are looked into.
final class Exceptions {

    private Exceptions() {}

    /// Who hands a secret to the outside: to a server that asked for it, or into a keyed digest.
    static final Set<String> REVEALING = Set.of(
            "dev.holdfast.model.Digest",
            // a kubeconfig out of a Secret, to be parsed
            "dev.holdfast.cluster.fabric8.Fabric8Configs",
            "dev.holdfast.cluster.kubeconfig.Kubeconfig",
            // the Authorization header, to the kubeconfig's server only
            "dev.holdfast.cluster.light.LightTransport",
            // the Authorization header, to the configured origin only
            "dev.holdfast.source.GuardedConnections",
            // into the keyed digest that names a store's folder
            "dev.holdfast.source.JGitHost");

    /// File or method (`File.java#method`), and why it is allowed to be larger.
    static final Map<String, String> SIZES = new TreeMap<>(Map.of());
}
