package dev.holdfast.cluster.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.cluster.HttpApi;
import dev.holdfast.cluster.TransportContract;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Secret;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.ApiTransport.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Fabric8TransportTest extends TransportContract {

    @TempDir
    private Path folder = Path.of("");

    private static String kubeconfig(String server, String user) {
        return """
                apiVersion: v1
                kind: Config
                current-context: c
                contexts:
                - {name: c, context: {cluster: k, user: u}}
                - {name: other, context: {cluster: k, user: v}}
                clusters: [{name: k, cluster: {server: "%s"}}]
                users:
                - {name: u, user: %s}
                - {name: v, user: {token: other-token}}
                """.formatted(server, user);
    }

    @Override
    protected ApiTransport open(String server) throws IOException {
        var file = folder.resolve("config");
        Files.writeString(file, kubeconfig(server, "{token: " + TOKEN + "}"));
        return Fabric8Transport.fromKubeconfig(List.of(file), "");
    }

    @Test
    void anotherContextAsksAsAnotherUser() throws IOException {
        try (var api = HttpApi.plain()) {
            api.on("/x", exchange -> HttpApi.say(exchange, 200, "{}"));
            var file = folder.resolve("config");
            Files.writeString(file, kubeconfig(api.address(), "{}"));
            try (var transport = Fabric8Transport.fromKubeconfig(List.of(file), "other")) {
                transport.send(Request.get("/x"));
                assertThat(transport.server()).isEqualTo(api.address());
            }
            assertThat(api.asked.getLast().header("Authorization")).isEqualTo("Bearer other-token");
        }
    }

    @Test
    void severalFilesAreMerged() throws IOException {
        try (var api = HttpApi.plain()) {
            api.on("/x", exchange -> HttpApi.say(exchange, 200, "{}"));
            var first = Files.writeString(folder.resolve("1"), "current-context: other\n");
            var second = Files.writeString(folder.resolve("2"), kubeconfig(api.address(), "{}"));
            try (var transport = Fabric8Transport.fromKubeconfig(List.of(first, second, folder.resolve("3")), "")) {
                assertThat(transport.send(Request.get("/x")).status()).isEqualTo(200);
            }
            assertThat(api.asked.getLast().header("Authorization")).isEqualTo("Bearer other-token");
        }
    }

    @Test
    void anExecPluginOfAPersonsOwnFileIsRun() throws IOException {
        try (var api = HttpApi.plain()) {
            api.on("/x", exchange -> HttpApi.say(exchange, 200, "{}"));
            var plugin = folder.resolve("plugin");
            Files.writeString(plugin, """
                    #!/bin/sh
                    echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",'
                    echo '"status":{"token":"from-the-plugin"}}'
                    """);
            assertThat(plugin.toFile().setExecutable(true)).isTrue();
            var user = "{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin, args: [],"
                    + " interactiveMode: Never}}";
            var file = Files.writeString(folder.resolve("config"), kubeconfig(api.address(), user));
            try (var transport = Fabric8Transport.fromKubeconfig(List.of(file), "")) {
                transport.send(Request.get("/x"));
            }
            assertThat(api.asked.getLast().header("Authorization")).isEqualTo("Bearer from-the-plugin");
        }
    }

    @Test
    void aForeignKubeconfigIsUsedWithoutPower() {
        try (var api = HttpApi.plain()) {
            api.on("/x", exchange -> HttpApi.say(exchange, 200, "{}"));
            var good = Secret.of(kubeconfig(api.address(), "{token: t}"));
            try (var transport = Fabric8Transport.fromForeignKubeconfig(good, "")) {
                assertThat(transport.send(Request.get("/x")).status()).isEqualTo(200);
            }
            var bad = Secret.of(kubeconfig(api.address(), "{exec: {command: sh}}"));
            var fault =
                    catchThrowableOfType(FaultException.class, () -> Fabric8Transport.fromForeignKubeconfig(bad, ""));
            assertThat(fault.fault().code()).isEqualTo("KubeconfigRefused");
        }
    }

    @Test
    void outsideOfAPodThereIsNoServiceAccount() {
        var fault = catchThrowableOfType(FaultException.class, () -> Fabric8Transport.inCluster(Map.of(), folder));
        assertThat(fault.fault().code()).isEqualTo("NotInCluster");
    }

    @Test
    void aMissingContextIsNamedWithThoseThatExist() throws IOException {
        var file = Files.writeString(folder.resolve("config"), kubeconfig("https://h", "{}"));
        var fault = catchThrowableOfType(
                FaultException.class, () -> Fabric8Transport.fromKubeconfig(List.of(file), "nope"));
        assertThat(fault.fault().sentence()).contains("`nope`").contains("c, other");
    }
}
