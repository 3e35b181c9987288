package dev.holdfast.cluster.fabric8;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a {@link Fabric8Transport} gets its credentials from.
final class Fabric8Configs {

    private static final int CONNECT_MILLIS = 10_000;

    private Fabric8Configs() {}

    /// What Fabric8 read, made ours: no retries of its own, HTTP/1.1, our name.
    static Config ours(Config config) {
        return new ConfigBuilder(config)
                .withRequestRetryBackoffLimit(0)
                .withHttp2Disable(true)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withUserAgent("holdfast")
                .build();
    }

    /// A pod's service account. The token is read anew for every request: the kubelet replaces it before it expires.
    static Config inCluster(String host, String port, Path account) {
        var address = host.contains(":") ? "[" + host + "]" : host;
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + address + ":" + port + "/")
                .withCaCertFile(account.resolve("ca.crt").toString())
                .withOauthTokenProvider(() -> token(account.resolve("token")))
                .build();
    }

    private static String token(Path file) {
        try {
            return Files.readString(file).trim();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the service account's token cannot be read", unreadable);
        }
    }
}
