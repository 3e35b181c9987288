package dev.holdfast.runtime.home;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Secret;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.Caller;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/// The name of this Holdfast and the key of its digests: given once, kept in a Secret, and part of every mark in
/// every cluster. A start under another name would take all objects for strangers', so it stops.
public record Installation(String name, Secret key) {

    public static final String SECRET = "holdfast-installation";
    private static final int KEY_BYTES = 32;
    private static final int DEFAULT_DIGITS = 8;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

    /// Reads the installation, or makes it at the first start.
    /// @param given the name that a person gave, if any
    /// @param randomBytes a source of that many unguessable bytes
    public static Installation open(Home home, Optional<String> given, IntFunction<byte[]> randomBytes) {
        given.filter(name -> !NAME.matcher(name).matches()).ifPresent(name -> {
            throw new FaultException(Fault.terminal(
                    "InvalidInstallation",
                    "'" + name + "' is no installation name",
                    "Use up to 40 lower-case letters, digits and dashes"));
        });
        home.ensure();
        var found = home.find(Kinds.SECRETS, SECRET);
        if (found.isEmpty()) {
            var name = given.orElseGet(() -> clusterName(home));
            var key = HexFormat.of().formatHex(randomBytes.apply(KEY_BYTES));
            var made = home.create(Kinds.SECRETS, body(home.namespace(), name, key));
            // another replica was faster: its name and key hold
            found = made.isPresent() ? made : home.find(Kinds.SECRETS, SECRET);
        }
        var known = read(found.orElse(Mapping.EMPTY), home.namespace());
        if (given.isPresent() && !given.get().equals(known.name())) {
            throw new FaultException(Fault.terminal(
                    "OtherInstallation",
                    "this cluster's Holdfast in namespace " + home.namespace() + " is named '" + known.name()
                            + "', not '" + given.get() + "'",
                    "Start with --installation " + known.name() + ", or use another --namespace"));
        }
        return known;
    }

    /// Reads the installation and makes nothing; empty where there is none yet.
    /// @throws FaultException `Forbidden` where it may not be read, `InstallationUnreadable`
    public static Optional<Installation> find(Home home) {
        return home.find(Kinds.SECRETS, SECRET).map(secret -> read(secret, home.namespace()));
    }

    /// The name that an installation has where nobody gave it one; empty where it can't be read.
    public static Optional<String> usualName(Home home) {
        var place = Address.of(Kinds.NAMESPACES, "", "kube-system");
        if (home.cluster().read(place, Caller.SELF) instanceof Answer.Done(var _, var body, var _)) {
            var uid = body.text("metadata", "uid").orElse("").replace("-", "");
            if (uid.length() >= DEFAULT_DIGITS) return Optional.of(uid.substring(0, DEFAULT_DIGITS));
        }
        return Optional.empty();
    }

    private static String clusterName(Home home) {
        return usualName(home).orElseThrow(() -> noName(home));
    }

    private static FaultException noName(Home home) {
        return new FaultException(Fault.terminal(
                "NoInstallationName",
                "namespace kube-system can't be read in " + home.cluster().name()
                        + ", from whose uid the installation takes its name",
                "Give one with --installation NAME"));
    }

    private static Mapping body(String namespace, String name, String key) {
        return Mapping.builder()
                .put("apiVersion", "v1")
                .put("kind", "Secret")
                .put(
                        "metadata",
                        Mapping.builder()
                                .put("name", SECRET)
                                .put("namespace", namespace)
                                .put("labels", Mapping.ofTexts(Map.of("app.kubernetes.io/managed-by", "holdfast")))
                                .build())
                .put("type", "holdfast.dev/installation")
                .put(
                        "data",
                        Mapping.builder()
                                .put("name", base64(name))
                                .put("key", base64(key))
                                .build())
                .build();
    }

    private static Installation read(Mapping secret, String namespace) {
        var name = decoded(secret.text("data", "name"));
        var key = decoded(secret.text("data", "key"));
        if (name.isEmpty() || key.isEmpty()) {
            throw new FaultException(Fault.terminal(
                    "InstallationUnreadable",
                    "Secret " + namespace + "/" + SECRET + " lacks a name or a key",
                    "Restore it from a backup: digests and marks of every app depend on it"));
        }
        return new Installation(name.get(), Secret.of(key.get()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> decoded(Optional<String> text) {
        try {
            return text.map(given -> new String(Base64.getDecoder().decode(given), StandardCharsets.UTF_8))
                    .filter(plain -> !plain.isEmpty());
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
