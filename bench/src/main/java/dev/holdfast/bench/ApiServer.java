package dev.holdfast.bench;

import dev.holdfast.cluster.kubeconfig.Kubeconfig;
import dev.holdfast.cluster.light.LightTransport;
import dev.holdfast.demo.ChildProcess;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.ApiTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The API that is measured against: a sandbox in a process of its own, or a cluster that was given.
final class ApiServer implements AutoCloseable {

    private final Path kubeconfig;
    private final Optional<ChildProcess> process;
    private final ApiTransport transport;

    private ApiServer(Path kubeconfig, Optional<ChildProcess> process) {
        this.kubeconfig = kubeconfig;
        this.process = process;
        this.transport = new LightTransport(Kubeconfig.load(List.of(kubeconfig), ""));
    }

    static ApiServer given(Path kubeconfig) {
        return new ApiServer(kubeconfig, Optional.empty());
    }

    static ApiServer sandbox(Path folder, String name) {
        var kubeconfig = folder.resolve(name + ".kubeconfig");
        var process = ChildProcess.start(
                new ChildProcess.Program(
                        name,
                        "dev.holdfast.server.Main",
                        flags(),
                        List.of(
                                "sandbox",
                                "--plain-http",
                                "--port",
                                Integer.toString(freePort()),
                                "--kubeconfig",
                                kubeconfig.toString())),
                folder.resolve(name + ".log"));
        Pause.until("the sandbox writes its kubeconfig", () -> {
            if (!process.alive()) throw new IllegalStateException(process.tail());
            return Files.exists(kubeconfig);
        });
        return new ApiServer(kubeconfig, Optional.of(process));
    }

    /// With those of the environment, so that a profiler can look in.
    private static List<String> flags() {
        var flags = new ArrayList<>(List.of("-XX:+UseSerialGC", "-Xmx1g"));
        for (var flag : System.getenv().getOrDefault("HOLDFAST_JAVA_OPTS", "").split(" ")) {
            if (!flag.isEmpty()) flags.add(flag);
        }
        return flags;
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    ApiTransport transport() {
        return transport;
    }

    /// Whether it counts requests for us.
    boolean counts() {
        return process.isPresent();
    }

    void createNamespaces(BareClient client) {
        var requests = new ArrayList<ApiTransport.Request>();
        for (int i = 0; i < AppObjects.NAMESPACES; i++) {
            var namespace = Mapping.builder()
                    .put("apiVersion", "v1")
                    .put("kind", "Namespace")
                    .put("metadata", Mapping.of("name", Value.of(AppObjects.namespace(i))))
                    .build();
            if (!client.answers("/api/v1/namespaces/" + AppObjects.namespace(i))) {
                requests.add(BareClient.create("/api/v1/namespaces", namespace));
            }
        }
        client.send(requests);
    }

    /// In MiB; -1 where nobody tells.
    long peakMemory() {
        return process.map(child -> ProcessFigures.peakMemory(child.handle())).orElse(-1L);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        transport.close();
        process.ifPresent(ChildProcess::close);
    }
}
