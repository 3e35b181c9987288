package dev.holdfast.bench;

import dev.holdfast.cluster.kubeconfig.Kubeconfig;
import dev.holdfast.cluster.light.LightTransport;
import dev.holdfast.demo.ChildProcess;
import dev.holdfast.demo.JavaFlags;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.ApiTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The API that is measured against: a sandbox in a process of its own, or a cluster that was given.
final class ApiServer implements AutoCloseable {

    private final Path kubeconfig;
    private final Optional<ChildProcess> process;
    private final ApiTransport transport;
    private final Optional<CountingProxy> proxy;

    private ApiServer(
            Path kubeconfig, ApiTransport transport, Optional<ChildProcess> process, Optional<CountingProxy> proxy) {
        this.kubeconfig = kubeconfig;
        this.transport = transport;
        this.process = process;
        this.proxy = proxy;
    }

    /// A cluster that was given. The program under test reaches it through a proxy that counts.
    static ApiServer given(Path kubeconfig, Path folder) {
        var transport = transport(kubeconfig);
        var proxy = CountingProxy.before(transport);
        return new ApiServer(proxy.kubeconfig(folder), transport, Optional.empty(), Optional.of(proxy));
    }

    private static ApiTransport transport(Path kubeconfig) {
        return new LightTransport(Kubeconfig.load(List.of(kubeconfig), ""));
    }

    static ApiServer sandbox(Path folder, String name) {
        return sandbox(folder, name, "1g");
    }

    /// @param heap the most that its heap may take, in Java's spelling
    static ApiServer sandbox(Path folder, String name, String heap) {
        var kubeconfig = folder.resolve(name + ".kubeconfig");
        var process = ChildProcess.start(
                new ChildProcess.Program(
                        name,
                        "dev.holdfast.server.Main",
                        flags(heap),
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
        return new ApiServer(kubeconfig, transport(kubeconfig), Optional.of(process), Optional.empty());
    }

    /// By the script that users start it with.
    static ApiServer launched(Path folder) {
        var kubeconfig = folder.resolve("launched.kubeconfig");
        var process = ChildProcess.of(
                "holdfast sandbox",
                List.of("./holdfast", "sandbox", "--kubeconfig", kubeconfig.toString()),
                folder.resolve("launched.log"));
        Pause.until("the sandbox writes its kubeconfig", 2, () -> {
            if (!process.alive()) throw new IllegalStateException(process.tail());
            return Files.exists(kubeconfig);
        });
        return new ApiServer(kubeconfig, transport(kubeconfig), Optional.of(process), Optional.empty());
    }

    /// Those that `./holdfast sandbox` gives it, and those of the environment, so that a profiler can look in.
    private static List<String> flags(String heap) {
        var flags = new ArrayList<>(JavaFlags.and(JavaFlags.SANDBOX, "-Xmx" + heap));
        for (var flag : System.getenv().getOrDefault("HOLDFAST_JAVA_OPTS", "").split(" ")) {
            if (!flag.isEmpty()) flags.add(flag);
        }
        return flags;
    }

    /// What the program under test reaches it by.
    Path kubeconfig() {
        return kubeconfig;
    }

    ApiTransport transport() {
        return transport;
    }

    RequestCounts counts(BareClient client) {
        return proxy.<RequestCounts>map(counting -> counting).orElseGet(() -> new SandboxCounts(client));
    }

    /// Whether it was made for this measurement, and goes with it.
    boolean own() {
        return process.isPresent();
    }

    /// What its process has used so far; zero for a given cluster, whose processes are not ours to look at.
    Duration cpu() {
        return process.map(running -> ProcessFigures.cpu(running.handle())).orElse(Duration.ZERO);
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
        proxy.ifPresent(CountingProxy::close);
        transport.close();
        process.ifPresent(ChildProcess::close);
    }
}
