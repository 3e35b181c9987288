package dev.holdfast.cluster.fabric8;

import dev.holdfast.cluster.kubeconfig.Kubeconfig;
import dev.holdfast.cluster.kubeconfig.KubeconfigPolicy;
import dev.holdfast.cluster.kubeconfig.TlsMaterial;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Secret;
import dev.holdfast.yaml.JsonWriter;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Where a {@link Fabric8Transport} gets its credentials from. Kubeconfigs are read by our own reader first: it
/// says clearly what is wrong, where Fabric8 goes on with half of it.
final class Fabric8Configs {

    private static final int CONNECT_MILLIS = 10_000;

    private Fabric8Configs() {}

    /// What Fabric8 is given, and what our own reader found.
    record Setup(Config config, Kubeconfig selected) {}

    static Setup fromFiles(List<Path> files, String context) {
        var selected = Kubeconfig.load(files, context);
        var present = files.stream().filter(Files::exists).toList();
        if (present.size() > 1) return fromText(Kubeconfig.parse(present), selected);
        // from a single file, Fabric8 renews credentials by reading it again and by running its plugin again
        var file = present.getFirst().toFile();
        return ours(read(() -> Config.fromKubeconfig(selected.context(), file)), selected);
    }

    static Setup fromForeign(Secret text, String context) {
        var config = Kubeconfig.parse("kubeconfig", text.reveal());
        KubeconfigPolicy.refuseForeignPower(config);
        return fromText(config, Kubeconfig.select(config, context));
    }

    /// Fabric8 is given what our reader understood, not the text: two YAML readers may see two things in one file.
    private static Setup fromText(Mapping config, Kubeconfig selected) {
        var json = JsonWriter.text(config);
        return ours(read(() -> Config.fromKubeconfig(selected.context(), json, null)), selected);
    }

    private static <T> T read(Supplier<T> reading) {
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

    /// A pod's service account. The token is read anew for every request: the kubelet replaces it before it
    /// expires.
    static Setup inCluster(Map<String, String> environment, Path account) {
        var selected = Kubeconfig.inCluster(environment, account);
        var config = new ConfigBuilder(Config.empty())
                .withMasterUrl(selected.server() + "/")
                .withCaCertFile(account.resolve("ca.crt").toString())
                .withOauthTokenProvider(() -> token(account.resolve("token")))
                .build();
        return ours(config, selected);
    }

    private static String token(Path file) {
        try {
            return Files.readString(file).trim();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the service account's token cannot be read", unreadable);
        }
    }

    /// No retries of Fabric8's own, HTTP/1.1, our name. Certificates and keys of the kubeconfig are left to us:
    /// Fabric8 reads no EC keys, as k3s has them, without another library.
    private static Setup ours(Config config, Kubeconfig selected) {
        config.setRequestRetryBackoffLimit(0);
        config.setHttp2Disable(true);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setUserAgent("holdfast");
        if (selected.user().certificate().isPresent()) {
            config.setClientCertData("");
            config.setClientCertFile("");
            config.setClientKeyData("");
            config.setClientKeyFile("");
        }
        return new Setup(config, selected);
    }

    /// The client for a setup.
    static HttpClient client(Setup setup) {
        return read(() -> {
            var builder = new HttpFactory().newBuilder(setup.config());
            var certificate = setup.selected().user().certificate();
            if (certificate.isPresent()) {
                builder.sslContext(
                        TlsMaterial.keyManagers(certificate),
                        TlsMaterial.trustManagers(setup.selected().trust()));
            }
            return builder.build();
        });
    }
}
