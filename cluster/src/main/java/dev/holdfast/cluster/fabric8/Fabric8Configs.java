package dev.holdfast.cluster.fabric8;

import dev.holdfast.cluster.kubeconfig.Kubeconfig;
import dev.holdfast.cluster.kubeconfig.KubeconfigPolicy;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Secret;
import dev.holdfast.yaml.JsonWriter;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Where a {@link Fabric8Transport} gets its credentials from. Kubeconfigs are read by our own reader first: it says
/// clearly what is wrong, where Fabric8 goes on with half of it.
final class Fabric8Configs {

    private static final int CONNECT_MILLIS = 10_000;

    private Fabric8Configs() {}

    static Config fromFiles(List<Path> files, String context) {
        var selected = Kubeconfig.load(files, context);
        var present = files.stream().filter(Files::exists).toList();
        // from a single file, Fabric8 renews credentials by reading it again and by running its plugin again
        if (present.size() == 1) {
            return ours(read(() ->
                    Config.fromKubeconfig(selected.context(), present.getFirst().toFile())));
        }
        return fromText(Kubeconfig.parse(present), selected.context());
    }

    static Config fromForeign(Secret text, String context) {
        var config = Kubeconfig.parse("kubeconfig", text.reveal());
        KubeconfigPolicy.refuseForeignPower(config);
        var selected = Kubeconfig.select(config, context);
        return fromText(config, selected.context());
    }

    /// Fabric8 is given what our reader understood, not the text: two YAML readers may see two things in one file.
    private static Config fromText(Mapping config, String context) {
        var json = JsonWriter.text(config);
        return ours(read(() -> Config.fromKubeconfig(context, json, null)));
    }

    private static Config read(Supplier<Config> reading) {
        try {
            return reading.get();
        } catch (KubernetesClientException | IllegalArgumentException unusable) {
            // their messages may quote the file
            throw new FaultException(Fault.terminal(
                    "InvalidKubeconfig",
                    "the kubeconfig cannot be used: " + unusable.getClass().getSimpleName(),
                    "Check certificates, keys and the exec plugin of this context"));
        }
    }

    /// A pod's service account. The token is read anew for every request: the kubelet replaces it before it expires.
    static Config inCluster(Map<String, String> environment, Path account) {
        var host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        var port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        if (host.isEmpty() || !Files.exists(account.resolve("token"))) {
            throw new FaultException(Fault.terminal(
                    "NotInCluster",
                    "this does not run in a pod with a service account",
                    "Name a kubeconfig, or check automountServiceAccountToken"));
        }
        var address = host.contains(":") ? "[" + host + "]" : host;
        return ours(new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + address + ":" + port + "/")
                .withCaCertFile(account.resolve("ca.crt").toString())
                .withOauthTokenProvider(() -> token(account.resolve("token")))
                .build());
    }

    private static String token(Path file) {
        try {
            return Files.readString(file).trim();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the service account's token cannot be read", unreadable);
        }
    }

    /// No retries of Fabric8's own, HTTP/1.1, our name.
    private static Config ours(Config config) {
        config.setRequestRetryBackoffLimit(0);
        config.setHttp2Disable(true);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setUserAgent("holdfast");
        return config;
    }
}
