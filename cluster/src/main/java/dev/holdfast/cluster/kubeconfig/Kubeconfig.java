package dev.holdfast.cluster.kubeconfig;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Secret;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.YamlReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// One context of a kubeconfig: a server, whom to trust, who asks, and the namespace that is meant where none is
/// named. `server` has no slash at its end; `proxy` is empty where none is set.
public record Kubeconfig(String context, String server, Trust trust, User user, String namespace, String proxy) {

    private static final Limits LIMITS = Limits.FILE.withBytes(4 << 20);

    /// `authority` empty: the authorities of the Java runtime. `serverName` is whose certificate is expected;
    /// empty: the server's own host.
    public record Trust(Optional<Material> authority, Verification verification, String serverName) {}

    public enum Verification {
        FULL,
        /// `insecure-skip-tls-verify`.
        NONE
    }

    /// What a server may be shown; more than one may be set.
    public record User(Optional<Certificate> certificate, Bearer bearer, Optional<Exec> exec) {
        public static final User NOBODY = new User(Optional.empty(), new Bearer.None(), Optional.empty());
    }

    public record Certificate(Material certificate, Material key) {}

    /// What stands in the Authorization header.
    public sealed interface Bearer {
        record None() implements Bearer {}

        record Token(Secret token) implements Bearer {}

        record TokenFile(Material file) implements Bearer {}

        record Basic(String name, Secret password) implements Bearer {}
    }

    /// A program that prints credentials.
    public record Exec(String apiVersion, List<String> command, Map<String, String> environment, String hint) {
        public Exec {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }

        /// Without the environment, which may hold secrets.
        @Override
        public String toString() {
            return "exec " + command.getFirst();
        }
    }

    /// The named context of a kubeconfig's text, or (empty) its current one. Paths in it are relative to the
    /// working directory.
    public static Kubeconfig load(String text, String context) {
        return select(parse("kubeconfig", text), context);
    }

    /// Which files are meant, as kubectl has it: the one that is given, the list in KUBECONFIG, the file in the home
    /// folder.
    public static List<Path> files(Optional<Path> given, Map<String, String> environment) {
        if (given.isPresent()) return List.of(given.get());
        var named = environment.getOrDefault("KUBECONFIG", "");
        if (named.isEmpty()) return List.of(Path.of(environment.getOrDefault("HOME", ""), ".kube", "config"));
        return Arrays.stream(named.split(Pattern.quote(File.pathSeparator), -1))
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .toList();
    }

    /// From one file, or from several that are merged as kubectl does: the first that names something wins. Paths
    /// in a file are relative to its folder.
    public static Kubeconfig load(List<Path> files, String context) {
        return select(parse(files), context);
    }

    /// Out of a Secret, by anyone: what would run a program or read a file here is refused.
    /// @throws FaultException terminal `KubeconfigRefused`, `InvalidKubeconfig`
    public static Kubeconfig foreign(Secret text, String context) {
        var config = parse("kubeconfig", text.reveal());
        KubeconfigPolicy.refuseForeignPower(config);
        return select(config, context);
    }

    /// The cluster in whose pod this runs. `account` is where the service account is mounted.
    /// @throws FaultException terminal `NotInCluster`
    public static Kubeconfig inCluster(Map<String, String> environment, Path account) {
        var host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        var port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        var token = account.resolve("token");
        if (host.isEmpty() || !Files.exists(token)) {
            throw new FaultException(Fault.terminal(
                    "NotInCluster",
                    "this does not run in a pod with a service account",
                    "Name a kubeconfig, or check automountServiceAccountToken"));
        }
        var address = host.contains(":") ? "[" + host + "]" : host;
        var authority = Material.in(account.resolve("ca.crt"));
        var user = new User(Optional.empty(), new Bearer.TokenFile(Material.in(token)), Optional.empty());
        return new Kubeconfig(
                "in-cluster",
                "https://" + address + ":" + port,
                new Trust(Optional.of(authority), Verification.FULL, ""),
                user,
                "default",
                "");
    }

    public static Kubeconfig select(Mapping config, String context) {
        return KubeconfigReader.select(config, context);
    }

    /// The merged files as a value, with absolute paths in it.
    public static Mapping parse(List<Path> files) {
        var merged = Mapping.EMPTY;
        for (var file : files) {
            if (!Files.exists(file)) continue;
            var entries = parse(file.toString(), read(file));
            merged = KubeconfigReader.merged(merged, KubeconfigReader.within(entries, file.toAbsolutePath()));
        }
        if (merged.isEmpty()) {
            throw new FaultException(Fault.terminal(
                    "NoKubeconfig",
                    "there is no kubeconfig at "
                            + String.join(
                                    ", ", files.stream().map(Path::toString).toList()),
                    "Name one with --kubeconfig or KUBECONFIG"));
        }
        return merged;
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > LIMITS.bytes()) throw unreadable(file, "it is larger than 4 MiB");
            return Files.readString(file);
        } catch (IOException failed) {
            throw unreadable(file, failed.getClass().getSimpleName());
        }
    }

    private static FaultException unreadable(Path file, String reason) {
        return new FaultException(Fault.terminal(
                "InvalidKubeconfig", "the kubeconfig " + file + " cannot be read: " + reason, "Check the file"));
    }

    /// The whole file as a value.
    public static Mapping parse(String name, String text) {
        try {
            return YamlReader.go2().object(name, text.getBytes(StandardCharsets.UTF_8), LIMITS);
        } catch (FaultException broken) {
            // the reader shows the line it stumbled over, and in this file any line may be a secret
            throw new FaultException(Fault.at(
                    broken.fault().explanation().place(),
                    "InvalidKubeconfig",
                    "the kubeconfig is no valid YAML",
                    "Correct it at that line"));
        }
    }
}
